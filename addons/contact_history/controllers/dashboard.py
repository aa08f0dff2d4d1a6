import json

from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import content_disposition, request

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_MAX_REQUEST = 100_000


class ContactDashboardController(http.Controller):
    """The dashboard as a file; who may get what is decided by the model."""

    @http.route(
        "/contact_history/dashboard/<any(pdf,xlsx):kind>",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def dashboard(self, kind, choice, **_kwargs):
        """Hand out the figures of a choice, as they are on the screen."""
        dashboard = request.env["contact.dashboard"].with_context(
            allowed_company_ids=self._companies()
        )
        try:
            write = dashboard._write_pdf if kind == "pdf" else dashboard._write_xlsx
            content = write(self._parse(choice))
        except UserError as error:
            # As Odoo's own exports do: the web client finds the text.
            payload = {
                "code": 0,
                "message": "Odoo Server Error",
                "data": http.serialize_exception(error),
            }
            raise InternalServerError(json.dumps(payload)) from error
        return request.make_response(
            content,
            headers=[
                ("Content-Type", _TYPES[kind]),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"contacts.{kind}")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _companies(self):
        """Return the branches that are switched on in the client's company menu."""
        user = request.env.user
        asked = request.cookies.get("cids", "")
        ids = [int(one) for one in asked.split("-") if one.isdecimal()]
        known = [one for one in ids if one in user._get_company_ids()]
        return known or user.company_id.ids

    def _parse(self, choice):
        try:
            if len(choice) > _MAX_REQUEST:
                raise ValueError
            return json.loads(choice)
        except ValueError as error:
            raise ValidationError(
                request.env._("The request for a file cannot be read.")
            ) from error

import json
import tempfile

from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import content_disposition, request

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
_MAX_REQUEST = 2_000_000


class OfferExportController(http.Controller):
    """Files made of offers; who may get what is decided by the models."""

    @http.route("/offer_repository/export", type="http", auth="user", methods=["POST"])
    def export(self, request_json, **_kwargs):
        """Hand out a list, a customer's file or a price history."""
        export = request.env["offer.export"]
        return self._file(request_json, export._write_sheet, "xlsx", _XLSX)

    @http.route("/offer_repository/paper", type="http", auth="user", methods=["POST"])
    def paper(self, request_json, **_kwargs):
        """Hand out the same to be printed."""
        export = request.env["offer.export"]
        return self._file(request_json, export._write_pdf, "pdf", _PDF)

    @http.route(
        "/offer_repository/comparison/<any(pdf,xlsx):kind>",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def comparison(self, kind, request_json, **_kwargs):
        """Hand out a comparison as it is on the screen."""
        comparison = request.env["offer.comparison"]
        write = comparison._write_pdf if kind == "pdf" else comparison._write_xlsx
        mimetype = _PDF if kind == "pdf" else _XLSX

        def named(asked, stream):
            write(asked, stream)
            return "comparison", 0

        return self._file(request_json, named, kind, mimetype)

    def _file(self, request_json, write, suffix, mimetype):
        """Return what ``write`` writes; errors as the web client shows them."""
        stream = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        try:
            name, _rows = write(self._parse(request_json), stream)
        except UserError as error:
            stream.close()
            raise self._refusal(error) from error
        size = stream.tell()
        stream.seek(0)
        response = request.make_response(
            stream,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(f"{name}.{suffix}")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.call_on_close(stream.close)
        return response

    def _parse(self, request_json):
        try:
            if len(request_json) > _MAX_REQUEST:
                raise ValueError
            return json.loads(request_json)
        except ValueError as error:
            raise ValidationError(
                request.env._("The request for a file cannot be read.")
            ) from error

    def _refusal(self, error):
        """Return an error whose text the web client finds, as Odoo's own exports do."""
        payload = {
            "code": 0,
            "message": "Odoo Server Error",
            "data": http.serialize_exception(error),
        }
        return InternalServerError(json.dumps(payload))

import json

from odoo import fields, http
from odoo.http import request

from ..telephone import EventError, from_plain, from_zammad

# No event of a call is longer.
MAX_BYTES = 64 * 1024


class PhoneController(http.Controller):
    """What a telephone system calls: one address for each endpoint."""

    @http.route(
        [
            "/contact_history/phone/<int:endpoint_id>",
            "/contact_history/phone/<int:endpoint_id>/<string:secret>",
        ],
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def receive(self, endpoint_id, secret=None, **_params):
        """Take one event of a call.

        The secret stands in the address, for systems that can do nothing else, or
        in the header ``Authorization: Bearer``. Zammad's shape is known by its key
        ``callId``, as a form or as JSON; ours has ``call_id`` and is JSON.

        :return: 200 whenever the event is known now, also when it was before; 400
            with code and field of what is wrong; 401 for a wrong address or secret.
        """
        # sudo: the telephone system has no user; the secret says who it is.
        endpoint_sudo = request.env["contact.phone.endpoint"].sudo().browse(endpoint_id)
        if not endpoint_sudo._is_secret(secret or self._bearer()):
            return self._answer({"error": "unauthorized"}, 401)
        try:
            values = self._values()
            read = from_zammad if "callId" in values else from_plain
            event = read(values, fields.Datetime.now())
        except EventError as error:
            return self._answer({"error": error.code, "field": error.name}, 400)
        endpoint_sudo._receive(event)
        return self._answer({"status": "ok"}, 200)

    def _bearer(self):
        scheme, _space, secret = request.httprequest.headers.get(
            "Authorization", ""
        ).partition(" ")
        return secret.strip() if scheme.lower() == "bearer" else None

    def _values(self):
        """Return what was sent.

        :raise EventError: for what is neither a form nor a JSON object.
        """
        sent = request.httprequest
        if sent.mimetype != "application/json":
            return dict(sent.form)
        if (sent.content_length or 0) > MAX_BYTES:
            raise EventError("too_long", "body")
        try:
            values = json.loads(sent.get_data() or b"null")
        except ValueError as error:
            raise EventError("no_json", "body") from error
        if not isinstance(values, dict):
            raise EventError("no_object", "body")
        return values

    def _answer(self, values, status):
        return request.make_json_response(values, status=status)

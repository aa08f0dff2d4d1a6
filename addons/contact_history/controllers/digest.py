from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class ContactDigestController(http.Controller):
    """The off switch in the mail with figures: no sign-in, the token decides."""

    # No CSRF token: mail programs press the switch themselves (RFC 8058), and all that
    # whoever holds the address can do is end one mail.
    @http.route(
        "/contact_history/digest/<int:user_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        website=True,
    )
    def switch_off(self, user_id, token, **_values):
        """Ask on GET, which programs that look at links do, and switch off on POST."""
        # sudo: the token, made with the database's secret, is the permission
        user_sudo = request.env["res.users"].sudo().browse(user_id).exists()
        if not user_sudo or not user_sudo._is_contact_digest_token(token):
            raise NotFound
        if request.httprequest.method == "POST":
            user_sudo.contact_digest = "off"
        request.update_context(lang=user_sudo.lang)
        return request.render(
            "contact_history.contact_digest_switch_off",
            {"is_off": user_sudo.contact_digest == "off"},
        )

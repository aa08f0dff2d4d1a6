from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class ContactFeedbackController(http.Controller):
    """The off switch in questions for feedback: no sign-in, the token decides."""

    # No CSRF token: mail programs press the switch themselves (RFC 8058), and all that
    # whoever holds the address can do is end these questions.
    @http.route(
        "/contact_history/feedback/<int:feedback_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        website=True,
    )
    def refuse(self, feedback_id, token, **_values):
        """Ask on GET, which programs that look at links do, and switch off on POST."""
        # sudo: the token, made with the database's secret, is the permission
        feedback_sudo = (
            request.env["contact.feedback"].sudo().browse(feedback_id).exists()
        )
        if not feedback_sudo.partner_id or not feedback_sudo._is_refusal_token(token):
            raise NotFound
        if request.httprequest.method == "POST":
            feedback_sudo._refuse()
        lang = feedback_sudo.partner_id.lang or request.env.lang
        request.update_context(lang=lang)
        return request.render(
            "contact_history.contact_feedback_refusal",
            {"is_refused": feedback_sudo._is_refused()},
        )

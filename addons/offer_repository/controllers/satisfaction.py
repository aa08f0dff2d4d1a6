from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class OfferSatisfactionController(http.Controller):
    """The page on which customers answer: no sign-in, the token decides."""

    @http.route(
        "/offer_repository/satisfaction/<int:satisfaction_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        sitemap=False,
        website=True,
    )
    def answer(self, satisfaction_id, token, mark="", feedback="", stop="", **_values):
        """Ask on GET, which programs that look at links do; keep the answer on POST."""
        # sudo: the token, which only the customer was sent, is the permission
        row_sudo = request.env["offer.satisfaction"].sudo().browse(satisfaction_id)
        row_sudo = row_sudo.exists()
        if not row_sudo or not row_sudo._is_token(token):
            raise NotFound
        is_sent = request.httprequest.method == "POST"
        if is_sent:
            row_sudo._answer(mark, feedback, stop=bool(stop))
        language = row_sudo.partner_id.lang or row_sudo.company_id.partner_id.lang
        request.update_context(lang=language)
        is_answered = row_sudo.state == "answered"
        values = {
            # the branch that asks, not the first company of the database
            "company": row_sudo.company_id,
            "logo_company": row_sudo.company_id._offer_logo_company(),
            "offer": row_sudo.offer_id.name,
            "mark": mark,
            "stop": bool(stop),
            "feedback": feedback,
            "is_done": is_answered or (is_sent and bool(stop)),
            "is_answered": is_answered,
            "is_incomplete": is_sent,
        }
        return request.render("offer_repository.offer_satisfaction_page", values)

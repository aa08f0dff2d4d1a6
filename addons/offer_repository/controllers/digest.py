from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class OfferDigestController(http.Controller):
    """The off switch in the mails of saved searches: no sign-in, the token decides."""

    # No CSRF token: mail programs press the switch themselves (RFC 8058), and all that
    # whoever holds the address can do is end one mail.
    @http.route(
        "/offer_repository/digest/<int:subscription_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        website=True,
    )
    def switch_off(self, subscription_id, token, **_values):
        """Ask on GET, which programs that look at links do, and switch off on POST."""
        # sudo: the token, made with the database's secret, is the permission
        subscription_sudo = (
            request.env["offer.search.subscription"]
            .sudo()
            .with_context(active_test=False)
            .browse(subscription_id)
            .exists()
        )
        if not subscription_sudo or not subscription_sudo._is_token(token):
            raise NotFound
        if request.httprequest.method == "POST":
            subscription_sudo.active = False
        values = {
            "search": subscription_sudo.filter_id.name,
            "is_active": subscription_sudo.active,
        }
        language = subscription_sudo.user_id.lang
        request.update_context(lang=language)
        return request.render("offer_repository.offer_search_switch_off", values)

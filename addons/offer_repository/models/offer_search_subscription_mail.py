import hashlib
import hmac

from odoo import models
from odoo.tools import consteq, format_date, formatLang

from .offer_search_subscription import MAX_OFFERS


class OfferSearchSubscription(models.Model):
    """The mail itself, and how its reader switches it off."""

    _inherit = "offer.search.subscription"

    def _mail_news(self, offers):
        """Queue the mail; all in it was read with the reader's own rights."""
        self.ensure_one()
        address = self._switch_off_url()
        body = self.env["ir.qweb"]._render(
            "offer_repository.offer_search_subscription_mail",
            {
                "title": self._mail_title(offers),
                "rows": [self._mail_row(offer) for offer in offers[:MAX_OFFERS]],
                "has_more": len(offers) > MAX_OFFERS,
                "list_url": f"{self.get_base_url()}/odoo/offers",
                "switch_off_url": address,
            },
            minimal_qcontext=True,
        )
        # sudo: users may not make mails; this one goes to nobody but the reader
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": self._mail_title(offers),
                    "body_html": body,
                    "email_to": self.env.user.email_formatted,
                    "email_from": self.env.company.sudo().email_formatted
                    or self.env.user.email_formatted,
                    "auto_delete": True,
                    "headers": repr(
                        {
                            "List-Unsubscribe": f"<{address}>",
                            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                        }
                    ),
                }
            )
        )

    def _mail_title(self, offers):
        count = min(len(offers), MAX_OFFERS)
        return self.env._(
            "%(search)s: %(count)s new",
            search=self.filter_id.sudo()._offer_name(),
            count=f"{count}+" if len(offers) > MAX_OFFERS else count,
        )

    def _mail_row(self, offer):
        states = dict(offer._fields["state"]._description_selection(self.env))
        # sudo: the reader may read the offer; these are the names it shows
        offer_sudo = offer.sudo()
        return {
            "url": f"{self.get_base_url()}/odoo/offers/{offer.id}",
            "name": offer.name,
            "customer": offer_sudo.partner_id.display_name or "",
            "branch": offer_sudo.company_id.name,
            "salesperson": offer_sudo.user_id.name or "",
            "state": states[offer.state],
            "date": format_date(self.env, offer.date_last_sent),
            "amount": formatLang(
                self.env, offer.amount_total, currency_obj=offer.currency_id
            ),
        }

    # ------------------------------------------------------------------
    # Switching off
    # ------------------------------------------------------------------

    def _switch_off_url(self):
        token = self._switch_off_token()
        return f"{self.get_base_url()}/offer_repository/digest/{self.id}/{token}"

    def _switch_off_token(self):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        message = f"offer.search.subscription|{self.id}|{self.user_id.id}"
        return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()

    def _is_token(self, token):
        return bool(self) and consteq(self._switch_off_token(), token)

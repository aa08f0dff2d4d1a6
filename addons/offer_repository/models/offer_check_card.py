import hashlib
import hmac

from odoo import api, fields, models

from .offer_check import MANAGER


class OfferCheck(models.AbstractModel):
    """What the check tells: cards, and the log of who was shown them."""

    _inherit = "offer.check"

    @api.model
    def _make_cards(self, offers_sudo, matches):
        """Return the cards, surest first, then who was first.

        Staff get one for every colleague to call, however many offers there are;
        managers one for every offer.
        """
        by_partner = {match.partner_id: match for match in matches}
        is_manager = self.env.user.has_group(MANAGER)
        groups = offers_sudo.grouped(
            lambda offer: offer.id if is_manager else (offer.company_id, offer.user_id)
        )
        cards = []
        for group_sudo in groups.values():
            match = max(
                (by_partner[offer.commercial_partner_id.id] for offer in group_sudo),
                key=lambda found: (found.verdict.rank, found.score),
            )
            card = self._staff_card(group_sudo, match)
            if is_manager:
                card |= self._manager_card(group_sudo) | self._match_words(match)
            cards.append(
                ((-match.verdict.rank, -match.score), card["since"], card["key"], card)
            )
        return [card for *_order, card in sorted(cards, key=lambda item: item[:3])]

    @api.model
    def _staff_card(self, offers_sudo, match):
        """Return what everybody may know of a colleague's offers to a customer."""
        latest_sudo = offers_sudo[:1]
        first_sent = min(offers_sudo.mapped("date_first_sent"))
        states = dict(latest_sudo._fields["state"]._description_selection(self.env))
        return {
            "key": self._card_key("offer_card", latest_sudo.id),
            **self._contact_words(
                latest_sudo.company_id, latest_sudo.user_id.partner_id
            ),
            "since": fields.Date.to_string(
                fields.Datetime.context_timestamp(self, first_sent)
            ),
            "state": latest_sudo.state,
            "state_label": states[latest_sudo.state],
            **self._masked_words(match),
            "is_same_record": self._is_itself(match),
        }

    @api.model
    def _manager_card(self, offer_sudo):
        """Return what managers of the tree may know besides."""
        return {
            "offer_id": offer_sudo.id,
            "amount": offer_sudo.amount_untaxed,
            "currency": offer_sudo.currency_id.name,
            "customer": offer_sudo.partner_id.display_name,
        }

    @api.model
    def _card_key(self, kind, record_id, day=None):
        """Return a name for a card that tells nothing and lasts a day.

        :param kind: one of ``CARD_KINDS``
        :param day: ``datetime.date`` the card was shown, today by default
        """
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        parts = (kind, self.env.uid, day or fields.Date.today(), record_id)
        message = "offer.card|" + "|".join(map(str, parts))
        digest = hmac.new(secret.encode(), message.encode(), hashlib.sha256)
        return digest.hexdigest()[:20]

    @api.model
    def _offer_disclosures(self, offers_sudo, matches):
        """Return the log rows of cards of other branches' offers."""
        by_partner = {match.partner_id: match for match in matches}
        return [
            {
                "owner_company_id": offer.company_id.id,
                "partner_id": offer.commercial_partner_id.id,
                "kind": "offer_card",
                "level": "metadata",
                "res_model": "offer.offer",
                "res_id": offer.id,
                **self._evidence_reason(by_partner[offer.commercial_partner_id.id]),
            }
            for offer in offers_sudo
        ]

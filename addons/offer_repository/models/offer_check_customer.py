from odoo import api, models

from .offer_check import MANAGER


class OfferCheck(models.AbstractModel):
    """Cards of the customers who may be the one of the form.

    Who may read a customer is offered to use it. Of a customer of another branch the
    card tells that it exists there and whom to ask, and nothing of what is stored.
    """

    _inherit = "offer.check"

    @api.model
    def _make_customer_cards(self, matches, offers_sudo):
        """Return the cards of duplicates, surest first.

        :param matches: list of :class:`~.offer_partner_key.PartnerMatch`; the form's
            own customer among them is no duplicate of itself
        :param offers_sudo: ``offer.offer`` that have a card of their own: it tells all
            that a card of their customer in another branch would
        :return: the cards, and the matches whose cards disclose something
        """
        found = [match for match in matches if not self._is_itself(match)]
        partners = self.env["res.partner"].with_context(active_test=False)
        partners = partners.browse([match.partner_id for match in found]).exists()
        readable = partners._filtered_access("read")
        told_sudo = offers_sudo.commercial_partner_id
        cards, foreign = [], []
        for match in found:
            partner = partners.browse(match.partner_id)
            if partner in readable:
                cards.append(self._readable_card(partner, match))
            elif partner in partners and partner.id not in told_sudo.ids:
                cards.append(self._foreign_card(partner.sudo(), match))
                foreign.append(match)
        return cards, foreign

    @api.model
    def _is_itself(self, match):
        return any(item.code == "same_record" for item in match.evidence)

    @api.model
    def _readable_card(self, partner, match):
        """Return the card of a customer whom the user may use."""
        return {
            "key": f"customer-{partner.id}",
            "partner_id": partner.id,
            "name": partner.display_name or "",
            "place": partner.city or "",
            "branch": partner.sudo().company_id.name or "",
            "is_archived": not partner.active,
            **self._match_words(match),
        }

    @api.model
    def _foreign_card(self, partner_sudo, match):
        """Return what everybody may know of a customer of another branch."""
        company_sudo = partner_sudo.company_id
        colleague_sudo = self._colleague(partner_sudo).partner_id
        card = {
            "key": self._card_key("customer_card", partner_sudo.id),
            "branch": company_sudo.name or "",
            "salesperson": colleague_sudo.name or "",
            "phone": colleague_sudo.phone or company_sudo.phone or "",
            "email": colleague_sudo.email or company_sudo.email or "",
            **self._match_words(match),
        }
        if self.env.user.has_group(MANAGER):
            card["name"] = partner_sudo.display_name
        return card

    @api.model
    def _colleague(self, partner_sudo):
        """Return who to ask about a customer: the salesperson, of the last offer else.

        :return: ``res.users`` in sudo, empty when nobody is known
        """
        users_sudo = partner_sudo.user_id
        if not users_sudo:
            domain = [("commercial_partner_id", "=", partner_sudo.id)]
            if partner_sudo.company_id:
                domain.append(("company_id", "=", partner_sudo.company_id.id))
            # sudo, as its caller: only the name of the colleague is told
            last_sudo = self.env["offer.offer"].sudo().search(domain, limit=1)
            users_sudo = last_sudo.user_id
        return users_sudo.filtered("active")

    @api.model
    def _customer_disclosures(self, matches):
        """Return the log rows of cards of customers of other branches."""
        partners_sudo = self.env["res.partner"].sudo()
        return [
            {
                "owner_company_id": partners_sudo.browse(
                    match.partner_id
                ).company_id.id,
                "partner_id": match.partner_id,
                "kind": "customer_card",
                "level": "metadata",
                "res_model": "res.partner",
                "res_id": match.partner_id,
                "reason": self._evidence_text(match),
            }
            for match in matches
        ]

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .offer_check import MANAGER

# What a customer's display name is made of, and the branch: not all hundred columns.
_NAMING = (
    "name",
    "complete_name",
    "company_name",
    "commercial_company_name",
    "is_company",
    "type",
    "parent_id",
    "company_id",
)


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
        if not found:
            return [], []
        partners = self.env["res.partner"].with_context(active_test=False)
        partners = partners.browse([match.partner_id for match in found])
        readable = partners.search_fetch(
            Domain("id", "in", partners.ids), [*_NAMING, "city", "active"]
        )
        told = offers_sudo.commercial_partner_id.ids
        foreign = self._foreign_ones(found, {*readable.ids, *told})
        colleagues_sudo = self._colleagues(
            partners.browse([match.partner_id for match in foreign]).sudo()
        )
        cards = []
        for match in found:
            partner = partners.browse(match.partner_id)
            if partner in readable:
                cards.append(self._readable_card(partner, match))
            elif match in foreign:
                colleague_sudo = colleagues_sudo[partner.id]
                cards.append(self._foreign_card(partner.sudo(), colleague_sudo, match))
        return cards, foreign

    @api.model
    def _foreign_ones(self, found, known_ids):
        """Return the matches with customers that are out of sight but exist."""
        foreign = [match for match in found if match.partner_id not in known_ids]
        partners_sudo = self.env["res.partner"].sudo()
        partners_sudo = partners_sudo.with_context(active_test=False).search_fetch(
            Domain("id", "in", [match.partner_id for match in foreign]),
            [*_NAMING, "user_id"],
        )
        return [match for match in foreign if match.partner_id in partners_sudo._ids]

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
    def _foreign_card(self, partner_sudo, colleague_sudo, match):
        """Return what everybody may know of a customer of another branch."""
        company_sudo = partner_sudo.company_id
        card = {
            "key": self._card_key("customer_card", partner_sudo.id),
            **self._contact_words(company_sudo, colleague_sudo.partner_id),
            **self._match_words(match),
        }
        if self.env.user.has_group(MANAGER):
            card["name"] = partner_sudo.display_name
        return card

    @api.model
    def _contact_words(self, company_sudo, colleague_sudo):
        """Return which branch a card is of, and how to reach it.

        :param colleague_sudo: ``res.partner`` of the salesperson, may be empty
        """
        # Three columns of the hundred that there are.
        colleague_sudo.fetch(("name", "phone", "email"))
        return {
            "branch": company_sudo.name or "",
            "salesperson": colleague_sudo.name or "",
            "phone": colleague_sudo.phone or company_sudo.phone or "",
            "email": colleague_sudo.email or company_sudo.email or "",
        }

    @api.model
    def _colleagues(self, partners_sudo):
        """Return who to ask about customers: the salesperson, of the last offer else.

        :return: dict of partner id to ``res.users`` in sudo, empty when nobody is known
        """
        without_sudo = partners_sudo.filtered(lambda partner: not partner.user_id)
        last = self._query_last_users(without_sudo) if without_sudo else {}
        users_sudo = self.env["res.users"].sudo()
        return {
            partner.id: (
                partner.user_id or users_sudo.browse(last.get(partner.id, ()))
            ).filtered("active")
            for partner in partners_sudo
        }

    @api.model
    def _query_last_users(self, partners_sudo):
        """Return who made the last offer to each customer, within his company.

        SQL because of DISTINCT ON; only the name of the colleague is told. Relies on
        the index of commercial_partner_id.
        """
        self.env["offer.offer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (partner.id) partner.id, offer.user_id
                FROM res_partner AS partner
                JOIN offer_offer AS offer ON offer.commercial_partner_id = partner.id
                WHERE partner.id = ANY(%s)
                    AND (partner.company_id IS NULL
                         OR partner.company_id = offer.company_id)
                ORDER BY partner.id, offer.date_last_sent DESC, offer.id DESC
                """,
                partners_sudo.ids,
            )
        )
        return {partner_id: user_id for partner_id, user_id in rows if user_id}

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

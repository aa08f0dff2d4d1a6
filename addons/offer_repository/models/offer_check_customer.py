from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class OtherCustomer:
    """A customer whom the asker may not read.

    :ivar company_sudo: ``res.company``, the branch
    :ivar colleague_sudo: ``res.users`` of at most one
    """

    company_sudo: models.BaseModel
    colleague_sudo: models.BaseModel


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
        :return: the cards, and (:class:`OtherCustomer`, match) of those that disclose
            something
        """
        found = [match for match in matches if not self._is_itself(match)]
        if not found:
            return [], []
        partners = self.env["res.partner"].with_context(active_test=False)
        partners = partners.browse([match.partner_id for match in found])
        readable = partners.search_fetch(
            Domain("id", "in", partners.ids), [*_NAMING, "city", "active"]
        )
        known_ids = {*readable.ids, *offers_sudo.commercial_partner_id.ids}
        others = self._query_others(
            [match.partner_id for match in found if match.partner_id not in known_ids]
        )
        cards, foreign = [], []
        for match in found:
            partner = partners.browse(match.partner_id)
            if partner in readable:
                cards.append(self._readable_card(partner, match))
            elif partner.id in others:
                cards.append(self._foreign_card(others[partner.id], match))
                foreign.append((others[partner.id], match))
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
    def _foreign_card(self, other, match):
        """Return what everybody may know of a customer of another branch."""
        card = {
            "key": self._card_key("customer_card", match.partner_id),
            **self._contact_words(other.company_sudo, other.colleague_sudo.partner_id),
            **self._masked_words(match),
        }
        if self.env.user.has_group(MANAGER):
            card |= self._match_words(match)
            partner_sudo = self.env["res.partner"].sudo().browse(match.partner_id)
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
    def _query_others(self, partner_ids):
        """Return of which branch customers are and who to ask about them.

        The colleague is the salesperson, else the one of the last offer within the
        customer's company; nobody when he has left.

        SQL for the price of it, and because the asker may not read these customers.
        Relies on the index of commercial_partner_id of offers.

        :return: dict of partner id to :class:`OtherCustomer`, without who is gone
        """
        if not partner_ids:
            return {}
        self.env["res.partner"].flush_model(["company_id", "user_id"])
        self.env["offer.offer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id, partner.company_id, colleague.id
                FROM res_partner AS partner
                LEFT JOIN LATERAL (
                    SELECT user_id
                    FROM offer_offer
                    WHERE commercial_partner_id = partner.id
                        AND (partner.company_id IS NULL
                             OR company_id = partner.company_id)
                    ORDER BY date_last_sent DESC, id DESC
                    LIMIT 1
                ) AS last ON partner.user_id IS NULL
                LEFT JOIN res_users AS colleague
                    ON colleague.id = coalesce(partner.user_id, last.user_id)
                    AND colleague.active
                WHERE partner.id = ANY(%s)
                """,
                list(partner_ids),
            )
        )
        companies_sudo = self.env["res.company"].sudo()
        users_sudo = self.env["res.users"].sudo()
        return {
            partner_id: OtherCustomer(
                companies_sudo.browse(company_id), users_sudo.browse(user_id)
            )
            for partner_id, company_id, user_id in rows
        }

    @api.model
    def _customer_disclosures(self, foreign):
        """Return the log rows of cards of customers of other branches.

        :param foreign: list of (:class:`OtherCustomer`, match)
        """
        return [
            {
                "owner_company_id": other.company_sudo.id or self.env.company.id,
                "partner_id": match.partner_id,
                "kind": "customer_card",
                "level": "metadata",
                "res_model": "res.partner",
                "res_id": match.partner_id,
                **self._evidence_reason(match),
            }
            for other, match in foreign
        ]

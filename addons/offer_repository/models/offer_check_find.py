from odoo import api, models

from ..finding import words_of
from .offer_check_query import CheckQuery, parse_query
from .offer_search_document import folded
from .partner_match import itself

# So many of the customers whom the reader may read are asked about, of so many read.
_MAX_CUSTOMERS = 5
_MAX_LOOKED_AT = 40
_MIN_LETTERS = 3


class OfferCheck(models.AbstractModel):
    _inherit = "offer.check"

    @api.model
    def find_elsewhere(self, text):
        """Tell whether other branches have live offers to the customer of this name.

        The same question as typing the customer into a form: the same cards, the same
        limit, the same log. Never asked by itself, only when a user presses for it.

        :param str text: a customer's name
        :return: as :meth:`check_customer`
        """
        self._check_user()
        values = {"model": "res.partner", "name": text}
        query = parse_query(self.env, values)
        if self._is_limit_reached():
            return self._answer(limited=True, message=self._limit_message())
        if not _is_name(query.name):
            return self._answer()
        company_sudo = self._own_company(query)
        matches = self._find_customers(query, company_sudo)
        matches = self._with_readable(query.name, matches)
        return self._tell_of(query, matches, company_sudo)

    @api.model
    def _tell_others(self, order):
        """Tell who else a quotation's customer may be, as the notice above it does.

        The caller has asked :meth:`_is_limit_reached`.

        :return: the cards, surest first, and whether people have judged all of them to
            be the same customer, so that nobody need look again
        """
        query = CheckQuery("sale.order", partner_id=order.partner_id.id or 0)
        company_sudo = order.company_id.sudo()
        matches = self._find_customers(query, company_sudo)
        others = {match.partner_id for match in matches if not self._is_itself(match)}
        is_settled = others <= self._judged_same(order, company_sudo)
        answer = self._tell_of(query, matches, company_sudo)
        offers = [card for card in answer["cards"] if not card["is_same_record"]]
        return answer["customers"] + offers, is_settled

    @api.model
    def _judged_same(self, order, company_sudo):
        """Return the ids of whom people judged to be a quotation's customer."""
        entity_id = order.partner_id.sudo().commercial_partner_id.id
        judged = self.env["offer.partner.match"]._judged_by_other(
            {entity_id}, company_sudo._offer_tree()
        )
        rows_sudo = judged.get(entity_id, {})
        return {pid for pid, row in rows_sudo.items() if row.judgement == "same"}

    @api.model
    def _with_readable(self, name, matches):
        """Add the customers of this name whom the user may read: they are no guess."""
        asked = set(words_of(name, folded))
        partners = self.env["res.partner"].search(
            [("name", "ilike", name.strip())], limit=_MAX_LOOKED_AT
        )
        # sudo: the user may read the partner, and the company above him is what the
        # other branches know
        entities_sudo = (
            partners.filtered(
                lambda partner: asked <= set(words_of(partner.name or "", folded))
            )
            .sudo()
            .commercial_partner_id
        )
        known = {match.partner_id for match in matches}
        own = [itself(i) for i in entities_sudo.ids if i not in known]
        return [*own[:_MAX_CUSTOMERS], *matches]


def _is_name(text):
    return sum(len(word) for word in words_of(text, folded)) >= _MIN_LETTERS

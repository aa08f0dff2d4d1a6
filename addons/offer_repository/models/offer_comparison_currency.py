from odoo import api, models


class OfferComparison(models.AbstractModel):
    """In which currency offers are compared, and at which rate."""

    _inherit = "offer.comparison"

    @api.model
    def _currencies(self, revisions_sudo):
        """Return what can be compared in, the reader's own first."""
        own_sudo = self.env.company.sudo().currency_id
        companies_sudo = revisions_sudo.company_id
        return own_sudo | revisions_sudo.currency_id | companies_sudo.currency_id

    @api.model
    def _currency(self, revisions, currency_id):
        allowed_sudo = self._currencies(revisions.sudo())
        chosen_sudo = allowed_sudo.filtered(lambda one: one.id == currency_id)
        shared_sudo = revisions.sudo().currency_id
        if len(shared_sudo) > 1:
            shared_sudo = allowed_sudo[:1]
        return chosen_sudo or shared_sudo

    @api.model
    def _conversion(self, revision_sudo, content, currency):
        """Return what one unit of the offer's currency was worth in ``currency``.

        By the rate that the offer was made with, and where a third currency is asked
        for, by that of the day it left the house.
        """
        own, company = revision_sudo.currency_id, revision_sudo.company_id
        if own == currency:
            return 1.0
        base = self._company_currency(content, company)
        day = revision_sudo.date.date()
        rate = float(content.get("currency_rate") or 0.0)
        factor = (
            1.0 / rate
            if rate > 0
            else own._get_conversion_rate(own, base, company, day)
        )
        if base == currency:
            return factor
        return factor * base._get_conversion_rate(base, currency, company, day)

    @api.model
    def _company_currency(self, content, company_sudo):
        name = content.get("company_currency")
        if not name or name == company_sudo.currency_id.name:
            return company_sudo.currency_id
        currencies = self.env["res.currency"].with_context(active_test=False)
        found = currencies.search([("name", "=", name)], limit=1)
        return found or company_sudo.currency_id

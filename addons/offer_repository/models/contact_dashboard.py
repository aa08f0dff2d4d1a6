from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Contacts before the first offer are part of the way to the sale, too.
_DAYS_BEFORE = 60


class ContactDashboard(models.AbstractModel):
    """Says what a sale is: an offer that was accepted, and the way to it."""

    _inherit = "contact.dashboard"

    @api.model
    def _select_sales(self, choice, span):
        """Select the accepted offers of a span that the reader may read.

        Reads the offers of the branches, and for each its event by ``offer_id``.
        """
        offers = self.env["offer.offer"]
        if not offers.has_access("read"):
            return super()._select_sales(choice, span)
        domain = Domain("state", "=", "won") & Domain(
            "company_id", "in", choice.company_ids or self.env.companies._ids
        )
        if choice.mine:
            domain &= Domain("user_id", "=", self.env.uid)
        offers.flush_model()
        self.env["offer.event"].flush_model()
        query = offers._search(domain)
        table = query.table
        start, end = span
        query.add_join(
            "JOIN",
            "offer_repository_won",
            SQL(
                "(SELECT offer_id, MAX(date) AS won_at FROM offer_event"
                " WHERE code = 'accepted' AND date >= %s AND date < %s"
                " GROUP BY offer_id)",
                start,
                end,
            ),
            SQL("offer_repository_won.offer_id = %s", SQL.identifier(table, "id")),
        )
        return query.select(
            SQL("%s AS partner_id", SQL.identifier(table, "commercial_partner_id")),
            SQL("%s AS company_id", SQL.identifier(table, "company_id")),
            SQL(
                "%s - make_interval(days => %s) AS begun_at",
                SQL.identifier(table, "date_first_sent"),
                _DAYS_BEFORE,
            ),
            SQL("offer_repository_won.won_at AS won_at"),
        )

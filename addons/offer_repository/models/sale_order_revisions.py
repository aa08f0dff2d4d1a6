from collections import defaultdict

from odoo import api, fields, models


class SaleOrder(models.Model):
    """What a quotation tells about its archived revisions."""

    _inherit = "sale.order"

    offer_revision_count = fields.Integer(
        string="Archived Revisions",
        compute="_compute_offer_revision_count",
        groups="offer_repository.offer_repository_group_user",
    )

    @api.depends("offer_ids")
    def _compute_offer_revision_count(self):
        counts = defaultdict(int)
        groups = self.env["offer.revision"]._read_group(
            [("offer_id.order_id", "in", self.ids)], ["offer_id"], ["__count"]
        )
        for offer, count in groups:
            counts[offer.order_id.id] += count
        for order in self:
            order.offer_revision_count = counts[order._origin.id]

    def action_open_offer_revisions(self):
        """List what the archive holds of the quotation."""
        self.check_access("read")
        return self.offer_ids.action_open_revisions()

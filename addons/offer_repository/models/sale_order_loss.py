from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_cancel(self):
        """Ask why, once the quotation that a customer holds is cancelled."""
        result = super().action_cancel()
        if not self.env.user.has_group("offer_repository.offer_repository_group_user"):
            return result
        # with the user's rights: who may not read the offer is not asked
        offers = self.env["offer.offer"].search(
            [
                ("order_id", "in", self.ids),
                ("state", "=", "cancelled"),
                ("is_loss_explained", "=", False),
            ]
        )
        return offers._loss_dialog() if offers else result

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OfferReadinessAsk(models.TransientModel):
    """Asks whether a quotation goes out although required points are open."""

    _name = "offer.readiness.ask"
    _description = "Ready to Send?"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    objections = fields.Text(string="Still Open", compute="_compute_objections")
    reason = fields.Char(string="Why It Goes Out Anyway")

    @api.depends("order_id")
    def _compute_objections(self):
        for dialog in self:
            points = dialog.order_id._offer_send_objections()
            dialog.objections = "\n".join(
                f"{point['label']}: {point['text']}" for point in points
            )

    def action_send_anyway(self):
        """Note who sends in spite of what, and open the composer."""
        self.ensure_one()
        self.order_id.check_access("write")
        reason = (self.reason or "").strip()
        if not reason:
            raise ValidationError(
                self.env._("Say in a few words why the quotation goes out anyway.")
            )
        self.order_id._message_log(
            body=self.env._(
                "Sent although points were open. Reason: %(reason)s. Open: %(open)s",
                reason=reason,
                open=self.objections.replace("\n", "; "),
            )
        )
        order = self.order_id.with_context(offer_repository_sent_anyway=True)
        return order.action_quotation_send()

from odoo import api, fields, models

from .sale_order import HAS_LEFT


class SaleOrder(models.Model):
    """Sending a quotation asks the policy of the check."""

    _inherit = "sale.order"

    offer_check_reason = fields.Char(
        string="Reason for a Rival Offer",
        store=False,
        copy=False,
        help="Why the quotation goes out although another branch has a live offer. "
        "Never stored on the quotation.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        reasons = [vals.pop("offer_check_reason", None) for vals in vals_list]
        orders = super().create(vals_list)
        for order, reason in zip(orders, reasons, strict=True):
            if reason:
                order._offer_note_reason(reason)
        return orders

    def write(self, vals):
        vals = dict(vals)
        reason = vals.pop("offer_check_reason", None)
        if reason:
            for order in self:
                order._offer_note_reason(reason)
        return super().write(vals)

    def action_quotation_send(self):
        # Before the dialog opens: what is written in it would be lost.
        for order in self:
            order._offer_enforce_check()
        return super().action_quotation_send()

    def _offer_archive(
        self, reason, documents=None, when=None, message=None, people=None
    ):
        if reason not in HAS_LEFT:
            self._offer_enforce_check()
        return super()._offer_archive(reason, documents, when, message, people)

    def _offer_enforce_check(self):
        """Stop the user where the policy says so."""
        check = self.env["offer.check"]
        if check._is_watched("quotation"):
            check._enforce_quotation(self)

    def _offer_note_reason(self, reason):
        """Keep a reason that was given before the quotation is sent."""
        check = self.env["offer.check"]
        if check._is_watched("quotation"):
            check._note_quotation_reason(self, reason)

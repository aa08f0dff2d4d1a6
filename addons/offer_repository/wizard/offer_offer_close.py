from odoo import fields, models

from ..models.offer_offer_closing import OPEN_STATES


class OfferOfferClose(models.TransientModel):
    """Asks what became of offers that were made outside Odoo, and why."""

    _name = "offer.offer.close"
    _description = "Close an External Offer"

    offer_ids = fields.Many2many("offer.offer", required=True)
    outcome = fields.Selection(
        [("won", "Won"), ("lost", "Lost"), ("cancelled", "Cancelled")],
        required=True,
        default="won",
    )
    lost_reason_id = fields.Many2one(
        "crm.lost.reason", string="Reason for the Loss", ondelete="set null"
    )
    reason = fields.Char(
        string="In a Sentence",
        help="Kept under the hash chain for good. Name nobody.",
    )

    competitor_name = fields.Char(string="Lost To")
    competitor_price = fields.Float(
        string="Competitor's Price",
        digits="Product Price",
        help="Tax excluded, in the currency of the offer. Empty when unknown.",
    )

    def action_close(self):
        """Close the offers, and go back to where the user was."""
        self.ensure_one()
        self.offer_ids._external_check_change()
        reason = (self.reason or "").strip() or self.lost_reason_id.name or ""
        lost_reason = self.lost_reason_id if self.outcome == "lost" else None
        closing = self.offer_ids.filtered(lambda offer: offer.state in OPEN_STATES)
        self.offer_ids._external_close(self.outcome, reason, lost_reason)
        if lost_reason:
            closing._note_loss(lost_reason, **self._competitor_values())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _competitor_values(self):
        has_price = len(self.offer_ids) == 1 and self.competitor_price > 0
        return {
            "competitor_name": (self.competitor_name or "").strip() or False,
            "competitor_price": self.competitor_price if has_price else 0.0,
        }

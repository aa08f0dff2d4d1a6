from odoo import fields, models


class OfferReleaseRequestAsk(models.TransientModel):
    """The dialog in which a salesperson says why a held quotation should go out."""

    _name = "offer.release.request.ask"
    _description = "Ask for a Release"

    request_id = fields.Many2one(
        "offer.release.request", required=True, ondelete="cascade"
    )
    reason = fields.Text(required=True)

    def action_ask(self):
        """Hand the reason in."""
        self.ensure_one()
        self.request_id.ask(self.reason)
        return {"type": "ir.actions.act_window_close"}

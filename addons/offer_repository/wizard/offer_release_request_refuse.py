from odoo import fields, models


class OfferReleaseRequestRefuse(models.TransientModel):
    """The dialog in which a manager says why a quotation stays held."""

    _name = "offer.release.request.refuse"
    _description = "Refuse a Release"

    request_id = fields.Many2one(
        "offer.release.request", required=True, ondelete="cascade"
    )
    answer = fields.Text(string="Why", required=True)

    def action_refuse(self):
        """Refuse, and tell the salesperson why."""
        self.ensure_one()
        self.request_id.refuse(self.answer)
        return {"type": "ir.actions.act_window_close"}

from odoo import fields, models


class ContactInteractionAssign(models.TransientModel):
    """Ask whose contact it is."""

    _name = "contact.interaction.assign"
    _description = "Assign a contact"

    interaction_id = fields.Many2one(
        "contact.interaction",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    address = fields.Char(related="interaction_id.address")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        ondelete="cascade",
    )
    is_remembered = fields.Boolean(
        string="Remember the number",
        default=True,
        help="The next call from it is this customer's.",
    )

    def action_assign(self):
        """Give this contact, and all others from the address, to the customer."""
        self.ensure_one()
        self.interaction_id._assign(self.partner_id, self.is_remembered)
        return {"type": "ir.actions.act_window_close"}

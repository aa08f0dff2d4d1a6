from odoo import api, fields, models
from odoo.exceptions import UserError


class ContactInteractionCorrection(models.Model):
    """What a contact logged by hand said before somebody corrected it."""

    _name = "contact.interaction.correction"
    _description = "Correction of a contact"
    _order = "id desc"
    _rec_name = "field_name"

    interaction_id = fields.Many2one(
        "contact.interaction",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    field_name = fields.Char(required=True, readonly=True)
    field_label = fields.Char(string="Field", compute="_compute_field_label")
    old_value = fields.Text(string="Before", readonly=True)
    new_value = fields.Text(string="After", readonly=True)
    create_uid = fields.Many2one("res.users", string="Corrected by", readonly=True)
    create_date = fields.Datetime(string="Corrected on", readonly=True)

    @api.depends("field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        labels = self.env["contact.interaction"].fields_get(attributes=["string"])
        for correction in self:
            found = labels.get(correction.field_name, {})
            correction.field_label = found.get("string", correction.field_name)

    def write(self, vals):
        # No super(): not even superuser mode may rewrite the trace.
        raise UserError(self.env._("What a contact said before cannot be changed."))

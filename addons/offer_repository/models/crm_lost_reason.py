from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLostReason(models.Model):
    """Reasons for a loss as a tree: "Price" above "Discount too small"."""

    _inherit = "crm.lost.reason"
    _parent_store = True

    display_name = fields.Char(recursive=True)
    parent_id = fields.Many2one(
        "crm.lost.reason",
        string="Part Of",
        ondelete="restrict",
        index=True,
    )
    parent_path = fields.Char(index=True)

    @api.constrains("parent_id")
    def _check_no_circle(self):
        for reason in self:
            if reason._has_cycle():
                raise ValidationError(
                    self.env._(
                        "“%(reason)s” cannot be part of itself. Choose another reason "
                        "above it.",
                        reason=reason.name,
                    )
                )

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for reason in self:
            reason.display_name = (
                f"{reason.parent_id.display_name} / {reason.name}"
                if reason.parent_id
                else reason.name
            )

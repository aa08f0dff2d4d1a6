from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_conflict_undo_days = fields.Integer(
        string="Undo Decisions Within (Days)",
        default=7,
        help="How long managers can take a decision on a conflict back. The setting of "
        "the topmost company counts.",
    )

    _offer_conflict_undo_not_negative = models.Constraint(
        "CHECK(offer_conflict_undo_days >= 0)",
        "Decisions can be taken back within 0 days or more.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_conflict_undo_days = fields.Integer(
        related="company_id.offer_conflict_undo_days",
        readonly=False,
    )

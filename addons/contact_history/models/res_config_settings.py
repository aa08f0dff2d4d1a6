from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    contact_history_level = fields.Selection(
        related="company_id.contact_history_level",
        readonly=False,
    )
    contact_followup_limit = fields.Integer(
        related="company_id.contact_followup_limit",
        readonly=False,
    )
    contact_feedback_days = fields.Integer(
        related="company_id.contact_feedback_days",
        readonly=False,
    )
    contact_feedback_user_id = fields.Many2one(
        related="company_id.contact_feedback_user_id",
        readonly=False,
    )
    contact_response_reminder = fields.Selection(
        related="company_id.contact_response_reminder",
        readonly=False,
    )
    contact_response_escalation = fields.Integer(
        related="company_id.contact_response_escalation",
        readonly=False,
    )
    contact_response_user_id = fields.Many2one(
        related="company_id.contact_response_user_id",
        readonly=False,
    )

    def action_contact_history_backfill(self):
        """Read what was there before the addon."""
        return self.env["contact.history.backfill"].action_start()

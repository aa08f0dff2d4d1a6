from odoo import api, fields, models
from odoo.fields import Domain


class ContactRetentionStart(models.TransientModel):
    """Shows what retention of a channel lets go now, before anything goes."""

    _name = "contact.retention.start"
    _description = "Let retention run"

    policy_id = fields.Many2one(
        "contact.channel.policy",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    channel = fields.Selection(related="policy_id.channel")
    company_id = fields.Many2one(related="policy_id.company_id")
    months = fields.Integer(related="policy_id.retention_months")
    action = fields.Selection(related="policy_id.retention_action")
    count = fields.Integer(string="Goes now", compute="_compute_counts")
    held_count = fields.Integer(
        string="Stays for now",
        compute="_compute_counts",
        help="Past its time, but on legal hold.",
    )
    oldest = fields.Datetime(string="From", compute="_compute_counts")
    newest = fields.Datetime(string="To", compute="_compute_counts")

    @api.depends("policy_id")
    def _compute_counts(self):
        for start in self:
            going, past = start._domains()
            # sudo: numbers and moments of all contacts of the branches of the line,
            # which the user may set retention for.
            log_sudo = self.env["contact.interaction"].sudo()
            ((start.count, start.oldest, start.newest),) = log_sudo._read_group(
                going, [], ["__count", "occurred_at:min", "occurred_at:max"]
            )
            start.held_count = log_sudo.search_count(past) - start.count

    def _domains(self):
        """Return the domains of what goes, and of what is past its time."""
        runs_sudo = self.env["contact.retention.run"].sudo()
        policy_sudo = self.policy_id.sudo()
        going, past = Domain.FALSE, Domain.FALSE
        # A form asks before it knows the line.
        companies_sudo = policy_sudo._companies() if policy_sudo else ()
        for company_sudo in companies_sudo:
            going |= runs_sudo._domain_going(policy_sudo, company_sudo)
            past |= runs_sudo._domain_past(policy_sudo, company_sudo)
        return going, past

    def action_start(self):
        """Let go now what is past its time, and from now on every day."""
        self.ensure_one()
        self.policy_id.check_access("write")
        # sudo: the one way to start it is through this preview.
        self.policy_id.sudo().is_retention_active = True
        self.env.ref("contact_history.ir_cron_contact_retention").sudo()._trigger()
        return {"type": "ir.actions.act_window_close"}

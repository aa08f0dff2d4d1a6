from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Contacts between two commits of the job
STEP = 500


class ContactRetentionRun(models.Model):
    """What retention let go on one day, of one channel and branch.

    What may go is asked anew for every batch, so that a legal hold that comes meanwhile
    counts. What went is not found again: a run can be interrupted at any time.
    """

    _name = "contact.retention.run"
    _description = "Retention run"
    _order = "id desc"
    _rec_name = "channel"

    channel = fields.Selection(selection="_selection_channel", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    months = fields.Integer(string="Kept for (months)", readonly=True)
    action = fields.Selection(
        [("erase", "Erased in place"), ("delete", "Deleted")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    count = fields.Integer(string="Contacts", readonly=True)
    held_count = fields.Integer(
        string="Kept",
        readonly=True,
        help="Past their time, but on legal hold.",
    )
    date_done = fields.Datetime(string="Finished on", readonly=True)

    @api.model
    def _selection_channel(self):
        return self.env["contact.channel.policy"]._selection_channel()

    @api.model
    def _domain_past(self, policy, company):
        """Return which contacts of a branch are past their time by a line."""
        if not policy.retention_months:
            return Domain.FALSE
        limit = fields.Datetime.now() - relativedelta(months=policy.retention_months)
        return (
            Domain("company_id", "=", company.id)
            & Domain("channel", "=", policy.channel)
            & Domain("occurred_at", "<", limit)
            & Domain("erased_at", "=", False)
        )

    @api.model
    def _domain_going(self, policy, company):
        return (
            self._domain_past(policy, company)
            & ~self.env["contact.interaction"]._domain_kept()
        )

    @api.model
    def _cron_run(self):
        """Let go what is past its time, until the time of the job is over."""
        for company, policy in self._due():
            run = self._run_of(company, policy)
            while run and run.state == "running":
                count = run._step(policy)
                self.env.flush_all()
                if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                    return
                self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _due(self):
        """Yield (branch, line) where retention is on. In superuser mode."""
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        found = self.env["contact.channel.policy"]._find(companies)
        for (company_id, _channel), policy in sorted(found.items()):
            if policy.is_retention_active:
                yield companies.browse(company_id), policy

    @api.model
    def _run_of(self, company, policy):
        """Return the run to go on with; none, when nothing is past its time."""
        run = self.search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", policy.channel),
                ("state", "=", "running"),
            ],
            limit=1,
        )
        log = self.env["contact.interaction"].sudo()
        if run or not log.search_count(self._domain_going(policy, company), limit=1):
            return run
        return self.create(
            {
                "company_id": company.id,
                "channel": policy.channel,
                "months": policy.retention_months,
                "action": policy.retention_action,
            }
        )

    def _step(self, policy):
        """Let go the next contacts; done when there are none.

        :return: int, how many.
        """
        self.ensure_one()
        log = self.env["contact.interaction"].sudo()
        rows = log.search(
            self._domain_going(policy, self.company_id),
            order="occurred_at, id",
            limit=STEP,
        )
        if not rows:
            kept = self._domain_past(policy, self.company_id)
            self.write(
                {
                    "state": "done",
                    "date_done": fields.Datetime.now(),
                    "held_count": log.search_count(kept),
                }
            )
            return 0
        count = len(rows)
        if self.action == "delete":
            rows._erase_belongings()
            rows.unlink()
        else:
            rows._erase_in_place()
        self.count += count
        return count

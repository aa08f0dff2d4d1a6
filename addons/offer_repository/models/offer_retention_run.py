from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_ADMIN = "offer_repository.offer_repository_group_admin"
# Revisions between two commits: each is a file to delete and some events to append.
_STEP = 50
# So many are purged within seconds, while the user waits.
DONE_AT_ONCE = 200


class OfferRetentionRun(models.Model):
    """One purge by the policy of a company: who let go how much, and when.

    Large ones go on in the background. What is purged is not found again, so a run
    can be interrupted at any time; what it may let go is asked anew for every batch,
    so a hold that comes meanwhile counts.
    """

    _name = "offer.retention.run"
    _description = "Purge by the Retention Policy"
    _order = "id desc"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    years = fields.Integer(string="Kept (Years)", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    date_end = fields.Datetime(string="Finished", readonly=True)
    total_count = fields.Integer(string="To Purge", readonly=True)
    revision_count = fields.Integer(string="Revisions Purged", readonly=True)
    document_count = fields.Integer(string="Documents Deleted", readonly=True)
    progress = fields.Float(
        string="Progress (%)", compute="_compute_progress", aggregator=None
    )

    # two runs for one company would do everything twice
    _running_uniq = models.UniqueIndex(
        "(company_id) WHERE state = 'running'",
        "The documents of this branch are being purged already.",
    )

    @api.depends("revision_count", "total_count", "state")
    def _compute_progress(self):
        for run in self:
            share = run.revision_count / run.total_count if run.total_count else 1
            run.progress = 100 if run.state == "done" else min(99, 100 * share)

    # ------------------------------------------------------------------
    # Starting and stopping
    # ------------------------------------------------------------------

    @api.model
    def _start(self, company, total):
        """Purge what the company's policy lets go, or have it purged.

        The access check is the caller's. Events tell the user at work as who did it.

        :return: the run, in sudo
        """
        run_sudo = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "running")], limit=1
        ) or self.sudo().create(
            {
                "company_id": company.id,
                "user_id": self.env.user.id,
                "years": company.offer_retention_years,
                "total_count": total,
            }
        )
        if run_sudo.total_count <= DONE_AT_ONCE:
            while run_sudo.state == "running":
                run_sudo._step()
        else:
            self.env.ref(
                "offer_repository.ir_cron_offer_retention_run"
            ).sudo()._trigger()
        return run_sudo

    def action_cancel(self):
        """Stop after the batch that is being purged; what is gone stays gone."""
        self.check_access("read")
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._("Only administrators of the offer repository stop a purge.")
            )
        over = self.filtered(lambda run: run.state != "running")
        if over:
            raise UserError(
                self.env._(
                    "The purge of %(company)s is over already; there is nothing to "
                    "stop.",
                    company=over[0].company_id.name,
                )
            )
        # sudo: nobody may write runs; group and branch were checked above
        self.sudo().write({"state": "cancelled", "date_end": fields.Datetime.now()})

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Go on with the purges that are under way until the time is over."""
        while run := self.search([("state", "=", "running")], order="id", limit=1):
            count = run._step()
            self.env.flush_all()
            if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return
            self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _step(self):
        """Purge the next revisions; done when there are none.

        :return: number of revisions purged
        """
        self.ensure_one()
        revisions = self.with_user(self.user_id).env["offer.revision"].sudo()
        found = revisions.search(
            revisions._domain_purgeable(self.company_id), order="chain_seq", limit=_STEP
        )
        documents = len(found.document_ids)
        found._purge()
        values = {
            "revision_count": self.revision_count + len(found),
            "document_count": self.document_count + documents,
        }
        if len(found) < _STEP:
            values |= {"state": "done", "date_end": fields.Datetime.now()}
        self.write(values)
        return len(found)

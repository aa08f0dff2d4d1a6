import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

_logger = logging.getLogger(__name__)

# So many customers are compared within seconds.
_DONE_AT_ONCE = 2000
_STAGES = {
    "first_run": (
        "profiles",
        "schemes",
        "offers",
        "pairs",
        "again",
        "conflicts",
        "search",
    ),
    "rebuild": ("profiles", "schemes", "changed", "again"),
    "scan": ("missing", "changed", "again"),
    "scheme": ("pairs", "again"),
    "thresholds": ("verdicts", "again"),
    "search": ("search",),
}
# What they have done is outdated when they are asked for again.
_STARTING_AGAIN = ("rebuild", "scheme", "thresholds", "search")


class OfferJob(models.Model):
    """Work on all customers in the background, resumable, with its progress.

    A job goes through the stages of its kind, each in batches with a commit in
    between. What the stages do: ``offer_job_stages.py``.
    """

    _name = "offer.job"
    _description = "Detection Job"
    _order = "id desc"

    kind = fields.Selection(
        [
            ("first_run", "First run over everything"),
            ("rebuild", "New profiles of all customers"),
            ("scan", "Customers that changed"),
            ("search", "Words of all offers"),
            ("scheme", "Another scheme for all customers"),
            ("thresholds", "New thresholds for all pairs"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    stage = fields.Selection(
        [
            ("profiles", "Making profiles of customers"),
            ("missing", "Making profiles that are missing"),
            ("offers", "Archiving quotations that are out"),
            ("pairs", "Comparing customers"),
            ("changed", "Comparing customers that changed"),
            ("again", "Hearing the other records of customers"),
            ("conflicts", "Looking for conflicts"),
            ("search", "Reading offers for the search"),
            ("schemes", "Choosing the scheme"),
            ("verdicts", "Applying the thresholds"),
        ],
        readonly=True,
    )
    # Where the stage goes on after an interruption: ids up to this one are done.
    after_id = fields.Integer(readonly=True, groups="base.group_system")

    done_count = fields.Integer(string="Done", readonly=True)
    total_count = fields.Integer(string="Total", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    started_at = fields.Datetime(string="Started", readonly=True)
    finished_at = fields.Datetime(string="Finished", readonly=True)

    # The report, filled in at the end
    customer_count = fields.Integer(string="Customers", readonly=True)
    certain_count = fields.Integer(string="Same Customer", readonly=True)
    probable_count = fields.Integer(string="Probably the Same", readonly=True)
    possible_count = fields.Integer(string="Possibly the Same", readonly=True)
    same_group_count = fields.Integer(string="Same Group", readonly=True)
    offer_count = fields.Integer(string="Live Offers", readonly=True)
    conflict_count = fields.Integer(string="Open Conflicts", readonly=True)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            job.display_name = labels.get(job.kind, "")

    @api.depends("done_count", "total_count", "state")
    def _compute_progress(self):
        for job in self:
            share = job.done_count / job.total_count if job.total_count else 0
            job.progress = 100.0 if job.state == "done" else min(100.0 * share, 99.0)

    # ------------------------------------------------------------------
    # Starting and stopping
    # ------------------------------------------------------------------

    @api.model
    def _schedule(self, kind):
        """Have a job of this kind run in the background, once however often asked.

        A waiting job of the kind is taken as it is; one that is under way starts again
        where what it has done may be outdated.

        :return: ``offer.job``, in sudo
        """
        open_sudo = self.sudo().search(
            [("kind", "=", kind), ("state", "in", ("waiting", "running"))], limit=1
        )
        if open_sudo and kind in _STARTING_AGAIN:
            open_sudo._restart()
        job_sudo = open_sudo or self.sudo().create({"kind": kind})
        self._cron().sudo()._trigger()
        return job_sudo

    @api.model
    def _on_install(self):
        """Start the first run; with few customers have it done right away."""
        job = self._schedule("first_run")
        if job._count_profiles() <= _DONE_AT_ONCE:
            job._run_at_once()

    @api.model
    def _cron(self):
        return self.env.ref("offer_repository.ir_cron_offer_job_run")

    def _restart(self):
        self.write({"state": "waiting", "stage": False, "after_id": 0, "done_count": 0})

    def action_schedule_first_run(self):
        """Compare everything again, in the background."""
        self.check_access("create")
        return self._schedule("first_run")._action_open()

    def action_schedule_rebuild(self):
        """Make the profiles of all customers anew, in the background."""
        self.check_access("create")
        return self._schedule("rebuild")._action_open()

    def action_schedule_search(self):
        """Read the words of all offers anew, in the background."""
        self.check_access("create")
        return self._schedule("search")._action_open()

    def action_run_now(self):
        """Go on with the jobs at once rather than at the next turn of the scheduler."""
        self.check_access("write")
        # sudo: waking the scheduler is all that the button does.
        self._cron().sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The job goes on within a minute. You can leave this page."
                ),
            },
        }

    def action_cancel(self):
        """Stop the job after the batch it is in; what is done stays."""
        self.check_access("write")
        finished = self.filtered(lambda job: job.state == "done")
        if finished:
            raise UserError(
                self.env._(
                    "“%(job)s” is done already; there is nothing to cancel.",
                    job=finished[0].display_name,
                )
            )
        self.sudo().write({"state": "cancelled", "finished_at": fields.Datetime.now()})

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Running
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Work on the open jobs, oldest first, until the time of this run is over."""
        while job := self._next():
            done = job._step()
            self.env.flush_all()
            time_left = self.env["ir.cron"]._commit_progress(done, remaining=1)
            if not time_left:
                return
            self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _run_at_once(self):
        """Do all of the job in this transaction; for small databases."""
        self.ensure_one()
        while self.state in ("waiting", "running"):
            self._step()
            self.env.flush_all()

    @api.model
    def _next(self):
        return self.search(
            [("state", "in", ("waiting", "running"))], order="id", limit=1
        )

    def _enter(self, stage):
        total = getattr(self, f"_count_{stage}")()
        self.write(
            {"stage": stage, "after_id": 0, "done_count": 0, "total_count": total}
        )

    def _step(self):
        """Do one batch of the present stage, or go to the next one.

        :return: number of records done
        """
        if self.state == "waiting":
            self.write({"state": "running", "started_at": fields.Datetime.now()})
            self._enter(_STAGES[self.kind][0])
            return 0
        ids = getattr(self, f"_run_{self.stage}")(self.after_id)
        if not ids:
            self._leave()
            return 0
        # What the batch did must not be lost to somebody who cancels meanwhile.
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.write(
                    {"after_id": max(ids), "done_count": self.done_count + len(ids)}
                )
        except SerializationFailure:
            self.invalidate_recordset(flush=False)
            _logger.info("Job %s was changed while a batch of it ran.", self.id)
        return len(ids)

    def _leave(self):
        """Go to the stage after the present one, or to the report."""
        stages = _STAGES[self.kind]
        following = stages[stages.index(self.stage) + 1 :]
        if following:
            self._enter(following[0])
        else:
            self._finish()

    def _finish(self):
        self.write(
            {
                "state": "done",
                "finished_at": fields.Datetime.now(),
                **self._report_values(),
            }
        )

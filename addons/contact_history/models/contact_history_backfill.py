import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

ADMIN = "base.group_system"
BATCH = 500
PROBLEMS_KEPT = 20
# What happened long ago is news to nobody.
QUIET = {
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class ContactHistoryBackfill(models.Model):
    """Reads what was there before the addon: one row for each feed.

    A row goes through its records by id and remembers how far it came, so it can be
    interrupted at any time, cancelled, and started again. Each contact is recorded
    once, whoever finds it first, this or the live capture. Nobody is mailed.
    """

    _name = "contact.history.backfill"
    _description = "Reading of earlier contacts"
    _order = "create_date desc, sequence, id"

    feed = fields.Char(required=True, readonly=True)
    name = fields.Char(string="What is read", compute="_compute_name")
    sequence = fields.Integer(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    last_id = fields.Integer(readonly=True, aggregator=None)
    until_id = fields.Integer(readonly=True, aggregator=None)
    total_count = fields.Integer(string="To look at", readonly=True)
    looked_count = fields.Integer(string="Looked at", readonly=True)
    recorded_count = fields.Integer(string="Contacts found", readonly=True)
    problem_count = fields.Integer(string="Not readable", readonly=True)
    problems = fields.Text(
        readonly=True,
        help="The first records that could not be read. The server's log says why.",
    )
    progress = fields.Float(
        string="Progress (%)",
        compute="_compute_progress",
        aggregator=None,
    )
    started_at = fields.Datetime(string="Started", readonly=True)
    finished_at = fields.Datetime(string="Finished", readonly=True)

    # Two jobs for one feed would do everything twice.
    _feed_uniq = models.UniqueIndex(
        "(feed) WHERE state IN ('waiting', 'running')",
        "These contacts are being read already.",
    )

    @api.depends("feed")
    @api.depends_context("lang")
    def _compute_name(self):
        names = {
            feed._feed_code: feed._feed_name()
            for feed in self.env["contact.history.feed"]._get_feeds()
        }
        for job in self:
            job.name = names.get(job.feed, job.feed)

    @api.depends("looked_count", "total_count", "state")
    def _compute_progress(self):
        for job in self:
            share = job.looked_count / job.total_count if job.total_count else 0
            job.progress = 100 if job.state == "done" else min(99, 100 * share)

    # ------------------------------------------------------------------
    # Starting and stopping
    # ------------------------------------------------------------------

    def action_start(self):
        """Read earlier contacts, in the background; what is read goes on."""
        self._check_admin()
        self.sudo()._start()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "contact_history.contact_history_backfill_action"
        )

    def action_cancel(self):
        """Stop reading. What was found stays."""
        self._check_admin()
        # sudo: nobody may write jobs; the group was checked above.
        active_sudo = self.sudo().filtered(
            lambda job: job.state in ("waiting", "running")
        )
        active_sudo.write(
            {"state": "cancelled", "finished_at": fields.Datetime.now()},
        )
        return True

    def _check_admin(self):
        if not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._("Only administrators read the contacts of earlier times.")
            )

    @api.model
    def _start(self):
        """Make a job for each feed that has none, and wake the cron."""
        active = self.search([("state", "in", ("waiting", "running"))])
        jobs = self.create(
            [
                {"feed": feed._feed_code, "sequence": feed._feed_sequence}
                for feed in self.env["contact.history.feed"]._get_feeds()
                if feed._feed_code not in active.mapped("feed")
            ]
        )
        self._wake()
        return active | jobs

    @api.model
    def _wake(self):
        self.env.ref("contact_history.ir_cron_contact_history_backfill")._trigger()

    @api.model
    def _installed_at(self):
        """Return since when new contacts are captured (naive UTC)."""
        # sudo: when this addon came into the database, no more.
        record_sudo = (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("module", "=", "contact_history"),
                    ("name", "=", "model_contact_interaction"),
                ],
                limit=1,
            )
        )
        return record_sudo.create_date or fields.Datetime.now()

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    @api.model
    def _cron_read(self, batch=BATCH):
        """Work on the jobs until the time of the cron is over."""
        while job := self._next_job():
            looked = job._read_batch(batch)
            self.env["contact.response"]._postpone()
            self.env.flush_all()
            self.env.invalidate_all()
            left = self._count_left() if self._next_job() else 0
            if not self.env["ir.cron"]._commit_progress(looked, remaining=left):
                return

    @api.model
    def _next_job(self):
        """Return the first job that can be worked on; earlier feeds come first."""
        feeds = {
            feed._feed_code: feed
            for feed in self.env["contact.history.feed"]._get_feeds()
        }
        job = self.search(
            [("state", "in", ("waiting", "running")), ("feed", "in", list(feeds))],
            order="sequence, id",
            limit=1,
        )
        if not job or not feeds[job.feed]._is_ready():
            return self.browse()
        # Whoever cancels it waits for the end of the batch, instead of breaking it.
        return job.try_lock_for_update()

    @api.model
    def _count_left(self):
        jobs = self.search([("state", "in", ("waiting", "running"))])
        return sum(max(job.total_count - job.looked_count, 1) for job in jobs)

    def _get_feed(self):
        self.ensure_one()
        for feed in self.env["contact.history.feed"]._get_feeds():
            if feed._feed_code == self.feed:
                return feed.with_context(**QUIET)
        return None

    def _read_batch(self, batch):
        """Look at the next records of this job; done when there are none.

        :return: how many were looked at.
        """
        feed = self._get_feed()
        self._begin(feed)
        records = feed._records_sudo().search(
            feed._domain_past()
            & Domain("id", ">", self.last_id)
            & Domain("id", "<=", self.until_id),
            order="id",
            limit=batch,
        )
        looked, last = len(records), records[-1:].id
        recorded, unread = self._take_safely(feed, records)
        is_done = looked < batch
        self.write(
            {
                "last_id": last or self.last_id,
                "looked_count": self.looked_count + looked,
                "recorded_count": self.recorded_count + recorded,
                "problem_count": self.problem_count + len(unread),
                "problems": self._add_problems(unread),
                "state": "done" if is_done else "running",
                "finished_at": is_done and fields.Datetime.now(),
            }
        )
        return looked

    def _begin(self, feed):
        """Count once, and fix where to stop: what comes later is captured live."""
        if self.started_at:
            return
        records = feed._records_sudo()
        domain = feed._domain_past()
        newest = records.search(domain, order="id desc", limit=1)
        self.write(
            {
                "state": "running",
                "started_at": fields.Datetime.now(),
                "until_id": newest.id,
                "total_count": records.search_count(domain),
            }
        )

    def _take_safely(self, feed, records):
        """Record the contacts of records; one that cannot be read stops no other.

        :return: how many contacts were new, and the records that cannot be read.
        """
        if not records:
            return 0, []
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                recorded = len(feed._take(records))
                self.env.flush_all()
            return recorded, []
        except OperationalError:
            # Another transaction was faster: the whole batch is tried again.
            raise
        except Exception:  # pylint: disable=broad-except
            # Mails of many years and apps: what exactly is wrong with one of them
            # nobody can foresee, and it must not keep the others away.
            self.env.invalidate_all(flush=False)
            if len(records) == 1:
                _logger.warning(
                    "Contact history: %s %s cannot be read",
                    records._name,
                    records.id,
                    exc_info=True,
                )
                return 0, [f"{records._name},{records.id}"]
        half = len(records) // 2
        first, second = records[:half], records[half:]
        found, unread = self._take_safely(feed, first)
        more, unread_too = self._take_safely(feed, second)
        return found + more, unread + unread_too

    def _add_problems(self, unread):
        kept = (self.problems or "").splitlines() + unread
        return "\n".join(kept[:PROBLEMS_KEPT]) or False

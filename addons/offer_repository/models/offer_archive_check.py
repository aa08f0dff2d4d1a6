import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..evidence import CHAINS, GENESIS_HASH
from .offer_archive_verify import ArchivePart

_logger = logging.getLogger(__name__)

_ADMIN = "offer_repository.offer_repository_group_admin"
# More would be read by nobody; the count tells how many there were.
_FINDINGS_KEPT = 500
# So many rows are checked within seconds, while the user waits.
_DONE_AT_ONCE = 10_000
# Rows between two commits in the background, a quarter of a minute's work
_STEP = 25_000


class OfferArchiveCheck(models.Model):
    """One look at whether a company's archive is what it was, and what was found.

    A large archive is gone through in the background, chain by chain; the row that was
    reached is remembered, so a check can be interrupted and goes on from there.
    """

    _name = "offer.archive.check"
    _description = "Archive Check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    date = fields.Datetime(
        required=True,
        readonly=True,
        default=lambda self: self.env.cr.now(),
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("intact", "Intact"),
            ("damaged", "Damaged"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="running",
        index=True,
    )
    is_daily = fields.Boolean(string="Nightly", readonly=True)

    # How far it came: behind this row of this chain
    chain = fields.Selection(
        [("revision", "Revisions"), ("event", "Events")],
        readonly=True,
        default=CHAINS[0],
    )
    after_sequence = fields.Integer(readonly=True)
    after_hash = fields.Char(readonly=True, default=GENESIS_HASH)
    total_count = fields.Integer(string="To Check", readonly=True)
    checked_count = fields.Integer(string="Checked", readonly=True)
    progress = fields.Float(
        string="Progress (%)", compute="_compute_progress", aggregator=None
    )

    revision_count = fields.Integer(string="Revisions", readonly=True)
    event_count = fields.Integer(string="Events", readonly=True)
    revision_head = fields.Char(string="Hash of the Last Revision", readonly=True)
    event_head = fields.Char(string="Hash of the Last Event", readonly=True)
    finding_count = fields.Integer(string="Number of Findings", readonly=True)
    finding_ids = fields.One2many("offer.archive.finding", "check_id", readonly=True)

    @api.depends("checked_count", "total_count", "state")
    def _compute_progress(self):
        for check in self:
            share = check.checked_count / check.total_count if check.total_count else 1
            is_over = check.state in ("intact", "damaged")
            check.progress = 100 if is_over else min(99, 100 * share)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_check(self):
        """Check the archives of the companies that are switched on; show the report.

        Small ones while the user waits, large ones in the background.
        """
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._("Only administrators of the offer repository check it.")
            )
        # sudo: nobody may write reports; the group was checked above
        checks_sudo = self.sudo()._check_companies(self.env.companies)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_archive_check_action"
        )
        if len(checks_sudo) == 1:
            action |= {"views": [(False, "form")], "res_id": checks_sudo.id}
        return {**action, "target": "current"}

    def action_cancel(self):
        """Stop a check after the rows it is reading; what it found stays."""
        self.check_access("read")
        self._check_admin()
        over = self.filtered(lambda check: check.state != "running")
        if over:
            raise UserError(
                self.env._(
                    "The check of %(company)s is over already; there is nothing to "
                    "cancel.",
                    company=over[0].company_id.name,
                )
            )
        # sudo: nobody may write reports; group and branch were checked above
        self.sudo().write({"state": "cancelled"})

    def _check_admin(self):
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._("Only administrators of the offer repository check it.")
            )

    def action_export(self):
        """Download the company's archive, to be checked without Odoo."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/offer_repository/archive/{self.company_id.id}",
            "target": "download",
        }

    # ------------------------------------------------------------------
    # Starting
    # ------------------------------------------------------------------

    @api.model
    def _check_companies(self, companies):
        """Check each company's archive, or have it checked.

        :return: the reports, one a company
        """
        checks = self.union(*(self._start(company) for company in companies))
        for check in checks:
            if check.total_count <= _DONE_AT_ONCE:
                check._run_at_once()
        if "running" in checks.mapped("state"):
            self._runner()._trigger()
        return checks

    @api.model
    def _start(self, company, is_daily=False):
        """Return the check of a company that is under way, a new one without.

        One that was not made by the night is not taken for the night's: it may have
        been running since before the last rows were sealed.
        """
        running = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("is_daily", "=", is_daily),
            ],
            limit=1,
        )
        return running or self.create(
            {
                "company_id": company.id,
                "is_daily": is_daily,
                "total_count": self._count_rows(company),
            }
        )

    def _count_rows(self, company):
        domain = [("company_id", "=", company.id)]
        models = (self.env[f"offer.{chain}"].sudo() for chain in CHAINS)
        return sum(model.search_count(domain) for model in models)

    @api.model
    def _runner(self):
        return self.env.ref("offer_repository.ir_cron_offer_archive_check_run").sudo()

    # ------------------------------------------------------------------
    # Running
    # ------------------------------------------------------------------

    @api.model
    def _check_company_now(self, company):
        """Check all of a company's archive in this transaction, however large."""
        check = self._start(company)
        check._run_at_once()
        return check

    def _run_at_once(self):
        """Do all of the check in this transaction; for small archives."""
        while self.state == "running":
            self._step(None)

    @api.model
    def _cron_run(self):
        """Go on with the checks that are under way until the time is over."""
        while check := self.search([("state", "=", "running")], order="id", limit=1):
            count = check._step(_STEP)
            if check.state != "running":
                check._on_finished()
            self.env.flush_all()
            if not self.env["ir.cron"]._commit_progress(count, remaining=1):
                return
            self.env.invalidate_all()
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _step(self, limit):
        """Check the next rows; go to the next chain, or to the end, without any.

        :param limit: number of rows, None for all that the chain has
        :return: number of rows checked
        """
        self.ensure_one()
        model = self.env[f"offer.{self.chain}"].sudo()
        part = ArchivePart(self.after_sequence, self.after_hash)
        findings = list(self._kept_findings(model, part, limit))
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._note(part, findings)
                if limit is None or part.count < limit:
                    self._leave_chain()
        except SerializationFailure:
            # cancelled meanwhile: what was read is not needed any more
            self.invalidate_recordset(flush=False)
            _logger.info("Archive check %s was cancelled.", self.id)
        return part.count

    def _kept_findings(self, model, part, limit):
        """Yield what is wrong with the next rows; memory does not grow with it."""
        yield from model._verify_part(self.company_id, part, limit)
        if limit is None or part.count < limit:
            yield from model._find_unplaced(self.company_id)

    def _note(self, part, findings):
        room = max(0, _FINDINGS_KEPT - self.finding_count)
        values = self._finding_values(findings[:room])
        self.write(
            {
                "after_sequence": part.sequence,
                "after_hash": part.hash,
                f"{self.chain}_count": part.sequence,
                f"{self.chain}_head": part.hash,
                "checked_count": self.checked_count + part.count,
                "finding_count": self.finding_count + len(findings),
                "finding_ids": [(0, 0, one) for one in values],
            }
        )

    def _leave_chain(self):
        """Go to the chain after the present one, or to the verdict."""
        following = CHAINS[CHAINS.index(self.chain) + 1 :]
        if following:
            self.write(
                {
                    "chain": following[0],
                    "after_sequence": 0,
                    "after_hash": GENESIS_HASH,
                }
            )
        else:
            self.state = "damaged" if self.finding_count else "intact"

    def _finding_values(self, findings):
        positions = {found.sequence for found in findings if found.chain == CHAINS[0]}
        revisions = self.env["offer.revision"].search(
            [("company_id", "=", self.company_id.id), ("chain_seq", "in", [*positions])]
        )
        by_position = {revision.chain_seq: revision for revision in revisions}
        for found in findings:
            revision = by_position.get(found.sequence)
            is_revision = revision and found.chain == CHAINS[0]
            yield {
                "chain": found.chain,
                "sequence": found.sequence,
                "code": found.code,
                "detail": found.detail,
                "offer_name": revision.offer_id.name if is_revision else False,
            }

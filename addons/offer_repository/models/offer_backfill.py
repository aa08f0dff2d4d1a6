import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

_ADMIN = "offer_repository.offer_repository_group_admin"
# Nothing that happened years ago is news to anybody.
_QUIET = {
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}


class OfferBackfill(models.Model):
    """Takes the quotations of a company over that were there before the archive.

    A job that goes through them by id and remembers how far it came, so it can be
    interrupted at any time and run twice. It mails nobody.
    """

    _name = "offer.backfill"
    _description = "Taking Over Quotations"
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
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
    )
    last_order_id = fields.Integer(
        string="Last Quotation", readonly=True, help="Number of the last one looked at."
    )
    total_count = fields.Integer(string="To Look At", readonly=True)
    looked_count = fields.Integer(string="Looked At", readonly=True)
    taken_count = fields.Integer(string="Taken Over", readonly=True)
    progress = fields.Float(
        string="Progress (%)", compute="_compute_progress", aggregator=None
    )
    problems = fields.Text(
        readonly=True, help="Quotations that could not be taken over, and why."
    )

    # two jobs for one company would do everything twice
    _running_uniq = models.UniqueIndex(
        "(company_id) WHERE state = 'running'",
        "The quotations of this branch are being taken over already.",
    )

    @api.depends("looked_count", "total_count", "state")
    def _compute_progress(self):
        for job in self:
            share = job.looked_count / job.total_count if job.total_count else 1
            job.progress = 100 if job.state == "done" else min(99, 100 * share)

    # ------------------------------------------------------------------
    # Starting
    # ------------------------------------------------------------------

    def action_start(self):
        """Take over the quotations of the companies that are switched on."""
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._(
                    "Only administrators of the offer repository take quotations over."
                )
            )
        # sudo: nobody may write jobs; the group was checked above
        self.sudo()._start(self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_backfill_action"
        )

    @api.model
    def _start(self, companies):
        """Make a job for each company that has none running, and wake the cron."""
        running = self.search(
            [("company_id", "in", companies.ids), ("state", "=", "running")]
        )
        jobs = self.create(
            [
                {
                    "company_id": company.id,
                    "total_count": self._orders_after(company, 0, count=True),
                }
                for company in companies - running.company_id
            ]
        )
        self.env.ref("offer_repository.ir_cron_offer_backfill")._trigger()
        return running | jobs

    def _orders_after(self, company, order_id, limit=None, count=False):
        domain = [
            ("company_id", "=", company.id),
            ("state", "in", ("sent", "sale", "cancel")),
            ("id", ">", order_id),
        ]
        orders = self.env["sale.order"].sudo()
        if count:
            return orders.search_count(domain)
        return orders.search(domain, order="id", limit=limit)

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    @api.model
    def _cron_take_over(self, batch=50):
        """Work on running jobs until the time of the cron is over."""
        while job := self.search([("state", "=", "running")], order="id", limit=1):
            looked = job._take_over_batch(batch)
            remaining = self.search([("state", "=", "running")], limit=1)
            left = max(job.total_count - job.looked_count, 1) if remaining else 0
            if not self.env["ir.cron"]._commit_progress(looked, remaining=left):
                return

    def _take_over_batch(self, batch):
        """Look at the next quotations of this job; done when there are none."""
        self.ensure_one()
        orders = self._orders_after(self.company_id, self.last_order_id, limit=batch)
        taken, problems = 0, []
        for order in orders.with_context(**_QUIET):
            try:
                with self.env.cr.savepoint():
                    taken += order._offer_backfill()
            except (UserError, ValueError) as error:
                _logger.warning("Order %s was not taken over: %s", order.id, error)
                problems.append(f"{order.name}: {error}")
        self.write(
            {
                "last_order_id": orders[-1:].id or self.last_order_id,
                "looked_count": self.looked_count + len(orders),
                "taken_count": self.taken_count + taken,
                "problems": "\n".join(filter(None, [self.problems, *problems])),
                "state": "running" if len(orders) == batch else "done",
            }
        )
        return len(orders)

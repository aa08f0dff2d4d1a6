from odoo import api, fields, models
from odoo.tools import format_datetime

MANAGER = "offer_repository.offer_repository_group_manager"


class OfferReleaseRequest(models.Model):
    """A quotation that the send gate holds, and what becomes of it.

    Made by the gate and moved on by the methods of its files alone. Who was held reads
    his own, without anything of the other side; managers those of their tree.
    """

    _name = "offer.release.request"
    _description = "Request for Release"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "create_date desc, id desc"
    _rec_name = "order_name"
    # Nobody may write a request, everybody who may read it may discuss it.
    _mail_post_access = "read"

    order_id = fields.Many2one(
        "sale.order",
        string="Quotation Record",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    order_name = fields.Char(string="Quotation", readonly=True)
    customer_name = fields.Char(string="Customer", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    state = fields.Selection(
        [
            ("held", "Held"),
            ("asked", "Waiting for release"),
            ("released", "Released"),
            ("refused", "Refused"),
            ("sent", "Sent"),
        ],
        default="held",
        required=True,
        readonly=True,
        index=True,
    )
    level = fields.Selection(
        [
            ("reason", "Reason needed"),
            ("approval", "Release needed"),
            ("block", "Not allowed"),
        ],
        string="Rule",
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    date_due = fields.Datetime(string="Due", readonly=True, index="btree_not_null")
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    status = fields.Char(compute="_compute_status")

    # For managers: what stands against it, as it was when it was held.
    severity = fields.Selection(
        related="override_id.severity",
        groups=MANAGER,
        related_sudo=True,
    )
    severity_reason = fields.Text(
        string="Why",
        compute="_compute_facts",
        compute_sudo=True,
        groups=MANAGER,
    )
    rival_offer_ids = fields.Many2many(
        "offer.offer",
        string="Rival Offers",
        compute="_compute_facts",
        compute_sudo=True,
        groups=MANAGER,
    )
    # Text beside the link: the web client drops companies that are not switched on.
    rival_names = fields.Char(
        string="Rival Sides",
        compute="_compute_facts",
        compute_sudo=True,
        groups=MANAGER,
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_facts", compute_sudo=True, groups=MANAGER
    )
    spread_amount = fields.Monetary(
        string="Spread", compute="_compute_facts", compute_sudo=True, groups=MANAGER
    )
    spread_percent = fields.Float(
        string="Spread (%)",
        digits=(16, 1),
        compute="_compute_facts",
        compute_sudo=True,
        groups=MANAGER,
    )
    overlap_percent = fields.Float(
        string="Overlap (%)",
        digits=(16, 1),
        compute="_compute_facts",
        compute_sudo=True,
        groups=MANAGER,
    )

    # The gate's own notes.
    override_id = fields.Many2one(
        "offer.check.override",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups="base.group_system",
    )
    told_user_ids = fields.Many2many(
        "res.users",
        "offer_release_request_told_rel",
        readonly=True,
        groups="base.group_system",
    )
    reminder_count = fields.Integer(readonly=True, groups="base.group_system")

    def _mail_get_partner_fields(self, introspect_fields=False):
        # Nothing of this is for the customer.
        return []

    def web_read(self, specification):
        """Read requests for the client, with the rival offers that a manager sees."""
        return super().web_read(specification)

    # Reading a rival offer is logged, so Odoo must not run it on a replica.
    web_read._readonly = False

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("state", "date_due", "answered_by_id", "answer", "level")
    @api.depends_context("lang", "tz")
    def _compute_status(self):
        for request in self:
            request.status = request._status_text()

    @api.depends("override_id.facts", "override_id.res_ids")
    @api.depends_context("lang")
    def _compute_facts(self):
        conflict = self.env["offer.conflict"]
        for request in self:
            facts = request.override_id.facts or {}
            ids = request.override_id.res_ids or []
            offers = self.env["offer.offer"].browse(ids).exists()
            request.rival_offer_ids = offers
            request.rival_names = ", ".join(offers.company_id.mapped("name"))
            request.severity_reason = "\n".join(
                conflict._reason_text(reason) for reason in facts.get("reasons", ())
            )
            request.currency_id = facts.get("currency_id", False)
            request.spread_amount = facts.get("spread_amount", 0.0)
            request.spread_percent = facts.get("spread_percent", 0.0)
            request.overlap_percent = facts.get("overlap_percent", 0.0)

    def _status_text(self):
        """Say where the request stands, and what is to be done."""
        self.ensure_one()
        texts = {
            "held": self._held_text,
            "asked": lambda: self.env._(
                "Held. Your manager was asked; an answer is due by %(date)s.",
                date=self._moment(self.date_due),
            ),
            "released": lambda: self.env._(
                "Released by %(manager)s. It holds for these lines, prices and terms.",
                manager=self.sudo().answered_by_id.name,
            ),
            "refused": lambda: self.env._(
                "Not released by %(manager)s: %(answer)s",
                manager=self.sudo().answered_by_id.name,
                answer=self.answer or "–",
            ),
            "sent": lambda: self.env._("Sent."),
        }
        return texts[self.state]()

    def _held_text(self):
        if self.level == "block":
            return self.env._("Held. The rules of your branch do not allow to send it.")
        if self.level == "reason":
            return self.env._("Held. Give a reason, then send it.")
        return self.env._("Held. Ask your manager to release it.")

    def _moment(self, moment):
        return format_datetime(self.env, moment, dt_format="short") if moment else "–"

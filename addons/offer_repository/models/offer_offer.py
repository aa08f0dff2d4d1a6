from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfferOffer(models.Model):
    """One proposal to one customer, as the archive sees it.

    The head follows its quotation and may change; what left the house is kept in its
    revisions, which never do. Rows are made by the archive alone: no access line lets
    anybody create, write or delete them.
    """

    _name = "offer.offer"
    _description = "Offer"
    _order = "date_last_sent desc, id desc"

    name = fields.Char(string="Number", required=True, readonly=True, index="trigram")
    # No company check on the links below: the archive records what happened and must
    # never refuse it.
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
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
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        readonly=True,
        ondelete="set null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        readonly=True,
        ondelete="set null",
        index=True,
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("won", "Won"),
            ("lost", "Lost"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
            ("superseded", "Replaced"),
        ],
        required=True,
        readonly=True,
        default="sent",
        index=True,
        group_expand=True,
    )
    date_first_sent = fields.Datetime(string="First Sent", readonly=True)
    date_last_sent = fields.Datetime(string="Last Sent", readonly=True, index=True)
    date_valid_until = fields.Date(string="Valid Until", readonly=True)
    is_live = fields.Boolean(
        compute="_compute_is_live",
        search="_search_is_live",
        help="Sent, not decided and not past its validity date.",
    )

    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    amount_untaxed = fields.Monetary(string="Untaxed Amount", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)

    revision_ids = fields.One2many("offer.revision", "offer_id", readonly=True)
    revision_count = fields.Integer(compute="_compute_revision_count")
    current_revision_id = fields.Many2one(
        "offer.revision",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    current_line_ids = fields.One2many(
        related="current_revision_id.line_ids",
        string="Lines",
    )

    _order_uniq = models.UniqueIndex(
        "(order_id) WHERE order_id IS NOT NULL",
        "A quotation has one offer in the archive.",
    )
    # serves _cron_expire and _search_is_live
    _state_valid_idx = models.Index("(state, date_valid_until)")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("state", "date_valid_until")
    def _compute_is_live(self):
        today = fields.Date.context_today(self)
        for offer in self:
            valid_until = offer.date_valid_until
            offer.is_live = offer.state == "sent" and (
                not valid_until or valid_until >= today
            )

    def _search_is_live(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        live = Domain("state", "=", "sent") & (
            Domain("date_valid_until", "=", False)
            | Domain("date_valid_until", ">=", today)
        )
        domains = [live if wanted else ~live for wanted in value]
        return Domain.OR(domains)

    @api.depends("revision_ids")
    def _compute_revision_count(self):
        counts = dict(
            self.env["offer.revision"]._read_group(
                [("offer_id", "in", self.ids)], ["offer_id"], ["__count"]
            )
        )
        for offer in self:
            offer.revision_count = counts.get(offer, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_order(self):
        """Open the quotation this offer was made with, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

    def action_open_revisions(self):
        """List the revisions of the offers."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_revision_action"
        )
        return {
            **action,
            "domain": [("offer_id", "in", self.ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------
    # Archive
    # ------------------------------------------------------------------

    def _on_archived(self, revision):
        """React to offers that have just left the house.

        Called in sudo at the end of every archiving, inside the transaction of the
        user who sent. Overridden by conflict detection. Must not raise for doubtful
        data: it would keep a customer from getting an offer.

        :param revision: the new ``offer.revision``; empty when the customer got again
            what the archive already holds
        """

    def _archive(self, snapshot, event):
        """Record that this content left the house.

        :param snapshot: see ``sale.order._offer_snapshot``
        :param event: dict of reason, date and files (``evidence.DocumentFile``)
        :return: the new ``offer.revision``, empty when nothing is new
        """
        self.ensure_one()
        self._query_lock()
        revision = self.env["offer.revision"]
        if self._is_news(snapshot, event["files"]):
            revision = revision._append(self, snapshot, event)
            self.current_revision_id = revision
        elif event["reason"] not in ("confirmed", "signed"):
            self._log_event(
                "sent_again",
                event["reason"],
                people=snapshot["people"],
                when=event["date"],
            )
        self._on_archived(revision)
        return revision

    def _query_lock(self):
        """Have whoever sends the same offer meanwhile wait for this transaction.

        Should the other one be the first, PostgreSQL refuses, for our snapshot is
        older; Odoo then runs the request anew, which sees the other's revision.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT 1 FROM offer_offer WHERE id = %s FOR UPDATE", self.id)
        )

    def _is_news(self, snapshot, files):
        """Tell whether the current revision does not hold content and files already."""
        current = self.current_revision_id
        if not current or not current._is_same_content(snapshot["content"]):
            return True
        return not current._holds_files(files)

    @api.model
    def _cron_expire(self, batch=1000):
        """Mark sent offers whose validity has passed as expired."""
        today = fields.Date.context_today(self)
        domain = Domain("state", "=", "sent") & Domain("date_valid_until", "<", today)
        offers = self.search(domain, limit=batch)
        offers._set_state("expired", only_from=("sent",))
        remaining = self.search_count(domain) if len(offers) == batch else 0
        self.env["ir.cron"]._commit_progress(len(offers), remaining=remaining)

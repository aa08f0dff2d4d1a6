from odoo import api, fields, models
from odoo.tools import formatLang

# Reasons for the severity whose value is a number of per cent.
_IN_PER_CENT = ("overlap", "spread")


class OfferConflict(models.Model):
    """Live offers of several branches to one customer, for a manager to decide.

    Opened and kept up to date by the detection (``offer_conflict_detection.py``) alone,
    closed by a decision (``offer_conflict_decision.py``). Managers of the company tree
    read it; branch staff know it by cards only.
    """

    _name = "offer.conflict"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Offer Conflict"
    _order = "state desc, severity_rank desc, date_detected desc, id desc"
    # Nobody may write the case itself, everybody who may read it may discuss it.
    _mail_post_access = "read"

    name = fields.Char(string="Case", required=True, readonly=True, copy=False)
    identity_id = fields.Many2one(
        "offer.identity",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    customer_name = fields.Char(
        related="identity_id.name",
        string="Customer",
        store=True,
    )
    signature = fields.Char(required=True, readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    date_detected = fields.Datetime(
        string="Detected",
        default=fields.Datetime.now,
        required=True,
        readonly=True,
    )

    company_ids = fields.Many2many(
        "res.company",
        "offer_conflict_company_rel",
        string="Branches",
        readonly=True,
    )
    # Text beside the link: the web client drops companies that are not switched on.
    side_names = fields.Char(
        string="Sides", compute="_compute_side_names", compute_sudo=True
    )
    offer_ids = fields.Many2many(
        "offer.offer",
        "offer_conflict_offer_rel",
        string="Offers",
        readonly=True,
    )
    offer_count = fields.Integer(
        string="Number of Offers", compute="_compute_side_names", compute_sudo=True
    )

    severity = fields.Selection(
        [("low", "Low"), ("medium", "Medium"), ("high", "High")],
        required=True,
        readonly=True,
        default="low",
        index=True,
    )
    severity_rank = fields.Integer(
        compute="_compute_severity_rank", store=True, aggregator=None
    )
    reasons = fields.Json(readonly=True)
    severity_reason = fields.Text(
        string="Why",
        compute="_compute_severity_reason",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    lowest_amount = fields.Monetary(
        string="Lowest",
        readonly=True,
        help="What the cheapest side asks for the goods that both offer, tax excluded.",
    )
    highest_amount = fields.Monetary(
        string="Highest",
        readonly=True,
        help="What the dearest side asks for the same goods, tax excluded.",
    )
    spread_amount = fields.Monetary(string="Spread", readonly=True)
    spread_percent = fields.Float(
        string="Spread (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Difference in per cent of the highest amount.",
    )
    spread_basis = fields.Selection(
        [("products", "Goods in both offers"), ("totals", "Whole offers")],
        string="Compared By",
        readonly=True,
    )
    overlap_percent = fields.Float(
        string="Overlap (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Share of the offer that is covered more by the other one.",
    )

    _signature_uniq = models.UniqueIndex(
        "(signature)",
        "This conflict has been recorded already.",
    )
    # serves _open_case, and keeps two transactions from opening two cases
    _identity_open_uniq = models.UniqueIndex(
        "(identity_id) WHERE state = 'open'",
        "A customer has one open conflict at a time.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    # Not of the names: everybody who saves a partner would pay for following them.
    @api.depends("company_ids", "offer_ids")
    def _compute_side_names(self):
        for conflict in self:
            conflict.side_names = ", ".join(conflict.company_ids.mapped("name"))
            conflict.offer_count = len(conflict.offer_ids)

    @api.depends("severity")
    def _compute_severity_rank(self):
        ranks = {"low": 0, "medium": 1, "high": 2}
        for conflict in self:
            conflict.severity_rank = ranks.get(conflict.severity, 0)

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_severity_reason(self):
        for conflict in self:
            conflict.severity_reason = "\n".join(
                conflict._reason_text(reason) for reason in conflict.reasons or ()
            )

    @api.depends("name", "customer_name")
    def _compute_display_name(self):
        for conflict in self:
            conflict.display_name = self.env._(
                "%(case)s – %(customer)s",
                case=conflict.name,
                customer=conflict.customer_name,
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_offers(self):
        """List the offers of the case."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_offer_action"
        )
        offer_ids = self.sudo().offer_ids.ids
        return {**action, "domain": [("id", "in", offer_ids)], "context": {}}

    def compare_data(self):
        """Return the offers side by side, see ``offer.conflict.comparison``.

        :raise AccessError: when the user may not read the case
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: who may read the case may read its offers, see offer_offer_rule_manager;
        # their products and units may belong to branches that are not switched on.
        return self.sudo()._comparison()

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _reason_text(self, reason):
        """Return one reason for the severity as a sentence.

        :param reason: dict of code, points and value
        """
        code, value = reason["code"], reason["value"]
        percent = self._shown_percent(value) if code in _IN_PER_CENT else ""
        sentences = {
            "identity": self._identity_text(value),
            "overlap": self.env._(
                "%(percent)s %% of the value of one offer is for goods that the other "
                "one has too.",
                percent=percent,
            ),
            "spread": self.env._(
                "The prices are %(percent)s %% apart.", percent=percent
            ),
            "time": self.env._("Both offers are live on %(days)s days.", days=value),
        }
        return sentences[code]

    def _shown_percent(self, value):
        """Return a measured number as the reader writes it, whole ones without ",0"."""
        number = float(value)
        return formatLang(self.env, number, digits=0 if number.is_integer() else 1)

    def _identity_text(self, verdict):
        if verdict == "certain":
            return self.env._("The customer is the same for certain.")
        if verdict == "same_group":
            return self.env._("The customers belong to one group of companies.")
        return self.env._("The customer is probably the same.")

import secrets

from odoo import api, fields, models

# What a mark is worth, on the scale that Odoo's own ratings have.
SCORES = {"good": 5, "middle": 3, "bad": 1}


class OfferSatisfaction(models.Model):
    """One question to a customer after an offer was won or lost, and the answer.

    Made when the offer is closed where the branch asks
    (``offer_satisfaction_asking.py``), answered on a page that needs no sign-in
    (``offer_satisfaction_answer.py``). Who may read the offer may read it; nobody may
    write it.
    """

    _name = "offer.satisfaction"
    _inherit = ["offer.reading.mixin"]
    _description = "Satisfaction of a Customer"
    _order = "date_answered desc, id desc"
    _rec_name = "offer_id"

    offer_id = fields.Many2one(
        "offer.offer", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="offer_id.company_id", string="Branch", store=True, index=True
    )
    user_id = fields.Many2one(
        related="offer_id.user_id", string="Salesperson", store=True, index=True
    )
    team_id = fields.Many2one(
        related="offer_id.team_id", string="Sales Team", store=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked Person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    outcome = fields.Selection(
        [("won", "Order"), ("lost", "Loss")], string="After", required=True
    )
    state = fields.Selection(
        [
            ("waiting", "To be asked"),
            ("asked", "Asked"),
            ("answered", "Answered"),
            ("skipped", "Not asked"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    skip_reason = fields.Selection(
        [
            ("stop", "Does not want to be asked"),
            ("address", "No e-mail address"),
            ("policy", "The branch does not ask any more"),
            ("reopened", "The offer is open again"),
            ("recent", "Was asked a short while ago"),
        ],
        string="Not Asked Because",
        readonly=True,
    )
    date_due = fields.Date(string="Ask On", required=True, readonly=True)
    date_asked = fields.Datetime(string="Asked On", readonly=True)
    date_answered = fields.Datetime(string="Answered On", readonly=True, index=True)
    mark = fields.Selection(
        [("good", "Satisfied"), ("middle", "Neutral"), ("bad", "Not satisfied")],
        readonly=True,
        index="btree_not_null",
    )
    score = fields.Integer(
        compute="_compute_score",
        store=True,
        aggregator="avg",
        help="5: satisfied, 3: neutral, 1: not satisfied.",
    )
    feedback = fields.Text(string="In the Customer's Words", readonly=True)

    # Whoever knows it may answer for the customer.
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(24),
        groups="base.group_system",
    )
    answer_url = fields.Char(compute="_compute_answer_url", groups="base.group_system")

    _offer_uniq = models.UniqueIndex(
        "(offer_id)",
        "A customer is asked once about an offer.",
    )
    # serves _cron_ask
    _waiting_idx = models.Index("(date_due) WHERE state = 'waiting'")

    @api.depends("mark")
    def _compute_score(self):
        for row in self:
            row.score = SCORES.get(row.mark, 0)

    @api.depends("token")
    def _compute_answer_url(self):
        for row in self:
            base = row.offer_id.get_base_url()
            row.answer_url = (
                f"{base}/offer_repository/satisfaction/{row.id}/{row.token}"
            )

    def action_open_offer(self):
        """Open the offer, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return self.offer_id._get_records_action()


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    satisfaction_ids = fields.One2many(
        "offer.satisfaction", "offer_id", string="Satisfaction Question", readonly=True
    )
    satisfaction_mark = fields.Selection(
        related="satisfaction_ids.mark", string="Customer's Satisfaction"
    )
    satisfaction_feedback = fields.Text(
        related="satisfaction_ids.feedback", string="In the Customer's Words"
    )

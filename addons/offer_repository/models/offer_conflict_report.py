from odoo import fields, models
from odoo.tools import SQL

from .offer_conflict_comparison import MARGIN
from .offer_report_labels import labels_of


class OfferConflictReport(models.Model):
    """What sides cost each other: one row a conflict and pair of its sides.

    Sides are branches, or teams or salespeople where the tree wants it so. Money is in
    the currency of the reader's branch by the rate of the day the conflict was found,
    tax excluded. Where more than two sides collide, the money is shared evenly among
    their pairs, so that totals are those of the conflicts. For managers of the tree
    only, as the conflicts.
    """

    _name = "offer.conflict.report"
    _inherit = ["offer.report.money"]
    _description = "Cannibalisation"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "conflict_name"
    _depends = {
        "offer.conflict": [
            "company_ids",
            "date_detected",
            "decided_at",
            "decision",
            "highest_amount",
            "lowest_amount",
            "offer_ids",
            "severity",
            "spread_amount",
            "state",
        ],
        "offer.offer": ["state", "amount_untaxed", "team_id", "user_id"],
        "offer.revision.line": ["cost_unit", "quantity"],
        "offer.check.override": ["order_id", "state", "event"],
    }

    date = fields.Datetime(string="Detected", readonly=True)
    conflict_id = fields.Many2one(
        "offer.conflict", readonly=True, aggregator="count_distinct"
    )
    conflict_name = fields.Char(string="Case", readonly=True)
    customer_name = fields.Char(string="Customer", readonly=True)
    left_company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    right_company_id = fields.Many2one(
        "res.company", string="Against Branch", readonly=True
    )
    # Where teams or salespeople compete, a branch may be on both sides.
    left_team_id = fields.Many2one("crm.team", string="Team", readonly=True)
    right_team_id = fields.Many2one("crm.team", string="Against Team", readonly=True)
    left_user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    right_user_id = fields.Many2one(
        "res.users", string="Against Salesperson", readonly=True
    )
    state = fields.Selection(
        selection=labels_of("offer.conflict", "state"),
        readonly=True,
    )
    severity = fields.Selection(
        selection=labels_of("offer.conflict", "severity"),
        readonly=True,
    )
    decision = fields.Selection(
        selection=labels_of("offer.conflict", "decision"),
        readonly=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decision_hours = fields.Float(
        string="Hours to Decision", readonly=True, aggregator="avg", digits=(16, 1)
    )
    caught = fields.Selection(
        [("before", "Before sending"), ("after", "After sending")],
        readonly=True,
        help="Before: the check or the gate stopped the salesperson before the offer "
        "left.",
    )
    override_count = fields.Integer(
        string="Stops Gone Past",
        readonly=True,
        help="How often the check was gone past with these offers.",
    )
    lowest_amount = fields.Monetary(string="Lowest", readonly=True)
    highest_amount = fields.Monetary(string="Highest", readonly=True)
    spread_amount = fields.Monetary(string="Spread", readonly=True)
    spread_percent = fields.Float(
        string="Spread (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    sold_amount = fields.Monetary(
        string="Sold For",
        readonly=True,
        help="The cheapest of the offers that the customer accepted.",
    )
    given_away = fields.Monetary(
        readonly=True,
        help="How much the accepted offer was below the dearest one, at most the "
        "spread on the goods that both offer.",
    )
    sold_margin = fields.Monetary(
        string="Margin Sold",
        readonly=True,
        groups=MARGIN,
        help="What the accepted offer left over its cost when it was sent. Empty "
        "unless the cost of each line is known.",
    )
    given_away_percent = fields.Float(
        string="Margin Given Away (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        groups=MARGIN,
        help="How much of the margin that the dearest offer had was given away.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (
                       ORDER BY fact.conflict_id, one.key, two.key
                   ) AS id,
                   fact.conflict_id,
                   fact.date,
                   fact.conflict_name,
                   fact.customer_name,
                   one.company_id AS left_company_id,
                   COALESCE(two.company_id, one.company_id) AS right_company_id,
                   one.team_id AS left_team_id,
                   two.team_id AS right_team_id,
                   one.user_id AS left_user_id,
                   two.user_id AS right_user_id,
                   fact.state,
                   fact.severity,
                   fact.decision,
                   fact.decided_by_id,
                   fact.decision_hours,
                   CASE WHEN fact.stops > 0 THEN 'before' ELSE 'after' END AS caught,
                   fact.override_count,
                   %(money)s,
                   %(own)s AS currency_id
              FROM (%(facts)s) fact
              JOIN LATERAL (SELECT %(given)s AS away) given ON TRUE
              JOIN LATERAL (
                       SELECT GREATEST(1, COUNT(*) * (COUNT(*) - 1) / 2) AS pairs,
                              COUNT(*) AS count
                         FROM (%(sides)s) side
                        WHERE side.conflict_id = fact.conflict_id
                   ) share ON TRUE
              JOIN (%(sides)s) one ON one.conflict_id = fact.conflict_id
         LEFT JOIN (%(sides)s) two
                ON two.conflict_id = fact.conflict_id
               AND (two.company_id, two.key) > (one.company_id, one.key)
             WHERE two.key IS NOT NULL OR share.count = 1
            """,
            own=self.env.company.sudo().currency_id.id,
            facts=self._facts_sql(),
            money=self._shares_sql(),
            given=self._given_sql(),
            sides=self._sides_sql(),
        )

    def action_open_conflict(self):
        """Open the case, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "offer.conflict",
            "res_id": self.conflict_id.id,
            "views": [(False, "form")],
        }

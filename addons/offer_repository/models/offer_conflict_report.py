from odoo import fields, models
from odoo.tools import SQL


class OfferConflictReport(models.Model):
    """What branches cost each other: one row a conflict and pair of its branches.

    Money is in the currency of the reader's branch by the rate of the day the conflict
    was found, tax excluded. Where more than two branches collide, the money is shared
    evenly among their pairs, so that totals are those of the conflicts. For managers of
    the tree only, as the conflicts.
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
        "offer.offer": ["state", "amount_untaxed"],
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
    state = fields.Selection(
        selection=lambda self: self.env["offer.conflict"]._fields["state"].selection,
        readonly=True,
    )
    severity = fields.Selection(
        selection=lambda self: self.env["offer.conflict"]._fields["severity"].selection,
        readonly=True,
    )
    decision = fields.Selection(
        selection=lambda self: self.env["offer.conflict"]._fields["decision"].selection,
        readonly=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decision_hours = fields.Float(
        string="Hours to Decision", readonly=True, aggregator="avg", digits=(16, 1)
    )
    caught = fields.Selection(
        [("before", "Before sending"), ("after", "After sending")],
        readonly=True,
        help="Before: the check stopped the salesperson before the offer left.",
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
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (
                       ORDER BY fact.conflict_id, one.res_company_id, two.res_company_id
                   ) AS id,
                   fact.conflict_id,
                   fact.date,
                   fact.conflict_name,
                   fact.customer_name,
                   one.res_company_id AS left_company_id,
                   two.res_company_id AS right_company_id,
                   fact.state,
                   fact.severity,
                   fact.decision,
                   fact.decided_by_id,
                   fact.decision_hours,
                   CASE WHEN fact.stops > 0 THEN 'before' ELSE 'after' END AS caught,
                   fact.override_count,
                   fact.lowest_amount / fact.pairs AS lowest_amount,
                   fact.highest_amount / fact.pairs AS highest_amount,
                   fact.spread_amount / fact.pairs AS spread_amount,
                   fact.spread_percent,
                   fact.sold_amount / fact.pairs AS sold_amount,
                   CASE WHEN fact.sold_amount IS NULL THEN 0 ELSE
                       GREATEST(0, LEAST(
                           fact.spread_amount, fact.dearest_amount - fact.sold_amount
                       )) / fact.pairs
                    END AS given_away,
                   %(own)s AS currency_id
              FROM (%(facts)s) fact
              JOIN offer_conflict_company_rel one
                ON one.offer_conflict_id = fact.conflict_id
              JOIN offer_conflict_company_rel two
                ON two.offer_conflict_id = fact.conflict_id
               AND two.res_company_id > one.res_company_id
            """,
            own=self.env.company.sudo().currency_id.id,
            facts=self._facts_sql(),
        )

    def _facts_sql(self):
        """Return one row a conflict, its money in the reader's currency."""
        day, currency = SQL("detail.date_detected::date"), SQL("detail.currency_id")

        def money(column):
            return self._money_sql(SQL.identifier("detail", column), currency, day)

        return SQL(
            """
            SELECT detail.id AS conflict_id,
                   detail.date_detected AS date,
                   detail.name AS conflict_name,
                   detail.customer_name,
                   detail.state,
                   detail.severity,
                   detail.decision,
                   detail.decided_by_id,
                   EXTRACT(EPOCH FROM detail.decided_at - detail.date_detected) / 3600
                       AS decision_hours,
                   %(lowest)s AS lowest_amount,
                   %(highest)s AS highest_amount,
                   %(spread)s AS spread_amount,
                   detail.spread_percent,
                   (SELECT COUNT(*) * (COUNT(*) - 1) / 2
                      FROM offer_conflict_company_rel side
                     WHERE side.offer_conflict_id = detail.id) AS pairs,
                   (%(won)s) AS sold_amount,
                   (%(offered)s) AS dearest_amount,
                   (%(stops)s) AS stops,
                   (%(overrides)s) AS override_count
              FROM offer_conflict detail
            """,
            lowest=money("lowest_amount"),
            highest=money("highest_amount"),
            spread=money("spread_amount"),
            won=self._offers_sql(SQL("MIN"), SQL("offer.state = 'won'")),
            offered=self._offers_sql(SQL("MAX"), SQL("TRUE")),
            stops=self._stops_sql(SQL("TRUE")),
            overrides=self._stops_sql(SQL("stop.state = 'done'")),
        )

    def _offers_sql(self, aggregate, condition):
        money = self._money_sql(
            SQL("offer.amount_untaxed"),
            SQL("offer.currency_id"),
            SQL("COALESCE(offer.date_last_sent, offer.create_date)::date"),
        )
        return SQL(
            """
            SELECT %(aggregate)s(%(money)s)
              FROM offer_conflict_offer_rel link
              JOIN offer_offer offer ON offer.id = link.offer_offer_id
             WHERE link.offer_conflict_id = detail.id AND %(condition)s
            """,
            aggregate=aggregate,
            money=money,
            condition=condition,
        )

    def _stops_sql(self, condition):
        return SQL(
            """
            SELECT COUNT(*)
              FROM offer_check_override stop
              JOIN offer_offer offer ON offer.order_id = stop.order_id
              JOIN offer_conflict_offer_rel link ON link.offer_offer_id = offer.id
             WHERE link.offer_conflict_id = detail.id AND stop.event = 'quotation'
               AND %(condition)s
            """,
            condition=condition,
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

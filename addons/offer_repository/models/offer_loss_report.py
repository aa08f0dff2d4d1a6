from odoo import fields, models
from odoo.tools import SQL

from .offer_report_labels import labels_of


class OfferLossReport(models.Model):
    """What was won and lost, why and to whom: one row a line of a closed offer.

    A view over the archive; amounts are in the currency of the reader's branch by the
    rate of the day the offer was sent, tax excluded. Its rules are those of the offers.
    """

    _name = "offer.loss.report"
    _inherit = ["offer.report.money"]
    _description = "Wins and Losses"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "offer_name"
    _depends = {
        "offer.offer": [
            "accepted_revision_id",
            "commercial_partner_id",
            "company_id",
            "competitor_name",
            "competitor_price",
            "current_revision_id",
            "date_first_sent",
            "date_last_sent",
            "date_lost",
            "lost_reason_id",
            "state",
            "team_id",
            "user_id",
        ],
        "offer.satisfaction": ["mark", "offer_id"],
        "offer.revision.line": ["price_subtotal", "discount", "product_id"],
    }

    date = fields.Datetime(
        string="Sent", readonly=True, help="When the customer last got the offer."
    )
    date_lost = fields.Datetime(string="Lost On", readonly=True)
    offer_id = fields.Many2one(
        "offer.offer", readonly=True, aggregator="count_distinct"
    )
    offer_name = fields.Char(string="Number", readonly=True)
    state = fields.Selection(
        selection=labels_of("offer.offer", "state"),
        readonly=True,
    )
    lost_reason_id = fields.Many2one("crm.lost.reason", readonly=True)
    competitor_name = fields.Char(string="Lost To", readonly=True)
    company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True
    )
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    lost_amount = fields.Monetary(readonly=True)
    won_amount = fields.Monetary(readonly=True)
    competitor_gap = fields.Float(
        string="Above Competitor (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="By how much our price was above the competitor's, where that is known.",
    )
    discount_level = fields.Selection(
        [
            ("none", "No discount"),
            ("small", "Up to 5 %"),
            ("middle", "5 to 10 %"),
            ("large", "More than 10 %"),
        ],
        string="Discount",
        readonly=True,
    )
    response_level = fields.Selection(
        [
            ("hour", "Within an hour"),
            ("day", "Within a day"),
            ("later", "Later"),
            ("unknown", "Not measured"),
        ],
        string="First Answer",
        readonly=True,
        help="How long the customer waited for an answer before the offer, from the "
        "contact history of the branch.",
    )
    price_position = fields.Selection(
        [
            ("lowest", "Lowest"),
            ("between", "In between"),
            ("highest", "Highest"),
            ("alone", "No other branch"),
        ],
        string="Price among Branches",
        readonly=True,
        groups="offer_repository.offer_repository_group_manager",
        help="How the offer stood to rival offers of other branches in a conflict.",
    )
    satisfaction = fields.Selection(
        selection=labels_of("offer.satisfaction", "mark"),
        readonly=True,
        help="What the customer said when asked afterwards.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        day = SQL("COALESCE(offer.date_last_sent, offer.create_date)::date")
        money = self._money_sql(
            SQL("COALESCE(line.price_subtotal, offer.amount_untaxed)"),
            SQL("offer.currency_id"),
            day,
        )
        return SQL(
            """
            SELECT COALESCE(line.id::bigint * 2, offer.id::bigint * 2 + 1) AS id,
                   offer.date_last_sent AS date,
                   offer.date_lost,
                   offer.id AS offer_id,
                   offer.name AS offer_name,
                   offer.state,
                   offer.lost_reason_id,
                   offer.competitor_name,
                   offer.company_id,
                   offer.team_id, offer.user_id,
                   offer.commercial_partner_id,
                   line.product_id, template.categ_id,
                   CASE WHEN offer.state = 'won' THEN 0 ELSE %(money)s END
                       AS lost_amount,
                   CASE WHEN offer.state = 'won' THEN %(money)s ELSE 0 END
                       AS won_amount,
                   CASE WHEN offer.competitor_price > 0 THEN
                       100.0 * (offer.amount_untaxed - offer.competitor_price)
                             / offer.competitor_price
                    END AS competitor_gap,
                   %(discount)s AS discount_level,
                   %(response)s AS response_level,
                   %(position)s AS price_position,
                   satisfaction.mark AS satisfaction,
                   %(own)s AS currency_id
              FROM offer_offer offer
         LEFT JOIN offer_satisfaction satisfaction
                ON satisfaction.offer_id = offer.id
         LEFT JOIN offer_revision_line line
                ON line.revision_id = offer.current_revision_id
               AND line.display_type IS NULL
               AND line.is_optional IS NOT TRUE
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE offer.state IN ('won', 'lost', 'cancelled', 'expired')
            """,
            money=money,
            discount=self._discount_sql(),
            response=self._response_sql(),
            position=self._position_sql(),
            own=self.env.company.sudo().currency_id.id,
        )

    def _discount_sql(self):
        return SQL(
            "CASE WHEN COALESCE(line.discount, 0) <= 0 THEN 'none' "
            "WHEN line.discount <= 5 THEN 'small' "
            "WHEN line.discount <= 10 THEN 'middle' ELSE 'large' END"
        )

    def _response_sql(self):
        """Return how long the customer waited for the answer before the offer.

        Read from the index ``contact_response_thread_page``; only when asked for.
        """
        return SQL(
            """
            COALESCE(
                (SELECT CASE WHEN response.wall_seconds <= 3600 THEN 'hour'
                             WHEN response.wall_seconds <= 86400 THEN 'day'
                             ELSE 'later'
                         END
                   FROM contact_response response
                  WHERE response.commercial_partner_id = offer.commercial_partner_id
                    AND response.company_id = offer.company_id
                    AND response.is_confidential IS NOT TRUE
                    AND response.answered_at IS NOT NULL
                    AND response.started_at <= offer.date_first_sent
                    AND response.started_at
                        > offer.date_first_sent - INTERVAL '30 days'
               ORDER BY response.started_at DESC
                  LIMIT 1),
                'unknown'
            )
            """
        )

    def _position_sql(self):
        """Return how the whole offer stands to the other branches' in its conflicts."""
        own = self._money_sql(
            SQL("offer.amount_untaxed"),
            SQL("offer.currency_id"),
            SQL("COALESCE(offer.date_last_sent, offer.create_date)::date"),
        )
        rival = self._money_sql(
            SQL("rival.amount_untaxed"),
            SQL("rival.currency_id"),
            SQL("COALESCE(rival.date_last_sent, rival.create_date)::date"),
        )
        return SQL(
            """
            (SELECT CASE WHEN COUNT(rival.id) = 0 THEN 'alone'
                         WHEN BOOL_AND(%(own)s <= %(rival)s) THEN 'lowest'
                         WHEN BOOL_AND(%(own)s >= %(rival)s) THEN 'highest'
                         ELSE 'between'
                     END
               FROM offer_conflict_offer_rel mine
               JOIN offer_conflict_offer_rel theirs
                 ON theirs.offer_conflict_id = mine.offer_conflict_id
               JOIN offer_offer rival
                 ON rival.id = theirs.offer_offer_id
                AND rival.company_id != offer.company_id
              WHERE mine.offer_offer_id = offer.id)
            """,
            own=own,
            rival=rival,
        )

    def action_open_offer(self):
        """Open the offer, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "offer.offer",
            "res_id": self.offer_id.id,
            "views": [(False, "form")],
        }

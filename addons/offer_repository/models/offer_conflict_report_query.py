from odoo import models
from odoo.tools import SQL


class OfferConflictReport(models.Model):
    """The parts of the report's statement."""

    _inherit = "offer.conflict.report"

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
                   (%(won)s) AS sold_amount,
                   (%(margin)s) AS sold_margin,
                   (%(offered)s) AS dearest_amount,
                   (%(stops)s) AS stops,
                   (%(overrides)s) AS override_count
              FROM offer_conflict detail
            """,
            lowest=money("lowest_amount"),
            highest=money("highest_amount"),
            spread=money("spread_amount"),
            won=self._offers_sql(SQL("MIN"), SQL("offer.state = 'won'")),
            margin=self._margin_sql(),
            offered=self._offers_sql(SQL("MAX"), SQL("TRUE")),
            stops=self._stops_sql(SQL("TRUE")),
            overrides=self._stops_sql(SQL("stop.state = 'done'")),
        )

    def _shares_sql(self):
        """Return the columns of money: what one pair of sides has of a conflict."""
        return SQL(
            """
            fact.lowest_amount / share.pairs AS lowest_amount,
            fact.highest_amount / share.pairs AS highest_amount,
            fact.spread_amount / share.pairs AS spread_amount,
            fact.spread_percent,
            fact.sold_amount / share.pairs AS sold_amount,
            fact.sold_margin / share.pairs AS sold_margin,
            given.away / share.pairs AS given_away,
            CASE WHEN given.away > 0 THEN
                100.0 * given.away
                      / NULLIF(GREATEST(0, given.away + fact.sold_margin), 0)
             END AS given_away_percent
            """
        )

    def _given_sql(self):
        """Return what the accepted offer was below the dearest one of our own."""
        return SQL(
            """
            CASE WHEN fact.sold_amount IS NULL THEN 0 ELSE
                GREATEST(0, LEAST(
                    fact.spread_amount, fact.dearest_amount - fact.sold_amount
                ))
            END
            """
        )

    def _sides_sql(self):
        """Return who competes in each conflict, by what sides are in the tree.

        :return: ``SQL`` for rows of conflict_id, key, company_id, team_id and user_id
        """
        by = self.env.company._offer_conflict_side()
        if by == "branch":
            return SQL(
                """
                SELECT offer_conflict_id AS conflict_id, res_company_id::text AS key,
                       res_company_id AS company_id, NULL::integer AS team_id,
                       NULL::integer AS user_id
                  FROM offer_conflict_company_rel
                """
            )
        # as offer.offer._conflict_side: without team or salesperson it is the branch's
        key = {
            "team": SQL("CONCAT(offer.company_id, '/', offer.team_id)"),
            "salesperson": SQL(
                "COALESCE('u' || offer.user_id, 'c' || offer.company_id)"
            ),
        }[by]
        return SQL(
            """
            SELECT link.offer_conflict_id AS conflict_id, %(key)s AS key,
                   MIN(offer.company_id) AS company_id,
                   %(team)s AS team_id, %(user)s AS user_id
              FROM offer_conflict_offer_rel link
              JOIN offer_offer offer ON offer.id = link.offer_offer_id
          GROUP BY link.offer_conflict_id, %(key)s
            """,
            key=key,
            team=SQL("MIN(offer.team_id)") if by == "team" else SQL("NULL::integer"),
            user=SQL("NULL::integer") if by == "team" else SQL("MIN(offer.user_id)"),
        )

    # ------------------------------------------------------------------
    # Offers of a conflict
    # ------------------------------------------------------------------

    def _offer_money_sql(self, amount):
        """Return SQL for an amount of ``offer`` in the reader's currency."""
        return self._money_sql(
            amount,
            SQL("offer.currency_id"),
            SQL("COALESCE(offer.date_last_sent, offer.create_date)::date"),
        )

    def _offers_sql(self, aggregate, condition):
        return SQL(
            """
            SELECT %(aggregate)s(%(money)s)
              FROM offer_conflict_offer_rel link
              JOIN offer_offer offer ON offer.id = link.offer_offer_id
             WHERE link.offer_conflict_id = detail.id AND %(condition)s
            """,
            aggregate=aggregate,
            money=self._offer_money_sql(SQL("offer.amount_untaxed")),
            condition=condition,
        )

    def _margin_sql(self):
        """Return what the cheapest accepted offer left over its cost.

        Empty unless the cost of each of its lines was known when it left the house.
        """
        amount = self._offer_money_sql(SQL("offer.amount_untaxed"))
        return SQL(
            """
            SELECT %(margin)s
              FROM offer_conflict_offer_rel link
              JOIN offer_offer offer ON offer.id = link.offer_offer_id
              JOIN LATERAL (
                       SELECT CASE WHEN BOOL_AND(line.cost_unit > 0)
                                   THEN SUM(line.quantity * line.cost_unit)
                              END AS total
                         FROM offer_revision_line line
                        WHERE line.revision_id = COALESCE(
                                  offer.accepted_revision_id, offer.current_revision_id
                              )
                          AND line.display_type IS NULL
                          AND line.is_optional IS NOT TRUE
                   ) cost ON TRUE
             WHERE link.offer_conflict_id = detail.id AND offer.state = 'won'
          ORDER BY %(amount)s
             LIMIT 1
            """,
            margin=self._offer_money_sql(SQL("(offer.amount_untaxed - cost.total)")),
            amount=amount,
        )

    def _stops_sql(self, condition):
        """Return how often somebody was stopped before one of the offers left.

        By the check of the customer or by the gate, which makes requests for release.
        """
        return SQL(
            """
            SELECT COUNT(*)
              FROM offer_check_override stop
              JOIN offer_offer offer ON offer.order_id = stop.order_id
              JOIN offer_conflict_offer_rel link ON link.offer_offer_id = offer.id
             WHERE link.offer_conflict_id = detail.id
               AND stop.event IN ('quotation', 'conflict')
               AND %(condition)s
            """,
            condition=condition,
        )

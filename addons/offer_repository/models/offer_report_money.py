from odoo import api, models
from odoo.tools import SQL


class OfferReportMoney(models.AbstractModel):
    """Amounts of a report in one currency: that of the branch the reader works in."""

    _name = "offer.report.money"
    _description = "Money in Reports"

    @api.model
    def _money_sql(self, amount, currency, day):
        """Return SQL for an amount in the reader's currency, by the rate of the day.

        :param amount: ``SQL`` for the amount
        :param currency: ``SQL`` for the id of its currency
        :param day: ``SQL`` for the day
        """
        own = self.env.company.sudo().currency_id.id
        return SQL(
            "%(amount)s * CASE WHEN %(currency)s = %(own)s THEN 1 "
            "ELSE %(to_rate)s / NULLIF(%(from_rate)s, 0) END",
            amount=amount,
            currency=currency,
            own=own,
            to_rate=self._rate_sql(SQL("%s", own), day),
            from_rate=self._rate_sql(currency, day),
        )

    @api.model
    def _rate_sql(self, currency, day):
        """Return SQL for the rate of a currency: Odoo's own choice, in one query.

        The last one before the day, else the first one there is, else 1.
        """
        return SQL(
            """
            COALESCE(
                (SELECT rate.rate
                   FROM res_currency_rate rate
                  WHERE rate.currency_id = %(currency)s
                    AND (rate.company_id IS NULL OR rate.company_id = %(root)s)
               ORDER BY rate.name <= %(day)s DESC,
                        rate.company_id,
                        CASE WHEN rate.name <= %(day)s THEN %(day)s - rate.name
                             ELSE rate.name - %(day)s
                         END
                  LIMIT 1),
                1
            )
            """,
            currency=currency,
            root=self.env.company.sudo().root_id.id,
            day=day,
        )

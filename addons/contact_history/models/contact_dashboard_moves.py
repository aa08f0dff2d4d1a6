from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_TOP = 6
# Customers behind one number, as a list.
_MAX_CUSTOMERS = 1000


class ContactDashboard(models.AbstractModel):
    """Customers who use another channel most than they did before."""

    _inherit = "contact.dashboard"

    @api.model
    def _moves(self, choice):
        labels = self._way_labels()
        rows = self._query_moves(choice)
        return {
            "kind": "moves",
            "code": "moves",
            "label": self.env._("Customers who changed their way"),
            "note": self.env._(
                "What they used most before, and what they use most now. Press a row "
                "for the customers."
            ),
            "rows": [
                {
                    "id": f"{source}-{target}",
                    "source": source,
                    "target": target,
                    "from": labels[source],
                    "to": labels[target],
                    "count": self._number(count),
                }
                for source, target, count in rows
            ],
        }

    @api.model
    @api.readonly
    def read_movers(self, choice, source, target):
        """Return the action that lists customers who went from one way to another.

        :param dict choice: see ``read_figures``
        :param str source: the way they used most before, see ``insight.way_of``
        :param str target: the way they use most now
        :raise AccessError: for who has no access to contacts
        """
        self.env["contact.interaction"].check_access("read")
        choice = self._parse(choice)
        labels = self._way_labels()
        ids = self._query_movers(choice, str(source), str(target))
        return {
            "type": "ir.actions.act_window",
            "name": f"{labels.get(source, '')} → {labels.get(target, '')}",
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _query_moves(self, choice):
        """Return [(way before, way now, customers)], most first."""
        return self.env.execute_query(
            SQL(
                """
                SELECT past.way, now.way, COUNT(*)
                  FROM (%(past)s) past
                  JOIN (%(now)s) now USING (customer)
                 WHERE past.way <> now.way
                 GROUP BY past.way, now.way
                 ORDER BY COUNT(*) DESC, past.way, now.way
                 LIMIT %(top)s
                """,
                **self._select_habits(choice),
                top=_TOP,
            )
        )

    @api.model
    def _query_movers(self, choice, source, target):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT now.customer
                  FROM (%(past)s) past
                  JOIN (%(now)s) now USING (customer)
                 WHERE past.way = %(source)s AND now.way = %(target)s
                 ORDER BY now.customer
                 LIMIT %(limit)s
                """,
                **self._select_habits(choice),
                source=source,
                target=target,
                limit=_MAX_CUSTOMERS,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _select_habits(self, choice):
        """Return what selects the way that each customer used most, now and before.

        Read from the index ``_company_page``; of equal ways the first by name.
        """
        now = fields.Datetime.now()
        return {
            "past": self._select_habit(choice, choice.span_before(now)),
            "now": self._select_habit(choice, choice.span(now)),
        }

    @api.model
    def _select_habit(self, choice, span):
        known = Domain("commercial_partner_id", "!=", False)
        query = self.env["contact.interaction"]._search(
            self._mix_domain(choice, span) & known
        )
        table = query.table
        rows = query.select(
            SQL("%s AS customer", SQL.identifier(table, "commercial_partner_id")),
            SQL(
                "CASE WHEN %(channel)s = 'visit' THEN 'visit_' || %(direction)s"
                " ELSE %(channel)s END AS way",
                channel=SQL.identifier(table, "channel"),
                direction=SQL.identifier(table, "direction"),
            ),
        )
        return SQL(
            """
            SELECT DISTINCT ON (customer) customer, way
              FROM (SELECT customer, way, COUNT(*) AS uses
                      FROM (%s) contact
                     GROUP BY customer, way) used
             ORDER BY customer, uses DESC, way
            """,
            rows,
        )

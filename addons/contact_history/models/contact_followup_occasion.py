from odoo import models
from odoo.tools import SQL

from .contact_followup_rule import Occasion


class ContactFollowupRule(models.Model):
    """Occasions that the log of contacts knows by itself.

    Another addon adds one: ``selection_add`` to ``occasion``, and a method
    ``_occasions_<code>(companies, start, end, limit)`` that returns the list of
    ``Occasion`` that happened in ``companies`` from ``start`` to ``end``, oldest first,
    at most ``limit``, without those of ``_known_keys``. It runs in superuser mode.
    """

    _inherit = "contact.followup.rule"

    def _occasions_silent(self, companies, start, end, limit):
        """Find customers whose last sign of life was then."""
        rows = self._query_edges(companies, start, end, limit, is_last=True)
        return self._to_occasions(rows)

    def _occasions_new(self, companies, start, end, limit):
        """Find customers whose first contact was then."""
        rows = self._query_edges(companies, start, end, limit, is_last=False)
        return self._to_occasions(rows)

    def _to_occasions(self, rows):
        # sudo: found by a job, shown to who may read them
        env = self.sudo().env
        return [
            Occasion(
                key,
                env["res.partner"].browse(partner_id),
                env["res.company"].browse(company_id),
                at,
                env["res.users"].browse(user_id or ()),
            )
            for key, partner_id, company_id, at, user_id in rows
        ]

    def _query_edges(self, companies, start, end, limit, is_last):
        """Return last or first contacts of customers within a span.

        A customer of several branches of one tree is silent, or new, only when he is
        so everywhere. What counts is what he did himself: what came in, calls taken,
        visits and meetings. Reads the index ``_company_page`` for the span and
        ``_commercial_partner_page`` for each customer in it.
        """
        self.env["contact.interaction"].flush_model()
        self.env["contact.followup"].flush_model()
        rows = []
        for root in companies.root_id:
            inside = companies.filtered(
                lambda company, root=root: company.root_id == root
            )
            tree = companies.sudo().search([("id", "child_of", root.id)])
            rows += self._query_edges_of_tree(
                inside, tree, (start, end), limit, is_last
            )
        return sorted(rows, key=lambda row: row[3])[:limit]

    def _query_edges_of_tree(self, inside, tree, span, limit, is_last):
        start, end = span
        return self.env.execute_query(
            SQL(
                """
                SELECT edge.commercial_partner_id || '-'
                           || to_char(edge.occurred_at, 'YYYYMMDDHH24MISS') AS key,
                       edge.commercial_partner_id, edge.company_id,
                       edge.occurred_at, edge.user_id
                  FROM contact_interaction edge
                 WHERE edge.company_id IN %(companies)s
                   AND edge.occurred_at >= %(start)s AND edge.occurred_at < %(end)s
                   AND edge.commercial_partner_id IS NOT NULL
                   AND %(edge_alive)s
                   AND NOT EXISTS (
                        SELECT 1 FROM contact_interaction other
                         WHERE other.commercial_partner_id
                               = edge.commercial_partner_id
                           AND other.company_id IN %(tree)s
                           AND (other.occurred_at, other.id) %(beyond)s
                               (edge.occurred_at, edge.id)
                           AND %(other_alive)s)
                   AND NOT EXISTS (
                        SELECT 1 FROM contact_followup seen
                         WHERE seen.rule_id = %(rule)s
                           AND seen.occasion_key = edge.commercial_partner_id
                               || '-' || to_char(edge.occurred_at,
                                                 'YYYYMMDDHH24MISS'))
                   AND %(tagged)s
                 ORDER BY edge.occurred_at, edge.id
                 LIMIT %(limit)s
                """,
                companies=inside._ids,
                tree=tree._ids,
                start=start,
                end=end,
                edge_alive=self._sql_alive("edge"),
                other_alive=self._sql_alive("other"),
                beyond=SQL(">") if is_last else SQL("<"),
                rule=self.id,
                tagged=self._sql_tagged("edge"),
                limit=limit,
            )
        )

    def _sql_alive(self, alias):
        return SQL(
            "(%(direction)s = 'incoming' OR %(state)s = 'answered'"
            " OR %(channel)s IN ('meeting', 'visit'))"
            " AND %(automatic)s IS NOT TRUE",
            direction=SQL.identifier(alias, "direction"),
            state=SQL.identifier(alias, "state"),
            channel=SQL.identifier(alias, "channel"),
            automatic=SQL.identifier(alias, "is_automatic"),
        )

    def _sql_tagged(self, alias):
        if not self.category_ids:
            return SQL("TRUE")
        return SQL(
            "EXISTS (SELECT 1 FROM res_partner_res_partner_category_rel tag"
            " WHERE tag.partner_id = %s AND tag.category_id IN %s)",
            SQL.identifier(alias, "commercial_partner_id"),
            self.category_ids._ids,
        )

from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from .offer_search_document import NAME_MARK
from .offer_search_question import CAP

_CAP_OF_NAMES = 300
# So many of the newest are tried first, times what is wanted of them.
_SPARE = 2
_TO_SPARE = 1.1
_FEWEST = 500
_TABLE = "found"


class OfferSearch(models.AbstractModel):
    """From a question to the offers of the reader that answer it, best first."""

    _inherit = "offer.search"

    @api.model
    def _candidates(self, question, domain=()):
        """Return (id, company, state, year, is named) of what answers, best first.

        At most ``CAP`` and one more, which tells that there are others; of those the
        newest, and those where the question hits number or customer.
        """
        rows = self._newest(question, domain, CAP + 1)
        if len(rows) > CAP and question.query.wanted:
            named = self._newest(self._named(question), domain, _CAP_OF_NAMES)
            rows = list(dict.fromkeys([*named, *rows]))
        return rows

    @api.model
    def _named(self, question):
        """Return a question for those of the offers that are hit in their names."""
        names = self._all_of([self._names(question), *self._company_marks()])
        ids = self._query_ids(names, self._tsquery(question))
        return replace(question, ids=ids)

    @api.model
    def _names(self, question):
        """Return a ``tsquery`` for offers that are called so, or their customers."""
        if not question.query.wanted:
            return SQL("NULL::tsquery")
        return SQL("(%s::tsquery)", question.query.marked(NAME_MARK, question.near))

    @api.model
    def _newest(self, question, domain=(), limit=CAP):
        """Return the newest offers that answer a question, best first.

        Where the ids are known, only as many are looked at as the reader's rules leave
        room for: of what thousands have, a few thousand are enough.
        """
        if question.depth and question.ids is None:
            ids = self._query_ids_by_date(question, limit)
            rows = self._query_rows(replace(question, ids=ids), domain, limit)
            if len(rows) >= limit:
                return rows
            question = self._by_index(question)
        ids = question.ids
        size = max(limit * _SPARE, _FEWEST)
        while ids is not None and size < len(ids):
            newest = replace(question, ids=ids[:size])
            rows = self._query_rows(newest, domain, limit)
            if len(rows) >= limit:
                return rows
            size *= 8
        return self._query_rows(question, domain, limit)

    @api.model
    def _query_ids_by_date(self, question, limit):
        """Return the ids of the newest offers that have the words, a few to spare.

        Looks at so many of the newest as the question says, and relies on the indexes
        of ``sent_at``. As a function, for the operator would ask the index of words.
        """
        company_id = self._only_company()
        where = SQL("WHERE company_id = %s", company_id) if company_id else SQL()
        return self._query_planned(
            SQL(
                "SELECT offer_id FROM ("
                "SELECT offer_id, vector FROM offer_search_document %s "
                "ORDER BY sent_at DESC NULLS LAST LIMIT %s"
                ") AS newest WHERE ts_match_vq(vector, %s) LIMIT %s",
                where,
                question.depth,
                self._tsquery(question),
                int(limit * _TO_SPARE),
            ),
            without=("seqscan", "bitmapscan"),
        )

    @api.model
    def _query_rows(self, question, domain=(), limit=CAP):
        """Find offers, by the ids that the index of words told or else by date.

        SQL because of rank and ``tsvector``. The offers' rules come from ``_search``.
        """
        offers = self.env["offer.offer"]
        offers.flush_model(["company_id", "state", "date_last_sent"])
        query = offers._search(domain)
        offer, found = SQL.identifier(offers._table), SQL.identifier(_TABLE)
        query.add_join(
            "JOIN",
            _TABLE,
            "offer_search_document",
            SQL("%s.offer_id = %s.id", found, offer),
        )
        tsquery = SQL("NULL::tsquery")
        if question.query.clauses:
            tsquery = self._tsquery(question)
            # as a function, for the operator would ask the index of words
            condition = SQL("ts_match_vq(%s.vector, %s)", found, tsquery)
            if question.ids is not None:
                condition = SQL("%s.offer_id = ANY(%s)", found, question.ids)
            query.add_where(condition)
        if question.ids is None and (company_id := self._only_company()):
            # so that the index by date has only what the reader's branch sent
            query.add_where(SQL("%s.company_id = %s", found, company_id))
        query.order = SQL("%s.sent_at DESC NULLS LAST", found)
        query.limit = limit
        columns = ("id", "company_id", "state", "date_last_sent")
        inner = query.select(
            *(SQL("%s.%s", offer, SQL.identifier(column)) for column in columns),
            SQL("%s.vector", found),
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT id, company_id, state, date_part('year', %s)::int
                FROM (%s) AS candidate
                ORDER BY vector @@ %s DESC, ts_rank(vector, %s) DESC NULLS LAST,
                         date_last_sent DESC NULLS LAST, id DESC
                """,
                SQL(
                    "date_last_sent AT TIME ZONE 'UTC' AT TIME ZONE %s",
                    str(self.env.tz),
                ),
                inner,
                self._names(question),
                tsquery,
            )
        )

    @api.model
    def _domain_of(self, text):
        """Return the SQL for the offers that a text finds, all of them."""
        question = self._question(text)
        if not question.query.clauses:
            return None
        if question.ids is not None:
            return SQL("(SELECT unnest(%s::int[]))", question.ids)
        return SQL(
            "(SELECT offer_id FROM offer_search_document WHERE vector @@ %s)",
            self._tsquery(question),
        )

    @api.model
    def _ranked_ids(self, text, domain=()):
        """Return the ids of the best answers to a text, best first, within a domain.

        :return: list of ids, and whether these are all
        """
        question = self._question(text)
        if not question.query.clauses:
            return [], False
        rows = self._candidates(question, domain)
        return [row[0] for row in rows], len(rows) <= CAP

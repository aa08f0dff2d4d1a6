from dataclasses import dataclass, field, replace

from odoo import api, models
from odoo.tools import SQL

from ..finding import Query, number_slips, parse_query
from .offer_check import MANAGER
from .offer_search_document import COMPANY_MARK, NAME_MARK, folded

# Of what many offers have in common, the newest so many are ranked and counted.
CAP = 1000
_CAP_OF_NAMES = 300
# Of so many offers the index of words tells the ids; what more have is looked for by
# date, because then a look at some of the newest is enough.
_RARE = 30_000
_TABLE = "found"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what else may be meant.

    :ivar near: other words by what was typed, when nothing has the words themselves
    :ivar ids: the offers that have the words, before the reader's rules; None for too
        many, or without words
    """

    query: Query
    near: dict = field(default_factory=dict)
    ids: list | None = None


class OfferSearch(models.AbstractModel):
    """From a question to the offers that answer it.

    The reader's record rules are part of the one SQL statement that looks for them, so
    that neither rank nor count nor limit ever sees an offer that the reader may not.
    """

    _name = "offer.search"
    _description = "Search of Offers"

    # ------------------------------------------------------------------
    # Question
    # ------------------------------------------------------------------

    @api.model
    def _question(self, text):
        """Read a question; with slips allowed if the reader gets nothing otherwise.

        Whether there is something must not depend on what others keep to themselves:
        only what the reader may see decides.
        """
        query = parse_query(text, folded)
        question = self._with_ids(Question(query))
        if not query.wanted or question.ids is None:
            return question
        if question.ids and self._query_rows(question, limit=1):
            return question
        near = {clause.raw: self._near(clause) for clause in query.wanted if clause.raw}
        near = {raw: tuple(words) for raw, words in near.items() if words}
        return self._with_ids(Question(query, near)) if near else question

    @api.model
    def _with_ids(self, question):
        if not question.query.wanted:
            return question
        ids = self._query_ids(self._tsquery(question))
        return replace(question, ids=ids if len(ids) <= _RARE else None)

    @api.model
    def _query_ids(self, tsquery):
        """Return the ids of offers that have the words, a few too many at most.

        Relies on the index of ``vector``. PostgreSQL cannot know how rare the beginning
        of a word is and may read the whole table for a first hit: here it may not.
        """
        plans = ("enable_seqscan", "enable_indexscan")
        for plan in plans:
            self.env.cr.execute(SQL("SET LOCAL %s = off", SQL.identifier(plan)))
        rows = self.env.execute_query(
            SQL(
                "SELECT offer_id FROM offer_search_document "
                "WHERE vector @@ (%s) LIMIT %s",
                tsquery,
                _RARE + 1,
            )
        )
        for plan in plans:
            self.env.cr.execute(SQL("SET LOCAL %s TO DEFAULT", SQL.identifier(plan)))
        return [offer_id for (offer_id,) in rows]

    @api.model
    def _near(self, clause):
        if slips := number_slips("".join(clause.words)):
            return slips
        if len(clause.words) > 1:
            return ()
        return self.env["offer.search.word"]._near(clause.words[0])

    @api.model
    def _tsquery(self, question):
        """Return a question as a ``tsquery``, every word in every language."""
        languages = self.env["offer.search.document"]._languages()
        parts = []
        for clause in question.query.clauses:
            options = [
                SQL("%s::tsquery", clause.tsquery(question.near.get(clause.raw, ())))
            ]
            for language in languages if clause.raw else ():
                options.append(
                    SQL("plainto_tsquery(%s::regconfig, %s)", language, clause.raw)
                )
            sign = SQL("!!") if clause.is_excluded else SQL("")
            parts.append(SQL("%s(%s)", sign, SQL(" || ").join(options)))
        if (companies := self._own_companies()) is not None and question.query.wanted:
            marks = [f"'{COMPANY_MARK}{company_id}'" for company_id in companies]
            parts.append(SQL("%s::tsquery", " | ".join(marks)))
        return SQL("(%s)", SQL(" && ").join(parts))

    @api.model
    def _own_companies(self):
        """Return the ids of the companies whose offers the rules may allow at most.

        Not the rules themselves, which apply as well: part of the question so that the
        time of an answer does not tell how much other branches have.
        """
        if self.env.su:
            return None
        # Managers read nearly all there is: it would only cost.
        is_manager = self.env.user.has_group(MANAGER)
        return None if is_manager else self.env.companies.ids

    # ------------------------------------------------------------------
    # Answer
    # ------------------------------------------------------------------

    @api.model
    def _candidates(self, question, domain=()):
        """Return (id, company, state, year, is named) of what answers, best first.

        At most ``CAP`` and one more, which tells that there are others; of those the
        newest, and those where the question hits number or customer.
        """
        rows = self._query_rows(question, domain, CAP + 1)
        if len(rows) > CAP and question.query.wanted:
            ids = self._query_ids(
                SQL("%s && %s", self._tsquery(question), self._names(question))
            )
            by_name = replace(question, ids=ids)
            named = self._query_rows(by_name, domain, _CAP_OF_NAMES)
            rows = list(dict.fromkeys([*named, *rows]))
        return rows

    @api.model
    def _names(self, question):
        """Return a ``tsquery`` for offers that are called so, or their customers."""
        if not question.query.wanted:
            return SQL("NULL::tsquery")
        return SQL("(%s::tsquery)", question.query.marked(NAME_MARK, question.near))

    @api.model
    def _query_rows(self, question, domain=(), limit=CAP):
        """Find offers, by the index of the words or, for what most have, by date.

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
            condition = SQL("%s.vector @@ %s", found, tsquery)
            if question.ids is not None:
                condition = SQL("%s.offer_id = ANY(%s)", found, question.ids)
            query.add_where(condition)
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

from dataclasses import dataclass, field

from odoo import api, models
from odoo.tools import SQL

from ..finding import Query, number_slips, parse_query
from .offer_check import MANAGER
from .offer_search_document import COMPANY_MARK, NAME_MARK, folded

# Of what many offers have in common, the newest so many are ranked and counted.
CAP = 1000
_CAP_OF_NAMES = 300
_TABLE = "found"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what else may be meant.

    :ivar near: other words by what was typed, when nothing has the words themselves
    """

    query: Query
    near: dict = field(default_factory=dict)


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
        question = Question(query)
        if not query.wanted or self._query_rows(question, limit=1):
            return question
        near = {clause.raw: self._near(clause) for clause in query.wanted if clause.raw}
        near = {raw: tuple(words) for raw, words in near.items() if words}
        return Question(query, near)

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
        if self.env.user.has_group(MANAGER):
            # sudo: the field is for the rules to read
            return self.env.user.sudo().offer_tree_company_ids.ids
        return self.env.companies.ids

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
            named = self._query_rows(question, domain, _CAP_OF_NAMES, is_named=True)
            rows = list(dict.fromkeys([*named, *rows]))
        return rows

    @api.model
    def _query_rows(self, question, domain=(), limit=CAP, is_named=False):
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
        tsquery = names = SQL("NULL::tsquery")
        if question.query.clauses:
            tsquery = self._tsquery(question)
            query.add_where(SQL("%s.vector @@ %s", found, tsquery))
        if question.query.wanted:
            marked = question.query.marked(NAME_MARK, question.near)
            names = SQL("%s::tsquery", marked)
        if is_named:
            query.add_where(SQL("%s.vector @@ %s", found, names))
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
                names,
                tsquery,
            )
        )

    @api.model
    def _domain_of(self, text):
        """Return the SQL for the offers that a text finds, all of them."""
        question = self._question(text)
        if not question.query.clauses:
            return None
        return SQL(
            "(SELECT offer_id FROM offer_search_document WHERE vector @@ %s)",
            self._tsquery(question),
        )

    @api.model
    def _ranked_ids(self, text):
        """Return the ids of the best answers to a text, best first."""
        question = self._question(text)
        if not question.query.clauses:
            return []
        return [row[0] for row in self._candidates(question)]

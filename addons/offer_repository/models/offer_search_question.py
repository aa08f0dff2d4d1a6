from dataclasses import dataclass, field, replace

from odoo import api, models
from odoo.tools import SQL

from ..finding import Query, number_slips, parse_query
from .offer_check import MANAGER
from .offer_search_document import COMPANY_MARK, folded

# Of what many offers have in common, the newest so many are ranked and counted.
CAP = 1000
# Of so many offers at most the index of words tells the ids.
_RARE = 30_000
# A word that more offers have is not worth asking the index for beside a rarer one.
_MANY = 10_000
# What it costs to look at the words of one offer by date, against an entry of the index
# of words (all of them are read for the beginning of a word) and an offer found by it.
_COST_OF_ENTRY = 1 / 8
_COST_OF_FOUND = 1 / 2
# Statistics may be wrong by this; then the index is asked after all.
_DOUBT = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what else may be meant.

    :ivar near: other words by what was typed, when nothing has the words themselves
    :ivar ids: the offers that have the words, the newest first, before the reader's
        rules; None for too many, or without words
    :ivar depth: so many of the newest offers are likely to hold enough that have the
        words; 0 where looking at them would cost more than the index does
    """

    query: Query
    near: dict = field(default_factory=dict)
    ids: list | None = None
    depth: int = 0


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
            # very many have it, or there is nothing to have
            return question
        if question.ids and self._newest(question, limit=1):
            return question
        near = {clause.raw: self._near(clause) for clause in query.wanted if clause.raw}
        near = {raw: tuple(words) for raw, words in near.items() if words}
        return self._with_ids(Question(query, near)) if near else question

    @api.model
    def _with_ids(self, question):
        if not question.query.wanted:
            return question
        clauses = [self._clause(clause, question) for clause in question.query.wanted]
        estimates = [self._query_estimate(clause) for clause in clauses]
        rare = [
            clause
            for clause, count in zip(clauses, estimates, strict=True)
            if count <= _MANY
        ]
        if rare:
            return self._by_index(question, rare)
        depth = self._depth(question, estimates)
        question = replace(question, depth=depth)
        return question if depth else self._by_index(question)

    @api.model
    def _by_index(self, question, rare=()):
        """Add the ids of the offers that the index of words tells.

        :param rare: the clauses that few offers have. To look for the beginning of a
            word that many have costs the index most: where another clause leaves few
            offers, it is quicker to look at those.
        """
        parts = [self._tsquery(question)]
        if rare and len(rare) < len(question.query.clauses):
            parts.insert(0, self._all_of([*rare, *self._company_marks()]))
        ids = self._query_ids(*parts)
        return replace(question, ids=ids if len(ids) <= _RARE else None)

    @api.model
    def _depth(self, question, estimates):
        """Return how many of the newest offers to look at; 0 to ask the index."""
        found = max(1, self._query_estimate(self._tsquery(question)))
        marks = self._company_marks() if self._only_company() else None
        rows = self._query_estimate(self._all_of(marks) if marks else None)
        depth = CAP * rows / found
        by_index = sum(estimates) * _COST_OF_ENTRY + found * _COST_OF_FOUND
        return int(depth * _DOUBT) if depth < by_index else 0

    @api.model
    def _query_estimate(self, tsquery=None):
        """Return of how many offers PostgreSQL knows that they have common words.

        Of words that the statistics do not know it says less than there are.
        """
        condition = SQL("TRUE") if tsquery is None else SQL("vector @@ (%s)", tsquery)
        [(plan,)] = self.env.execute_query(
            SQL(
                "EXPLAIN (FORMAT JSON) SELECT FROM offer_search_document WHERE %s",
                condition,
            )
        )
        return plan[0]["Plan"]["Plan Rows"]

    @api.model
    def _query_ids(self, tsquery, rest=None):
        """Return the ids of offers that have the words, the newest first.

        A few too many at most. Relies on the index of ``vector``. PostgreSQL cannot
        know how rare the beginning of a word is and may read the whole table for a
        first hit: here it may not.

        :param rest: ``tsquery`` that the offers found by the index must fit as well;
            as a function, for the operator would ask the index for it, too
        """
        condition = SQL("vector @@ (%s)", tsquery)
        if rest is not None:
            condition = SQL("%s AND ts_match_vq(vector, %s)", condition, rest)
        return self._query_planned(
            SQL(
                "SELECT offer_id FROM ("
                "SELECT offer_id, sent_at FROM offer_search_document WHERE %s LIMIT %s"
                ") AS found ORDER BY sent_at DESC NULLS LAST, offer_id DESC",
                condition,
                _RARE + 1,
            ),
            without=("seqscan", "indexscan"),
        )

    @api.model
    def _query_planned(self, query, without):
        """Return the first column of a query that some ways of reading are kept from.

        :param without: names of the planner's ways, as ``seqscan``
        """
        ways = [SQL.identifier(f"enable_{way}") for way in without]
        for way in ways:
            self.env.cr.execute(SQL("SET LOCAL %s = off", way))
        rows = self.env.execute_query(query)
        for way in ways:
            self.env.cr.execute(SQL("SET LOCAL %s TO DEFAULT", way))
        return [value for (value,) in rows]

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
        parts = [self._clause(clause, question) for clause in question.query.clauses]
        if question.query.wanted:
            parts += self._company_marks()
        return self._all_of(parts)

    @api.model
    def _clause(self, clause, question):
        options = [
            SQL("%s::tsquery", clause.tsquery(question.near.get(clause.raw, ())))
        ]
        languages = self.env["offer.search.document"]._languages()
        for language in languages if clause.raw else ():
            options.append(
                SQL("plainto_tsquery(%s::regconfig, %s)", language, clause.raw)
            )
        sign = SQL("!!") if clause.is_excluded else SQL("")
        return SQL("%s(%s)", sign, SQL(" || ").join(options))

    @api.model
    def _all_of(self, parts):
        return SQL("(%s)", SQL(" && ").join(parts))

    @api.model
    def _company_marks(self):
        """Return a part of a ``tsquery`` for the reader's companies; none for all."""
        companies = self._own_companies()
        if companies is None:
            return []
        marks = [f"'{COMPANY_MARK}{company_id}'" for company_id in companies]
        return [SQL("%s::tsquery", " | ".join(marks))]

    @api.model
    def _only_company(self):
        """Return the id of the company that is all the reader may see, or None."""
        companies = self._own_companies() or []
        return companies[0] if len(companies) == 1 else None

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

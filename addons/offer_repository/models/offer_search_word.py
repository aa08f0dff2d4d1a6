from odoo import api, fields, models
from odoo.tools import SQL

from ..finding import reaches
from ..matching import fold, skeleton
from .offer_search_document import NAME_MARK

_MIN_LETTERS = 4
_MAX_CANDIDATES = 60
_MAX_NEAR = 8


class OfferSearchWord(models.Model):
    """The words of customers' names, each once: what somebody may have meant.

    Only asked when a question found nothing the reader may see, and never shown.
    """

    _name = "offer.search.word"
    _description = "Word of Customers' Names"
    _rec_name = "word"
    _log_access = False

    word = fields.Char(required=True)
    # Equal for words that sound alike; serves where the database has no trigrams.
    sound = fields.Char(required=True, index=True)

    _word_uniq = models.UniqueIndex("(word)", "A word is kept once.")

    def init(self):
        """Add the index that finds words with slips, where the database can."""
        if self.env.registry.has_trigram:
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS offer_search_word_trigram_idx "
                    "ON offer_search_word USING gin (word gin_trgm_ops)"
                )
            )

    @api.model
    def _sound(self, word):
        return skeleton(fold(word))

    @api.model
    def _learn(self, words):
        """Keep words of names that are new."""
        known = sorted(
            word for word in words if len(word) >= _MIN_LETTERS and word.isalpha()
        )
        if not known:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO offer_search_word (word, sound)
                SELECT * FROM unnest(%s::text[], %s::text[])
                ON CONFLICT (word) DO NOTHING
                """,
                known,
                [self._sound(word) for word in known],
            )
        )

    @api.autovacuum
    def _gc_words(self):
        """Forget words that no offer's number or customer has any more.

        One look into the index of words for each.
        """
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM offer_search_word AS held
                WHERE NOT EXISTS (
                    SELECT FROM offer_search_document AS found
                    WHERE found.vector @@ (quote_literal(%s || held.word))::tsquery
                )
                """,
                NAME_MARK,
            )
        )

    @api.model
    def _near(self, asked):
        """Return the words that may be meant, those with the fewest slips."""
        distances = {word: reaches(asked, word) for word in self._query_alike(asked)}
        near = [word for word, distance in distances.items() if distance]
        return sorted(near, key=lambda word: (distances[word], word))[:_MAX_NEAR]

    @api.model
    def _query_alike(self, asked):
        """Return candidates, by the index of sounds or the one of trigrams."""
        rows = self.env.execute_query(
            SQL(
                "SELECT word FROM offer_search_word WHERE sound = %s LIMIT %s",
                self._sound(asked),
                _MAX_CANDIDATES,
            )
        )
        if self.env.registry.has_trigram:
            rows += self.env.execute_query(
                SQL(
                    """
                    SELECT word FROM offer_search_word WHERE word %% %s
                    ORDER BY similarity(word, %s) DESC LIMIT %s
                    """,
                    asked,
                    asked,
                    _MAX_CANDIDATES,
                )
            )
        return {word for (word,) in rows}

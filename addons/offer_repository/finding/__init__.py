"""How an offer is found by words: text taken apart, questions read, hits marked.

Everything here is a pure function of its arguments; how letters become plain ones
comes in as one. Odoo code imports this facade only.
"""

from .marking import Marker, Segment
from .query import Clause, Query, parse_query
from .slips import number_slips, reaches
from .words import Fold, amount_word, index_words, number_forms, words_of

__all__ = [
    "Clause",
    "Fold",
    "Marker",
    "Query",
    "Segment",
    "amount_word",
    "index_words",
    "number_forms",
    "number_slips",
    "parse_query",
    "reaches",
    "words_of",
]

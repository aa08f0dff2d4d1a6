"""Lines of business: what a word of a firm's name says that it does."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from .near import NearWords
from .vocabulary import lines_of_business

# Shorter beginnings, and shorter words with a typing error, could be anything.
_MIN_START, _MIN_REPAIRED = 4, 7


def trades_of(words: Iterable[str]) -> set[str]:
    """Return the lines of business that folded words stand for."""
    return {found for word in words if (found := _trade_of(word))}


@lru_cache(maxsize=65536)
def _trade_of(word: str) -> str:
    """Return a word's line of business, also when cut or mistyped; else ``""``."""
    known = lines_of_business()
    if word in known:
        return known[word]
    if len(word) >= _MIN_START and (cut := _starts().get(word)):
        return cut
    near = _near().of(word) if len(word) >= _MIN_REPAIRED else ()
    found = {known[one] for one in near}
    return found.pop() if len(found) == 1 else ""


@cache
def _starts() -> Mapping[str, str]:
    """Return beginnings of words that stand for one line of business only."""
    starts: dict[str, str] = {}
    for word, trade in lines_of_business().items():
        for end in range(_MIN_START, len(word)):
            start = word[:end]
            starts[start] = trade if starts.get(start, trade) == trade else ""
    return starts


@cache
def _near() -> NearWords:
    return NearWords(lines_of_business())

"""Hits marked in the text as it was written."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .query import MIN_PREFIX, Query
from .words import Fold, words_of

_WORDS = re.compile(r"[^\W_]+")
# So much of a text is read word by word; what comes later is sought roughly first.
_MAX_READ = 20_000
_AROUND = 400
# Words that only begin alike, as forms of one word do.
_MIN_STEM = 4
_MAX_ENDING = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that is a hit, or none."""

    text: str
    is_hit: bool


class Marker:
    """Marks in any text what a question found there."""

    def __init__(
        self, query: Query, near: Mapping[str, Iterable[str]], fold: Fold
    ) -> None:
        self._fold = fold
        exact: set[str] = set()
        prefixes: set[str] = set()
        for clause in query.wanted:
            exact |= {*clause.words, *clause.forms, *near.get(clause.raw, ())}
            prefixes |= {clause.words[-1]} if clause.is_prefix else set()
        self._exact = frozenset(exact)
        self._prefixes = tuple(
            prefix for prefix in prefixes if len(prefix) >= MIN_PREFIX
        )
        self._rough = [clause.raw.casefold() for clause in query.wanted if clause.raw]

    def mark(self, text: str) -> tuple[Segment, ...]:
        """Return the whole of ``text`` in pieces."""
        return _pieces(text, self._hits(text, self._is_hit))

    def excerpt(
        self, text: str, width: int, is_loose: bool = False
    ) -> tuple[Segment, ...]:
        """Return the part of ``text`` with most hits, nothing when there is none.

        :param width: about how many characters
        :param is_loose: whether words that only begin alike are hits
        """
        found = self._is_alike if is_loose else self._is_hit
        part = text[:_MAX_READ]
        hits = self._hits(part, found)
        if not hits and len(text) > _MAX_READ:
            part = self._around(text)
            hits = self._hits(part, found)
        if not hits:
            return ()
        start, end = _window(part, hits, width)
        inside = [(a - start, b - start) for a, b in hits if a >= start and b <= end]
        pieces = _pieces(part[start:end], inside)
        before = (Segment("… ", is_hit=False),) if start else ()
        after = (Segment(" …", is_hit=False),) if end < len(part) else ()
        return (*before, *pieces, *after)

    def _around(self, text: str) -> str:
        plain = text.casefold()
        places = [plain.find(raw, _MAX_READ) for raw in self._rough]
        first = min((place for place in places if place >= 0), default=None)
        if first is None:
            return ""
        return text[max(0, first - _AROUND) : first + _AROUND]

    def _hits(self, text: str, found: Callable[[str], bool]) -> list[tuple[int, int]]:
        return [
            match.span()
            for match in _WORDS.finditer(text)
            if any(map(found, words_of(match.group(), self._fold)))
        ]

    def _is_hit(self, word: str) -> bool:
        return word in self._exact or word.startswith(self._prefixes)

    def _is_alike(self, word: str) -> bool:
        return any(_begin_alike(word, asked) for asked in self._exact)


def _begin_alike(word: str, asked: str) -> bool:
    shared = 0
    for one, other in zip(word, asked, strict=False):
        if one != other:
            break
        shared += 1
    return shared >= _MIN_STEM and max(len(word), len(asked)) - shared <= _MAX_ENDING


def _window(text: str, hits: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """Return where to cut: around most hits, at spaces."""
    starts = [start for start, _end in hits]
    best = max(
        hits,
        key=lambda hit: (sum(hit[0] <= at < hit[0] + width for at in starts), -hit[0]),
    )
    start = max(0, best[0] - width // 4)
    if start:
        space = text.rfind(" ", start, best[0])
        start = space + 1 if space >= 0 else best[0]
    end = max(start + width, best[1])
    if end < len(text):
        space = text.rfind(" ", best[1], end)
        end = space if space >= 0 else end
    return start, min(end, len(text))


def _pieces(text: str, hits: list[tuple[int, int]]) -> tuple[Segment, ...]:
    pieces, place = [], 0
    for start, end in hits:
        pieces.append(Segment(text[place:start], is_hit=False))
        pieces.append(Segment(text[start:end], is_hit=True))
        place = end
    pieces.append(Segment(text[place:], is_hit=False))
    return tuple(piece for piece in pieces if piece.text)

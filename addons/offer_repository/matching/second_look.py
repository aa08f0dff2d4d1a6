"""The second look of a scan: which third records there are, and which pairs they bring.

The first look compares two records at a time. Here its verdicts are kept, compactly,
so that :func:`.evidence.conclude` can hear what the other records of a customer say.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from .thirds import Look, Third
from .verdict import Verdict

# Of a customer with more records than this, so many are heard: the first ones found.
_MAX_THIRDS = 8
_RECORD_BITS = 31
_RECORD_MASK = (1 << _RECORD_BITS) - 1
_DOUBTFUL = 1 << 2 * _RECORD_BITS
_VERDICTS = (
    Verdict.SAME_GROUP,
    Verdict.POSSIBLE,
    Verdict.PROBABLE,
    Verdict.CERTAIN,
)
_CODES = {verdict: code for code, verdict in enumerate(_VERDICTS)}
_PROBABLE, _CERTAIN = _CODES[Verdict.PROBABLE], _CODES[Verdict.CERTAIN]


# Points are kept as quarters, within one signed byte.
_QUARTERS = 4
_MOST_QUARTERS = 127
_KEPT_RECORDS = 65536


class FirstLook:
    """The looks at all pairs that are any match, in ten bytes a pair.

    Links between records, those that are certain or probable, take nine bytes more for
    each of their two directions.
    """

    def __init__(self, found: Iterable[tuple[int, int, Look]]):
        """Keep what was found; ``found`` names the smaller record first."""
        pairs, codes, quarters = array("Q"), bytearray(), array("b")
        for left, right, look in found:
            pairs.append(_packed(left, right))
            codes.append(_CODES[look.verdict])
            quarters.append(_in_quarters(look.points))
        # A scan looks at pairs in order; nobody else has many.
        if any(pair > after for pair, after in pairwise(pairs)):
            order = sorted(range(len(pairs)), key=pairs.__getitem__)
            pairs = array("Q", (pairs[place] for place in order))
            codes = bytearray(codes[place] for place in order)
            quarters = array("b", (quarters[place] for place in order))
        self._pairs, self._codes, self._quarters = pairs, codes, quarters
        self._links = array("Q", sorted(self._both_ways()))
        # Pairs come in the order of their left record: the same ones ask in turn.
        self._known_thirds = lru_cache(maxsize=_KEPT_RECORDS)(self._thirds_of)

    def _both_ways(self) -> Iterator[int]:
        for pair, code in zip(self._pairs, self._codes, strict=True):
            if code >= _PROBABLE:
                left, right = pair >> _RECORD_BITS, pair & _RECORD_MASK
                how = _DOUBTFUL if code != _CERTAIN else 0
                yield _packed(left, right) | how
                yield _packed(right, left) | how

    def look(self, left: int, right: int) -> Look | None:
        """Return what the first look found between two records, in either order."""
        pair = _packed(min(left, right), max(left, right))
        place = bisect_left(self._pairs, pair)
        if place == len(self._pairs) or self._pairs[place] != pair:
            return None
        verdict = _VERDICTS[self._codes[place]]
        return Look(verdict, self._quarters[place] / _QUARTERS)

    def same(self, record: int) -> Sequence[int]:
        """Return the records that are certainly the same as one, at most eight."""
        return self._linked(record, 0)

    def likely(self, record: int) -> Sequence[int]:
        """Return the records that are probably the same as one, at most eight."""
        return self._linked(record, _DOUBTFUL)

    def _linked(self, record: int, how: int) -> Sequence[int]:
        start = _packed(record, 0) | how
        first = bisect_left(self._links, start)
        last = bisect_left(self._links, start + _packed(1, 0), first)
        links = self._links[first : min(last, first + _MAX_THIRDS)]
        return [link & _RECORD_MASK for link in links]

    def thirds(self, left: int, right: int) -> list[Third]:
        """Return the records that are certainly or probably one of two."""
        return [*self._thirds(left, right), *self._thirds(right, left)]

    def _thirds(self, one: int, other: int) -> Iterator[Third]:
        for third, link in self._known_thirds(one):
            if third != other:
                yield Third(link, self.look(third, other))

    def _thirds_of(self, record: int) -> list[tuple[int, Look]]:
        """Return the records that are one with a record, and what links them."""
        linked = (*self.same(record), *self.likely(record))
        found = ((third, self.look(record, third)) for third in linked)
        return [(third, link) for third, link in found if link]

    def brought_up(self, left: int) -> Iterator[int]:
        """Yield records above ``left`` that only a third record connects with it.

        Of the two steps, to the third record and on, one must be certain and the other
        at least probable.
        """
        steps = {
            far
            for near, link in self._known_thirds(left)
            for far, onward in self._known_thirds(near)
            if far > left
            and (link.verdict is Verdict.CERTAIN or onward.verdict is Verdict.CERTAIN)
        }
        for far in sorted(steps):
            if self.look(left, far) is None:
                yield far


def _in_quarters(points: float) -> int:
    return max(-_MOST_QUARTERS, min(_MOST_QUARTERS, math.floor(points * _QUARTERS)))


def _packed(left: int, right: int) -> int:
    return left << _RECORD_BITS | right

"""A scan of many customers in memory, both looks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .batch import (
    Caps,
    CompactCounts,
    add_keys,
    add_pairs,
    blocks,
    candidates,
    new_partitions,
    shared_counts,
)
from .evidence import Match, conclude, judge
from .features import Counts, Seen, observe
from .hopeless import is_hopeless
from .profile import Profile
from .scheme import DEFAULT_SCHEME, Scheme
from .second_look import FirstLook
from .splitting import marks

_Looks = dict[tuple[int, int], list[Seen]]


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two records, by their numbers, with what the comparison found."""

    left: int
    right: int
    match: Match


def scan(
    profiles: Sequence[Profile],
    scheme: Scheme = DEFAULT_SCHEME,
    caps: Caps | None = None,
) -> Iterator[ScoredPair]:
    """Yield the pairs of ``profiles`` that are a match of any verdict, in order."""
    looks, counts = first_looks(profiles, caps)
    judged = ((pair, judge(seen, scheme)) for pair, seen in looks.items())
    first = FirstLook((*pair, look) for pair, look in judged if look)
    for left, one in enumerate(profiles):
        for right in first.brought_up(left):
            looks[left, right] = observe(one, profiles[right], counts)
    for pair in sorted(looks):
        match = conclude(looks[pair], scheme, first.thirds(*pair))
        if match.verdict:
            yield ScoredPair(*pair, match)


def first_looks(
    profiles: Sequence[Profile], caps: Caps | None = None
) -> tuple[_Looks, CompactCounts]:
    """Return what is seen between the two of each pair that is worth it.

    With how many of ``profiles`` hold what keys, as the observations were made with.
    """
    pairs, counts = _proposed(profiles, caps or Caps())
    return _looked_at(profiles, pairs, counts), counts


def _proposed(
    profiles: Sequence[Profile], caps: Caps
) -> tuple[array[int], CompactCounts]:
    """Return the pairs that keys bring up, packed, and how common the keys are."""
    keys = new_partitions()
    for record, profile in enumerate(profiles):
        add_keys(keys, record, profile.all_keys)
    found = [block for partition in keys for block in blocks(partition)]
    known = array("H", (mark for profile in profiles for mark in marks(profile)))
    pairs = [array("Q")]
    for block in found:
        add_pairs(pairs, block, len(profiles), caps, known)
    return pairs[0], CompactCounts(shared_counts(found))


def _looked_at(
    profiles: Sequence[Profile], pairs: array[int], counts: Counts
) -> _Looks:
    """Return what is seen between the two of each pair that is worth it."""
    looks: _Looks = {}
    for pair in candidates(pairs):
        left, right = profiles[pair.left], profiles[pair.right]
        if not is_hopeless(pair, left, right):
            looks[pair.left, pair.right] = observe(left, right, counts)
    return looks

"""Blocks that are too large, split by what else their records have in common.

A name that many customers have says little, that name in one city a good deal more. So
instead of dropping a key that too many share, its holders are grouped by a second mark,
and groups that are still too large by a third one. The marks are few, and a
number each, so that those of a million customers fit into 14 megabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

from .names import CORE, GIVEN, INITIAL, SMALL
from .profile import Profile

#: How many marks each record has; see :func:`marks`.
MARKS = 7
# No more marks than this together: a block that none of them makes small is given up.
_MAX_DEPTH = 2
_LETTERS = 5
_TELLING = frozenset((CORE, GIVEN, INITIAL))
_UNKNOWN = 0
_MASK = 0xFFFF


def marks(profile: Profile) -> tuple[int, ...]:
    """Return what splits a block: ``MARKS`` numbers below 65,536, 0 for unknown."""
    words = list(zip(profile.words, profile.kinds, strict=True))
    telling = sorted(word[0] for word, kind in words if kind in _TELLING)
    starts = sorted([word[:2] for word in profile.words])
    small = [word for word, kind in words if kind == SMALL]
    address = profile.house and f"{profile.street[:_LETTERS]}{profile.house}"
    values = (
        profile.city[:6],
        address,
        profile.sorted_name.replace(" ", "")[:_LETTERS],
        profile.letters[:_LETTERS],
        "".join(starts) if len(starts) > 1 else "",
        "".join(telling) if len(telling) > 1 else "",
        min(small)[:_LETTERS] if small else "",
    )
    return tuple([_number(value) if value else _UNKNOWN for value in values])


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) & _MASK or 1


def split(
    members: Sequence[int], known: Sequence[int], size: int
) -> Iterator[list[int]]:
    """Yield groups of two up to ``size`` records that have marks in common.

    Two records may be in several groups. ``known`` are the marks of all records, one
    record after the other. Cost: the marks, and the groups that are still too large
    again by each further mark, two deep.
    """
    yield from _split(members, known, size, (0, _MAX_DEPTH))


def _split(
    members: Sequence[int], known: Sequence[int], size: int, at: tuple[int, int]
) -> Iterator[list[int]]:
    first, depth = at
    for mark in range(first, MARKS):
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for record in members:
            groups[known[record * MARKS + mark]].append(record)
        groups.pop(_UNKNOWN, None)
        for group in groups.values():
            if 1 < len(group) <= size:
                yield group
            # A mark that all have in common makes nothing smaller.
            elif size < len(group) < len(members) and depth > 1:
                yield from _split(group, known, size, (mark + 1, depth - 1))

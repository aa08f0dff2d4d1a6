"""Merge what several sources delivered into one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from .cursor import Cursor
from .entry import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first, and where to go on.

    :param next_cursor: where the older page begins (None: the end).
    :param previous_cursor: where the newer page begins (None: the present, or the
        page was not asked for that way).
    :param planned: what lies ahead or is overdue, the next one first.
    :param pinned: what somebody put on top, newest first.
    """

    entries: tuple[Entry, ...]
    next_cursor: Cursor | None = None
    previous_cursor: Cursor | None = None
    planned: tuple[Entry, ...] = ()
    pinned: tuple[Entry, ...] = ()


def merge_pages(
    pages: Iterable[Iterable[Entry]], limit: int, position: Cursor | None = None
) -> Page:
    """Return the ``limit`` entries of all pages that are nearest to the position.

    Every source must have delivered its own ``limit + 1`` nearest entries behind
    the cursor, or all it has: then none can be lost between two pages. Cost is
    n log n in the number of delivered entries.

    :param limit: at least 1.
    :param position: where the page begins; None is the present.
    :raise ValueError: for a limit below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    newer = position is not None and position.newer
    found = sorted(
        chain.from_iterable(pages), key=lambda entry: entry.sort_key, reverse=not newer
    )
    shown, is_end = found[:limit], len(found) <= limit
    last = None if is_end else replace(shown[-1].cursor, newer=newer)
    if newer:
        return Page(tuple(reversed(shown)), previous_cursor=last)
    return Page(tuple(shown), next_cursor=last)

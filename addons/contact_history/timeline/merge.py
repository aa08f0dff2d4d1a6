"""Merge what several sources delivered into one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from .cursor import Cursor
from .entry import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first, and where the next page begins (None: the end)."""

    entries: tuple[Entry, ...]
    next_cursor: Cursor | None


def merge_pages(pages: Iterable[Iterable[Entry]], limit: int) -> Page:
    """Return the ``limit`` newest entries of all pages.

    Every source must have delivered its own ``limit + 1`` newest entries behind
    the cursor, or all it has: then none can be lost between two pages. Cost is
    n log n in the number of delivered entries.

    :param limit: at least 1.
    :raise ValueError: for a limit below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    found = sorted(
        chain.from_iterable(pages), key=lambda entry: entry.sort_key, reverse=True
    )
    shown = tuple(found[:limit])
    return Page(shown, shown[-1].cursor if len(found) > limit else None)

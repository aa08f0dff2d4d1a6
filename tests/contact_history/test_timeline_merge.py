from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_strategies import MOMENTS, entries

from timeline import Cursor, Entry, Page, merge_pages

histories = st.lists(entries, max_size=40, unique_by=lambda entry: entry.key)
limits = st.integers(min_value=1, max_value=7)


def _newest_first(history: list[Entry]) -> list[Entry]:
    return sorted(history, key=lambda entry: entry.sort_key, reverse=True)


def _ask(history: list[Entry], cursor: Cursor | None, limit: int) -> Page:
    """Do what sources do: each delivers its own nearest rows behind the cursor."""
    newer = cursor is not None and cursor.newer
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(history, key=lambda one: one.sort_key, reverse=not newer):
        if cursor is None or _is_behind(entry, cursor):
            by_source[entry.source].append(entry)
    pages = [rows[: limit + 1] for rows in by_source.values()]
    return merge_pages(pages, limit, cursor)


def _is_behind(entry: Entry, cursor: Cursor) -> bool:
    place = (cursor.occurred_at, cursor.source, cursor.id)
    return entry.sort_key > place if cursor.newer else entry.sort_key < place


def _older(history: list[Entry], cursor: Cursor | None, limit: int) -> list[Entry]:
    seen: list[Entry] = []
    while True:
        page = _ask(history, cursor, limit)
        seen += page.entries
        if page.next_cursor is None:
            return seen
        assert len(page.entries) == limit
        cursor = Cursor.decode(page.next_cursor.encode())


def _newer(history: list[Entry], cursor: Cursor, limit: int) -> list[Entry]:
    seen: list[Entry] = []
    while True:
        page = _ask(history, cursor, limit)
        seen = [*page.entries, *seen]
        if page.previous_cursor is None:
            return seen
        assert len(page.entries) == limit
        cursor = Cursor.decode(page.previous_cursor.encode())


@given(histories, limits)
def test_pages_one_after_the_other_give_the_whole_history_once(
    history: list[Entry], limit: int
) -> None:
    assert _older(history, None, limit) == _newest_first(history)


@given(histories, limits, MOMENTS)
def test_both_ways_from_a_moment_give_the_whole_history_once(
    history: list[Entry], limit: int, moment: datetime
) -> None:
    older = _older(history, Cursor.at(moment), limit)
    newer = _newer(history, Cursor.at(moment, newer=True), limit)

    assert newer + older == _newest_first(history)
    assert all(entry.occurred_at < moment for entry in older)


@given(histories, limits)
def test_order_of_the_sources_does_not_matter(history: list[Entry], limit: int) -> None:
    halves = [history[::2], history[1::2]]

    assert merge_pages(halves, limit) == merge_pages(halves[::-1], limit)


def test_ids_are_compared_as_numbers() -> None:
    moment = datetime.fromisoformat("2026-01-01T00:00:00")

    page = merge_pages([[Entry("s", "9", moment), Entry("s", "10", moment)]], 2)

    assert [entry.id for entry in page.entries] == ["10", "9"]


def test_nothing_is_an_empty_last_page() -> None:
    assert merge_pages([], 5) == Page(())


def test_page_of_no_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        merge_pages([], 0)

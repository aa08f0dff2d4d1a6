from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_strategies import entries

from timeline import Cursor, Entry, Page, merge_pages

histories = st.lists(entries, max_size=40, unique_by=lambda entry: entry.key)
limits = st.integers(min_value=1, max_value=7)


def _newest_first(history: list[Entry]) -> list[Entry]:
    return sorted(history, key=lambda entry: entry.sort_key, reverse=True)


def _ask(history: list[Entry], cursor: Cursor | None, limit: int) -> Page:
    """Do what sources do: each delivers its own newest rows behind the cursor."""
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in _newest_first(history):
        position = (entry.occurred_at, entry.source, int(entry.id))
        if cursor is None or position < (cursor.occurred_at, cursor.source, cursor.id):
            by_source[entry.source].append(entry)
    return merge_pages([rows[: limit + 1] for rows in by_source.values()], limit)


@given(histories, limits)
def test_pages_one_after_the_other_give_the_whole_history_once(
    history: list[Entry], limit: int
) -> None:
    seen: list[Entry] = []
    cursor: Cursor | None = None
    while True:
        page = _ask(history, cursor, limit)
        seen += page.entries
        if page.next_cursor is None:
            break
        assert len(page.entries) == limit
        cursor = Cursor.decode(page.next_cursor.encode())

    assert seen == _newest_first(history)


@given(histories, limits)
def test_order_of_the_sources_does_not_matter(history: list[Entry], limit: int) -> None:
    halves = [history[::2], history[1::2]]

    assert merge_pages(halves, limit) == merge_pages(halves[::-1], limit)


def test_ids_are_compared_as_numbers() -> None:
    moment = datetime.fromisoformat("2026-01-01T00:00:00")

    page = merge_pages([[Entry("s", "9", moment), Entry("s", "10", moment)]], 2)

    assert [entry.id for entry in page.entries] == ["10", "9"]


def test_nothing_is_an_empty_last_page() -> None:
    assert merge_pages([], 5) == Page((), None)


def test_page_of_no_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        merge_pages([], 0)

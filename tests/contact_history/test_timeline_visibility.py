from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_strategies import full_entries, levels

from timeline import LEVELS, Entry, is_above, lowest, redact

# What a reader may find set at each level, besides identity, time and branch.
SHOWN: dict[str, set[str]] = {
    "existence": set(),
    "metadata": {"channel", "direction", "state", "label", "duration", "user_name"},
}
SHOWN["subject"] = SHOWN["metadata"] | {
    "subject",
    "partner_name",
    "certainty",
    "thread",
}
SHOWN["content"] = SHOWN["subject"] | {
    "preview",
    "attachments",
    "res_model",
    "res_id",
    "is_pinned",
    "can_pin",
}
ALWAYS = {
    "source",
    "key",
    "occurred_at",
    "kind",
    "date_only",
    "company_name",
    "level",
    "redacted",
    "reason",
}


@given(full_entries, levels)
def test_nothing_above_the_level_is_left(entry: Entry, level: str) -> None:
    values = redact(entry, level).as_dict()

    left = {name for name, value in values.items() if value} - ALWAYS
    assert left == SHOWN[level]


@given(full_entries, levels)
def test_time_and_branch_always_stay(entry: Entry, level: str) -> None:
    redacted = redact(entry, level)

    assert redacted.cursor == entry.cursor
    assert redacted.company_name == entry.company_name


@given(full_entries, levels, levels)
def test_redacting_twice_is_as_careful_as_the_lower_level(
    entry: Entry, first: str, second: str
) -> None:
    twice = redact(redact(entry, first), second)

    assert twice == redact(redact(entry, second), first)
    assert twice.level == lowest(first, second)
    assert twice.redacted is (twice.level != "content")


def test_reason_comes_with_what_is_taken_away() -> None:
    entry = Entry("s", "1", datetime.fromisoformat("2026-01-01T00:00:00"))

    assert redact(entry, "metadata", "Ask Gdańsk.").reason == "Ask Gdańsk."
    assert redact(entry, "content", "Ask Gdańsk.").reason is None


@pytest.mark.parametrize("level", ["", "all", "CONTENT"])
def test_level_that_is_not_on_the_ladder_is_refused(level: str) -> None:
    entry = Entry("s", "1", datetime.fromisoformat("2026-01-01T00:00:00"))

    with pytest.raises(ValueError, match="not in"):
        redact(entry, level)


@given(st.lists(levels, min_size=1))
def test_lowest_is_above_none_of_them(given_levels: list[str]) -> None:
    low = lowest(*given_levels)

    assert low in given_levels
    assert not any(is_above(low, level) for level in given_levels)


def test_ladder_goes_up() -> None:
    assert all(is_above(high, low) for low, high in pairwise(LEVELS))

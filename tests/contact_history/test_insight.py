from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight import (
    GRAINS,
    LEVELS,
    PERIODS,
    Choice,
    ChoiceError,
    level_of,
    main_shifts,
    mix_of,
    season_of,
    way_of,
)

NOW = datetime.fromisoformat("2026-03-10T12:00:00")
CHANNELS = ("call", "chat", "visit")
COUNTS = st.dictionaries(st.sampled_from(("a", "b", "c", "d")), st.integers(0, 10**6))


def test_nothing_chosen_is_the_usual_choice() -> None:
    assert Choice.from_values(None, CHANNELS) == Choice.from_values({}, CHANNELS)


def test_choice_is_what_the_client_sent() -> None:
    choice = Choice.from_values(
        {"period": "year", "company_ids": [3], "channels": ["call"], "mine": True},
        CHANNELS,
    )

    assert choice == Choice("year", (3,), ("call",), True)
    assert choice.grain == "month"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("year", "choice"),
        ({"limit": 1}, "choice"),
        ({"period": "decade"}, "period"),
        ({"period": ["week"]}, "period"),
        ({"company_ids": [0]}, "company_ids"),
        ({"company_ids": [True]}, "company_ids"),
        ({"company_ids": "1"}, "company_ids"),
        ({"company_ids": [2**31]}, "company_ids"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"channels": [["call"]]}, "channels"),
        ({"mine": 1}, "mine"),
    ],
    ids=str,
)
def test_what_nobody_can_choose_is_refused(values: Any, name: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        Choice.from_values(values, CHANNELS)

    assert caught.value.name == name


@pytest.mark.parametrize("period", PERIODS)
def test_period_before_is_as_long_and_ends_where_the_period_starts(period: str) -> None:
    choice = Choice(period)
    start, end = choice.span(NOW)

    assert end == NOW
    assert end - start == timedelta(days=PERIODS[period])
    assert choice.span_before(NOW) == (start - (end - start), start)
    assert choice.grain == GRAINS[period]


def test_visit_in_the_branch_is_another_way_than_one_at_home() -> None:
    assert way_of("visit", "incoming") != way_of("visit", "outgoing")
    assert way_of("call", "incoming") == way_of("call", "outgoing") == "call"


def test_months_have_their_season() -> None:
    assert [season_of(month) for month in (12, 2, 3, 5, 6, 8, 9, 11)] == [
        "winter",
        "winter",
        "spring",
        "spring",
        "summer",
        "summer",
        "autumn",
        "autumn",
    ]
    with pytest.raises(ValueError, match="no month"):
        season_of(13)


def test_customers_move_from_phone_to_chat() -> None:
    shifts = mix_of({"call": 50, "chat": 50}, {"call": 30, "chat": 10})

    assert [(one.way, one.share, one.points) for one in shifts] == [
        ("call", 50.0, -25.0),
        ("chat", 50.0, 25.0),
    ]
    found = main_shifts(shifts)
    assert found is not None
    assert [one.way for one in found] == ["call", "chat"]


def test_way_that_nobody_takes_any_more_is_still_shown() -> None:
    (chat, call) = mix_of({"chat": 4}, {"call": 4})

    assert (chat.way, chat.points) == ("chat", 100)
    assert (call.way, call.count, call.points) == ("call", 0, -100)


def test_nothing_before_is_no_shift() -> None:
    shifts = mix_of({"call": 1, "chat": 1}, {})

    assert [one.points for one in shifts] == [None, None]
    assert main_shifts(shifts) is None


def test_hardly_anything_before_is_no_shift() -> None:
    shifts = mix_of({"call": 50, "chat": 50}, {"call": 9})

    assert {one.points for one in shifts} == {None}


def test_small_change_is_chance() -> None:
    shifts = mix_of({"call": 100, "chat": 101}, {"call": 101, "chat": 100})

    assert main_shifts(shifts) is None


def test_mix_that_stays_shifts_nowhere() -> None:
    assert main_shifts(mix_of({"call": 5}, {"call": 7})) is None


@given(COUNTS, COUNTS)
def test_shares_add_up_and_changes_cancel_out(
    now: dict[str, int], before: dict[str, int]
) -> None:
    shifts = mix_of(now, before)

    if sum(now.values()):
        assert sum(one.share for one in shifts) == pytest.approx(100)
    assert sum(one.points or 0 for one in shifts) == pytest.approx(0, abs=1e-6)


@given(st.floats(-10, 1e9), st.floats(-10, 1e9))
def test_level_is_a_step_of_the_scale(value: float, most: float) -> None:
    level = level_of(value, most)

    assert 0 <= level <= LEVELS
    assert bool(level) == (value > 0 and most > 0)


def test_more_is_never_lighter() -> None:
    levels = [level_of(value, 100) for value in range(101)]

    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[1] == 1
    assert levels[100] == LEVELS

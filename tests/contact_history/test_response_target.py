from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from response import (
    DEFAULT_TARGETS,
    Habit,
    Hours,
    Shift,
    Target,
    WorkingHours,
    is_automatic,
    is_courtesy,
    measure,
    preferred_channel,
    preferred_hours,
)

MONDAY_NOON = datetime.fromisoformat("2026-03-09T12:00:00")
OFFICE = WorkingHours("UTC", tuple(Shift(day, 8 * 60, 16 * 60) for day in range(5)))
HOUR = Target(1, "hour")


def test_default_targets_are_those_that_were_agreed() -> None:
    seconds = {
        channel: target.seconds(8 * 3600)
        for channel, target in DEFAULT_TARGETS.items()
        if channel in ("email", "chat", "call", "letter")
    }

    assert seconds == {"email": 3600, "chat": 60, "call": 1800, "letter": 16 * 3600}


def test_day_on_the_wall_is_a_whole_day() -> None:
    assert Target(2, "day", "wall").seconds(8 * 3600) == 48 * 3600


@pytest.mark.parametrize("values", [(0, "hour"), (1, "week"), (1, "hour", "sun")])
def test_impossible_target_is_refused(values: tuple[int, str]) -> None:
    with pytest.raises(ValueError, match="no target"):
        Target(*values)


@pytest.mark.parametrize(
    ("minutes", "working", "is_within"),
    [
        pytest.param(60, 3600, True, id="just in time"),
        pytest.param(61, 3660, False, id="late"),
        # From 12:00 on Monday to 8:00 on Tuesday only four hours are worked.
        pytest.param(20 * 60, 4 * 3600, False, id="next morning"),
    ],
)
def test_answered_turn_is_measured_by_both_clocks(
    minutes: int, working: int, is_within: bool
) -> None:
    answered = MONDAY_NOON + timedelta(minutes=minutes)

    result = measure(MONDAY_NOON, answered, OFFICE, HOUR)

    assert result.wall_seconds == minutes * 60
    assert result.working_seconds == working
    assert result.is_within is is_within
    assert result.target_seconds == 3600


def test_open_turn_is_due_in_working_time() -> None:
    evening = MONDAY_NOON.replace(hour=15, minute=45)

    result = measure(evening, None, OFFICE, HOUR)

    assert result.due_at == datetime.fromisoformat("2026-03-10T08:45:00")
    assert result.warn_at == datetime.fromisoformat("2026-03-10T08:15:00")
    assert result.wall_seconds is None
    assert result.is_within is None


def test_target_by_the_wall_does_not_stop_at_night() -> None:
    evening = MONDAY_NOON.replace(hour=20)

    result = measure(evening, None, OFFICE, Target(1, "hour", "wall"))

    assert result.due_at == evening + timedelta(hours=1)


def test_branch_that_never_closes_has_one_clock() -> None:
    result = measure(MONDAY_NOON, MONDAY_NOON + timedelta(1), None, HOUR)

    assert result.wall_seconds == result.working_seconds == 24 * 3600
    assert result.is_within is False


def test_without_a_target_only_time_is_measured() -> None:
    result = measure(MONDAY_NOON, MONDAY_NOON + timedelta(minutes=5), OFFICE, None)

    assert result.wall_seconds == 300
    assert (result.target_seconds, result.due_at, result.is_within) == (None,) * 3


def test_where_nobody_works_nothing_is_late() -> None:
    never = WorkingHours("UTC", ())

    result = measure(MONDAY_NOON, MONDAY_NOON + timedelta(9), never, HOUR)

    assert result.due_at is None
    assert result.is_within is True


@given(
    st.integers(min_value=1, max_value=10**6),
    st.integers(min_value=1, max_value=100),
    st.sampled_from(["minute", "hour", "day"]),
)
def test_within_means_no_more_working_time_than_the_target(
    seconds: int, amount: int, unit: str
) -> None:
    answered = MONDAY_NOON + timedelta(seconds=seconds)

    result = measure(MONDAY_NOON, answered, OFFICE, Target(amount, unit))

    assert result.working_seconds is not None
    assert result.target_seconds is not None
    # Answered after hours, at the very second the target is used up, is late.
    if result.working_seconds != result.target_seconds:
        in_time = result.working_seconds < result.target_seconds
        assert result.is_within is in_time


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you very much for the quick reply",
        "OK, thanks. Best regards, Mary Mill",
        "Dziękuję bardzo!",
        "Dzięki, pozdrawiam",
        "Ευχαριστώ πολύ για την απάντησή σας",
        "Σας ευχαριστούμε.",
        "Vielen Dank",
    ],
)
def test_thanks_are_a_courtesy(text: str) -> None:
    assert is_courtesy(text, "Mary Mill")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "!!!",
        "OK",
        "Thanks, and when will it come?",
        "Ευχαριστώ;",
        "Thanks, please call 22 123 45 67",
        "Thanks, but the window is broken",
        "Dziękuję, proszę o kontakt",
        "Thank you Mary",
        "thanks " * 30,
    ],
)
def test_anything_more_than_thanks_is_a_question(text: str | None) -> None:
    assert not is_courtesy(text)


@given(st.text(max_size=200), st.text(max_size=40))
def test_courtesy_takes_any_text(text: str, names: str) -> None:
    assert is_courtesy(text, names) in (True, False)


@pytest.mark.parametrize(
    ("headers", "subject", "expected"),
    [
        ({}, None, False),
        ({}, "Price list", False),
        ({"Auto-Submitted": "no"}, "Price list", False),
        ({"Auto-Submitted": "auto-replied"}, "", True),
        ({"AUTO-SUBMITTED": "auto-generated; owner=x"}, "", True),
        ({"Auto-Submitted": "No; x=1"}, "", False),
        ({"X-Autoreply": "yes"}, "", True),
        ({"Precedence": "bulk"}, "", True),
        ({"Precedence": "list"}, "", False),
        ({}, "Automatic reply: Price list", True),
        ({}, "Out of Office until Monday", True),
        ({}, "Odpowiedź automatyczna: Cennik", True),
        ({}, "Αυτόματη απάντηση: Τιμές", True),
        ({}, "Re: your automatic reply", False),
    ],
)
def test_letters_of_robots(
    headers: dict[str, str], subject: str | None, expected: bool
) -> None:
    assert is_automatic(headers, subject) is expected


@pytest.mark.parametrize(
    ("counts", "channel", "sureness"),
    [
        ({"call": 1}, "call", "low"),
        ({"call": 3}, "call", "medium"),
        ({"call": 30, "email": 2}, "call", "high"),
        ({"call": 5, "email": 4, "chat": 4}, "call", "low"),
        ({"call": 40, "email": 40}, "call", "low"),
        ({"chat": 2, "email": 0}, "chat", "medium"),
    ],
)
def test_preferred_channel_and_how_sure(
    counts: dict[str, int], channel: str, sureness: str
) -> None:
    habit = preferred_channel(counts)

    assert habit is not None
    assert (habit.channel, habit.sureness) == (channel, sureness)


def test_who_never_wrote_has_no_preferred_channel() -> None:
    assert preferred_channel({}) is None
    assert preferred_channel({"call": 0}) is None


@given(
    st.dictionaries(
        st.sampled_from(["call", "chat", "email", "letter"]), st.integers(1, 50)
    ).filter(bool)
)
def test_preferred_channel_is_a_most_used_one(counts: dict[str, int]) -> None:
    habit = preferred_channel(counts)

    assert isinstance(habit, Habit)
    assert habit.count == max(counts.values()) == counts[habit.channel]
    assert habit.total == sum(counts.values())


def test_hours_are_the_three_in_a_row_with_most_contacts() -> None:
    hours = preferred_hours({8: 1, 14: 3, 15: 4, 16: 2, 20: 1})

    assert hours == Hours(14, 17, 9, 11, "high")


def test_empty_hours_at_the_end_are_not_named() -> None:
    assert preferred_hours({9: 2}) == Hours(9, 10, 2, 2, "low")
    assert preferred_hours({23: 5}) == Hours(23, 24, 5, 5, "high")


def test_hours_spread_over_the_day_are_a_guess() -> None:
    spread = preferred_hours(dict.fromkeys(range(8, 18), 3))

    assert spread is not None
    assert (spread.start, spread.sureness) == (8, "low")


def test_nobody_has_no_hours() -> None:
    assert preferred_hours({}) is None
    assert preferred_hours({9: 0}) is None


@given(st.dictionaries(st.integers(0, 23), st.integers(0, 50)))
def test_hours_never_count_more_than_there_is(counts: dict[int, int]) -> None:
    hours = preferred_hours(counts)

    if hours is None:
        assert sum(counts.values()) == 0
    else:
        assert 0 < hours.count <= hours.total == sum(counts.values())
        assert 0 < hours.end - hours.start <= 3

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from response import Shift, WorkingHours
from response.hours import MAX_DAYS

ZONES = ["Europe/Warsaw", "Europe/Athens", "UTC", "America/New_York", "Asia/Kolkata"]
EPOCH = datetime.fromisoformat("2026-03-20T00:00:00")
OFFICE = WorkingHours(
    "Europe/Warsaw", tuple(Shift(day, 8 * 60, 16 * 60) for day in range(5))
)
ALWAYS = WorkingHours("Europe/Warsaw", tuple(Shift(day, 0, 1440) for day in range(7)))

_moment = datetime.fromisoformat
# Around both changes of the clock in Europe and in America, and in between.
moments = st.one_of(
    st.datetimes(_moment("2026-03-05"), _moment("2026-04-03")),
    st.datetimes(_moment("2026-10-20"), _moment("2026-11-05")),
).map(lambda moment: moment.replace(microsecond=0))
minutes = st.integers(min_value=0, max_value=1440)
shifts = (
    st.tuples(st.integers(0, 6), minutes, minutes)
    .filter(lambda values: values[1] < values[2])
    .map(lambda values: Shift(*values))
)
closings = st.tuples(moments, moments).map(sorted).map(lambda pair: (pair[0], pair[1]))
hours = st.builds(
    WorkingHours,
    zone=st.sampled_from(ZONES),
    shifts=st.lists(shifts, max_size=8).map(tuple),
    closed=st.lists(closings, max_size=2).map(tuple),
)


def _utc(text: str, zone: str = "Europe/Warsaw") -> datetime:
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC).replace(tzinfo=None)


@given(hours, moments, moments, moments)
def test_parts_add_up(
    hours: WorkingHours, one: datetime, two: datetime, three: datetime
) -> None:
    start, middle, end = sorted((one, two, three))

    assert hours.seconds_between(start, end) == hours.seconds_between(
        start, middle
    ) + hours.seconds_between(middle, end)


@given(hours, moments, moments)
def test_nobody_works_longer_than_the_clock_on_the_wall(
    hours: WorkingHours, one: datetime, two: datetime
) -> None:
    start, end = sorted((one, two))

    assert 0 <= hours.seconds_between(start, end) <= (end - start).total_seconds()
    assert start == end or hours.seconds_between(end, start) == 0


@given(moments, moments)
def test_who_never_closes_works_by_the_clock_on_the_wall(
    one: datetime, two: datetime
) -> None:
    start, end = sorted((one, two))

    assert ALWAYS.seconds_between(start, end) == (end - start).total_seconds()


@given(hours, moments, st.integers(min_value=1, max_value=10**6))
@example(WorkingHours("UTC", (Shift(0, 0, 1),)), EPOCH, 10**6)  # a minute a week
def test_due_moment_is_when_so_much_has_been_worked(
    hours: WorkingHours, start: datetime, seconds: int
) -> None:
    due = hours.after(start, seconds)

    if due is None:  # it takes longer than anybody looks ahead
        horizon = start + timedelta(days=MAX_DAYS - 2)
        assert hours.seconds_between(start, horizon) < seconds
        return
    assert hours.seconds_between(start, due) == seconds
    assert hours.seconds_between(start, due - timedelta(seconds=1)) == seconds - 1


def _by_counting(hours: WorkingHours, start: datetime, end: datetime) -> int:
    """Look at the clock on the wall at every minute: slow, and surely right."""
    zone, worked = ZoneInfo(hours.zone), 0
    moment = start
    while moment < end:
        wall = moment.replace(tzinfo=UTC).astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        is_open = any(
            shift.weekday == wall.weekday() and shift.start <= minute < shift.end
            for shift in hours.shifts
        )
        is_closed = any(shut <= moment < until for shut, until in hours.closed)
        worked += is_open and not is_closed
        moment += timedelta(minutes=1)
    return worked * 60


# Outside the hour that is skipped in spring, where no clock shows the time.
by_day = minutes.filter(lambda minute: not 120 <= minute < 180)
day_shifts = (
    st.tuples(st.integers(0, 6), by_day, by_day)
    .filter(lambda values: values[1] < values[2])
    .map(lambda values: Shift(*values))
)
whole_minutes = moments.map(lambda moment: moment.replace(second=0))
whole_closings = (
    st.tuples(whole_minutes, whole_minutes)
    .map(sorted)
    .map(lambda pair: (pair[0], pair[1]))
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        WorkingHours,
        zone=st.sampled_from(["Europe/Warsaw", "America/New_York", "UTC"]),
        shifts=st.lists(day_shifts, max_size=6).map(tuple),
        closed=st.lists(whole_closings, max_size=2).map(tuple),
    ),
    whole_minutes,
    st.integers(min_value=0, max_value=4 * 1440),
)
def test_agrees_with_counting_minutes_on_the_wall(
    hours: WorkingHours, start: datetime, length: int
) -> None:
    end = start + timedelta(minutes=length)

    assert hours.seconds_between(start, end) == _by_counting(hours, start, end)


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        pytest.param("2026-03-10T09:00", "2026-03-10T09:30", 1800, id="same day"),
        pytest.param("2026-03-10T15:30", "2026-03-11T08:30", 3600, id="over night"),
        pytest.param("2026-03-13T15:30", "2026-03-16T08:30", 3600, id="over weekend"),
        pytest.param("2026-03-14T10:00", "2026-03-15T10:00", 0, id="at the weekend"),
        # The clock goes forward in the night to Sunday: nobody works then.
        pytest.param("2026-03-27T15:00", "2026-03-30T09:00", 7200, id="spring"),
        pytest.param("2026-10-23T15:00", "2026-10-26T09:00", 7200, id="autumn"),
    ],
)
def test_office_hours(start: str, end: str, worked: int) -> None:
    assert OFFICE.seconds_between(_utc(start), _utc(end)) == worked


def test_night_shift_of_the_change_of_clock_is_shorter_and_longer() -> None:
    night = WorkingHours("Europe/Warsaw", (Shift(6, 0, 6 * 60),))
    spring = (_utc("2026-03-28T12:00"), _utc("2026-03-29T12:00"))
    autumn = (_utc("2026-10-24T12:00"), _utc("2026-10-25T12:00"))

    assert night.seconds_between(*spring) == 5 * 3600
    assert night.seconds_between(*autumn) == 7 * 3600


def test_same_hours_mean_other_moments_in_another_zone() -> None:
    athens = WorkingHours("Europe/Athens", OFFICE.shifts)
    start, end = _utc("2026-03-10T07:00"), _utc("2026-03-10T08:00")

    assert athens.seconds_between(start, end) == 3600
    assert OFFICE.seconds_between(start, end) == 0


def test_two_weeks_take_turns() -> None:
    hours = WorkingHours("UTC", (Shift(0, 480, 540, week=0), Shift(0, 480, 600, 1)))
    mondays = [EPOCH.replace(day=day) for day in (2, 9, 16)]

    worked = [hours.seconds_between(day, day + timedelta(1)) for day in mondays]

    assert sorted(worked[:2]) == [3600, 7200]
    assert worked[0] == worked[2]


def test_holiday_in_the_middle_is_left_out() -> None:
    holiday = (_utc("2026-03-10T00:00"), _utc("2026-03-11T00:00"))
    lunch = (_utc("2026-03-11T12:00"), _utc("2026-03-11T13:00"))
    hours = WorkingHours("Europe/Warsaw", OFFICE.shifts, (lunch, holiday, holiday))
    start = _utc("2026-03-09T15:00")

    assert hours.seconds_between(start, _utc("2026-03-11T09:00")) == 7200
    assert hours.after(start, 8 * 3600) == _utc("2026-03-11T16:00")


def test_where_nobody_works_nothing_is_ever_due() -> None:
    assert WorkingHours("UTC", ()).after(EPOCH, 1) is None
    assert WorkingHours("UTC", ()).seconds_between(EPOCH, EPOCH + timedelta(9)) == 0


@pytest.mark.parametrize("values", [(7, 0, 60), (0, 60, 60), (0, -1, 60), (0, 0, 1441)])
def test_impossible_shift_is_refused(values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no shift"):
        Shift(*values)

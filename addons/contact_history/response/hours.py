"""Working time: opening hours of a branch in its own time zone, less its holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]

# Nobody answers later than that; also ends the search in hours without work.
MAX_DAYS = 3660
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Working hours of a day of the week.

    :param weekday: Monday is 0.
    :param start: minutes after midnight, by the clock on the wall.
    :param end: the same, at most 1440.
    :param week: where two weeks take turns, 0 or 1: the parity of the number of
        weeks since Monday, 1 January of the year 1. None: every week.
    :raise ValueError: for anything else.
    """

    weekday: int
    start: int
    end: int
    week: int | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(7) or not 0 <= self.start < self.end <= 1440:
            raise ValueError(f"no shift: {self.weekday}, {self.start}, {self.end}")

    def is_on(self, day: date) -> bool:
        """Return whether the shift is worked on that day."""
        week = (day.toordinal() - 1) // 7 % 2
        return day.weekday() == self.weekday and self.week in (None, week)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When a branch works.

    :param zone: name of the time zone the shifts are meant in.
    :param shifts: may overlap.
    :param closed: holidays, as intervals of naive UTC; may overlap.
    """

    zone: str
    shifts: tuple[Shift, ...]
    closed: tuple[Interval, ...] = ()

    def seconds_between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from ``start`` to ``end``, 0 if that is earlier.

        Linear in the number of days, of which it looks at ``MAX_DAYS`` at most.
        """
        worked = timedelta()
        for opens, closes in self._open(start):
            if opens >= end:
                break
            worked += min(closes, end) - opens
        return int(worked.total_seconds())

    def after(self, start: datetime, seconds: int) -> datetime | None:
        """Return the moment when so many working seconds have passed.

        :param seconds: at least 1.
        :return: None when that takes longer than ``MAX_DAYS``.
        """
        left = timedelta(seconds=seconds)
        for opens, closes in self._open(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        return None

    def _open(self, start: datetime) -> Iterator[Interval]:
        """Yield when work is done from ``start`` on, in order, without overlaps."""
        closed = _merged(self.closed)
        for opens, closes in self._planned(start):
            yield from _without((max(opens, start), closes), closed)

    def _planned(self, start: datetime) -> Iterator[Interval]:
        zone = ZoneInfo(self.zone)
        # The day before may still go on in UTC, whatever the zone.
        first = (start.replace(tzinfo=UTC).astimezone(zone) - _DAY).date()
        last: Interval | None = None
        for number in range(MAX_DAYS):
            for interval in self._planned_on(first + number * _DAY, zone):
                if interval[1] <= start:
                    continue
                if last is not None and interval[0] <= last[1]:
                    last = (last[0], max(last[1], interval[1]))
                    continue
                if last is not None:
                    yield last
                last = interval
        if last is not None:
            yield last

    def _planned_on(self, day: date, zone: ZoneInfo) -> Iterator[Interval]:
        # Sorted afterwards: where the clock is put forward, starts change places.
        yield from sorted(
            (_moment(day, shift.start, zone), _last(day, shift.end, zone))
            for shift in self.shifts
            if shift.is_on(day)
        )


def _moment(day: date, minutes: int, zone: ZoneInfo, fold: int = 0) -> datetime:
    """Return naive UTC of what the clock on the wall shows on that day.

    A time that the clock skips in spring counts as an hour later.
    """
    wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None)


def _last(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the end of a shift: of an hour that comes twice, the second."""
    return max(_moment(day, minutes, zone, fold) for fold in (0, 1))


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _without(interval: Interval, closed: tuple[Interval, ...]) -> Iterator[Interval]:
    """Yield what is left of ``interval``; ``closed`` is merged already."""
    start, end = interval
    for shut, reopened in closed:
        if reopened <= start or shut >= end:
            continue
        if shut > start:
            yield start, shut
        start = reopened
    if start < end:
        yield start, end

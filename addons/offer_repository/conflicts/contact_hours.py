"""At which hours a customer is in touch."""

from collections.abc import Mapping

_WIDTH = 3
# Fewer contacts tell no habit, and neither do hours that hold less than half of them.
_FEWEST = 5
_SHARE = 0.5


def usual_hours(counts: Mapping[int, int]) -> tuple[int, int] | None:
    """Return the three hours in which most contacts are, ``None`` without a habit.

    Of equal spans the earliest. Never past midnight: offices are not.

    :param counts: {hour of the day, 0 to 23: number of contacts}
    :return: first hour and the one after the last: (9, 12) is 9:00 to 12:00
    """
    total = sum(counts.values())
    if total < _FEWEST:
        return None
    spans = range(24 - _WIDTH + 1)
    start = max(spans, key=lambda hour: (_within(counts, hour), -hour))
    if _within(counts, start) < _SHARE * total:
        return None
    return start, start + _WIDTH


def _within(counts: Mapping[int, int], start: int) -> int:
    return sum(counts.get(hour, 0) for hour in range(start, start + _WIDTH))

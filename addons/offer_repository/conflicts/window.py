"""When an offer is live."""

from datetime import date, timedelta


def live_window(
    first_sent: date, valid_until: date | None, default_days: int
) -> tuple[date, date]:
    """Return first and last day of an offer's life.

    Without validity it lives ``default_days`` days; a validity before the day it was
    sent counts as that day.
    """
    if valid_until is None:
        try:
            valid_until = first_sent + timedelta(days=default_days)
        except OverflowError:
            valid_until = date.max
    return first_sent, max(first_sent, valid_until)


def overlap_days(left: tuple[date, date], right: tuple[date, date]) -> int:
    """Return on how many days both are live, first and last day included."""
    start = max(left[0], right[0])
    end = min(left[1], right[1])
    return max(0, (end - start).days + 1)

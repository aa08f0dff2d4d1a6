"""What the customer's own behaviour tells about the channel he likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

# 95 % of what chance does stays within.
_Z = 1.96
# The cautious share above which we are sure, and the one above which we guess.
_SURE = 0.5
_LIKELY = 0.25
# How many hours in a row one can name, and what chance gives them of a working day.
WINDOW = 3
_LIKELY_HOURS = 0.35


@dataclass(frozen=True, slots=True)
class Habit:
    """The channel the customer uses most.

    :param count: contacts on it.
    :param total: contacts on all channels.
    :param sureness: "high", "medium" or "low".
    """

    channel: str
    count: int
    total: int
    sureness: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of day at which the customer is best reached.

    :param start: hour of the day, 0 to 23; ``end`` is the hour after the last one.
    :param count: contacts within; ``total``: at any hour.
    :param sureness: "high", "medium" or "low".
    """

    start: int
    end: int
    count: int
    total: int
    sureness: str


def preferred_hours(counts: Mapping[int, int]) -> Hours | None:
    """Return the three hours in a row with most of the customer's own contacts.

    Of equal ones the earliest. Empty hours at either end are left away.

    :param counts: {hour of the day: how often the customer was there}.
    """
    total = sum(count for count in counts.values() if count > 0)
    if not total:
        return None
    starts = range(24 - WINDOW + 1)
    best = max(starts, key=lambda start: (_within(counts, start), -start))
    used = [hour for hour in range(best, best + WINDOW) if counts.get(hour, 0) > 0]
    count = _within(counts, best)
    sureness = _sureness(_at_least(count, total), _LIKELY_HOURS)
    return Hours(used[0], used[-1] + 1, count, total, sureness)


def _within(counts: Mapping[int, int], start: int) -> int:
    return sum(max(counts.get(hour, 0), 0) for hour in range(start, start + WINDOW))


def preferred_channel(counts: Mapping[str, int]) -> Habit | None:
    """Return the channel the customer chose most often, and how sure that is.

    Of equal ones the first by name, and then never more than a low sureness.

    :param counts: {channel: how often the customer chose it}.
    """
    used = sorted((-count, channel) for channel, count in counts.items() if count > 0)
    if not used:
        return None
    total = -sum(count for count, _channel in used)
    count, channel = -used[0][0], used[0][1]
    is_tie = len(used) > 1 and used[1][0] == used[0][0]
    sureness = "low" if is_tie else _sureness(_at_least(count, total))
    return Habit(channel, count, total, sureness)


def _sureness(share: float, likely: float = _LIKELY) -> str:
    if share > _SURE:
        return "high"
    return "medium" if share > likely else "low"


def _at_least(count: int, total: int) -> float:
    """Return the lower end of Wilson's interval for the share."""
    share = count / total
    spread = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    return (share + _Z**2 / (2 * total) - spread) / (1 + _Z**2 / total)

"""Targets: how soon we want to have answered, and whether we did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .hours import WorkingHours

UNITS = {"minute": 60, "hour": 3600, "day": 24 * 3600}
CLOCKS = ("working", "wall")
# The traffic light turns yellow when so much of the time has gone.
WARN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Target:
    """How soon a channel wants to be answered.

    :param amount: how many units, at least 1.
    :param unit: one of ``UNITS``; by the working clock a day is a working day.
    :param clock: one of ``CLOCKS``.
    :raise ValueError: for anything else.
    """

    amount: int
    unit: str
    clock: str = "working"

    def __post_init__(self) -> None:
        if self.amount < 1 or self.unit not in UNITS or self.clock not in CLOCKS:
            raise ValueError(f"no target: {self.amount} {self.unit} {self.clock}")

    def seconds(self, day_seconds: int) -> int:
        """Return it in seconds.

        :param day_seconds: length of a working day.
        """
        if self.unit == "day" and self.clock == "working":
            return self.amount * day_seconds
        return self.amount * UNITS[self.unit]


# Whoever writes on the web or by phone expects what e-mail gets.
_AS_EMAIL = Target(1, "hour")
DEFAULT_TARGETS = {
    "call": Target(30, "minute"),
    "email": _AS_EMAIL,
    "sms": _AS_EMAIL,
    "chat": Target(1, "minute"),
    "letter": Target(2, "day"),
    "social": _AS_EMAIL,
    "web_form": _AS_EMAIL,
    "portal": _AS_EMAIL,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a turn took. ``None``: not answered yet, or there is no target.

    :param warn_at: when it becomes urgent.
    :param due_at: when the target is missed.
    """

    wall_seconds: int | None
    working_seconds: int | None
    target_seconds: int | None
    warn_at: datetime | None
    due_at: datetime | None
    is_within: bool | None


def measure(
    started_at: datetime,
    answered_at: datetime | None,
    hours: WorkingHours | None,
    target: Target | None,
    day_seconds: int = 8 * 3600,
) -> Measured:
    """Measure one turn by both clocks.

    :param hours: of the branch; None when it never closes.
    """
    wall = working = None
    if answered_at is not None:
        wall = int((answered_at - started_at).total_seconds())
        working = hours.seconds_between(started_at, answered_at) if hours else wall
    if target is None:
        return Measured(wall, working, None, None, None, None)
    seconds = target.seconds(day_seconds)
    clock = hours if target.clock == "working" else None
    warn_at = _later(started_at, max(int(seconds * WARN_SHARE), 1), clock)
    due_at = _later(started_at, seconds, clock)
    is_within = None
    if answered_at is not None:
        # Where nobody ever works, nothing is ever late.
        is_within = due_at is None or answered_at <= due_at
    return Measured(wall, working, seconds, warn_at, due_at, is_within)


def _later(
    start: datetime, seconds: int, hours: WorkingHours | None
) -> datetime | None:
    return hours.after(start, seconds) if hours else start + timedelta(seconds=seconds)

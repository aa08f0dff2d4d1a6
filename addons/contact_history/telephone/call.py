"""A call, out of its events: whatever their order, however often they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .events import PhoneEvent

VOICEMAIL = frozenset({"voicemail"})
# The network's fault, or a wrong number: nobody was called in vain.
FAILURES = frozenset({"congestion", "notfound", "failed", "rejected"})


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call so far.

    :param state: "answered", "missed", "voicemail" or "failed"; a call that still
        rings is missed until somebody takes it.
    :param duration: seconds of talk.
    :param extension: of our person: who took it, else whose telephone rang.
    :param is_over: whether it has ended.
    """

    call_id: str
    direction: str
    state: str
    started_at: datetime
    duration: int
    caller: str | None
    called: str | None
    extension: str | None
    is_over: bool

    @property
    def customer(self) -> str | None:
        """The number of the other side."""
        return self.caller if self.direction == "incoming" else self.called


def fold(events: Iterable[PhoneEvent]) -> Call:
    """Return the call that the events tell of.

    The order of the events and repetitions change nothing: each value comes from
    the first event, by time and then by content, that has it.

    :param events: of one call, at least one.
    """
    ordered = sorted(set(events), key=_order)
    answers = [event for event in ordered if event.kind == "answer"]
    ends = [event for event in ordered if event.kind == "hangup"]
    direction = _first(event.direction for event in ordered) or "incoming"
    causes = {event.cause for event in ends if event.cause}
    duration = 0
    if answers and ends:
        spoken = ends[-1].at - answers[0].at
        duration = max(int(spoken.total_seconds()), 0)
    return Call(
        call_id=ordered[0].call_id,
        direction=direction,
        state=_state(bool(answers), causes, direction),
        started_at=ordered[0].at,
        duration=duration,
        caller=_first(event.caller for event in ordered),
        called=_first(event.called for event in ordered),
        extension=_first(event.extension for event in [*answers, *ordered]),
        is_over=bool(ends),
    )


def _state(is_answered: bool, causes: set[str], direction: str) -> str:
    if causes & VOICEMAIL:
        return "voicemail"
    if is_answered:
        return "answered"
    # A customer who does not get through because of our network waits all the same.
    if direction == "outgoing" and causes & FAILURES:
        return "failed"
    return "missed"


def _order(event: PhoneEvent) -> tuple[datetime, tuple[str, ...]]:
    return event.at, (
        event.kind,
        event.direction or "",
        event.caller or "",
        event.called or "",
        event.extension or "",
        event.cause or "",
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)

"""What telephone systems report: a call begins, is taken, ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

KINDS = ("ring", "answer", "hangup")
DIRECTIONS = ("incoming", "outgoing")
_MAX_TEXT = 200

_ZAMMAD_KINDS = {"newCall": "ring", "answer": "answer", "hangup": "hangup"}
_ZAMMAD_DIRECTIONS = {"in": "incoming", "out": "outgoing"}


class EventError(ValueError):
    """An event nobody can use. ``code`` says why, ``name`` in which field."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class PhoneEvent:
    """One event of a call.

    :param call_id: the same in all events of a call.
    :param kind: one of ``KINDS``.
    :param at: naive UTC; when it happened, or when we heard of it.
    :param direction: one of ``DIRECTIONS``, None when this event does not tell.
    :param extension: of our person.
    :param cause: why it ended, as the system calls it, in small letters.
    """

    call_id: str
    kind: str
    at: datetime
    direction: str | None = None
    caller: str | None = None
    called: str | None = None
    extension: str | None = None
    cause: str | None = None


def from_zammad(values: Mapping[str, object], received_at: datetime) -> PhoneEvent:
    """Read an event in the shape that Zammad's CTI integration takes.

    :param values: event, callId, direction, from, to; cause, answeringNumber, user.
    :param received_at: naive UTC; these events bring no time of their own.
    :raise EventError: ``missing``, ``unknown_value`` or ``too_long``.
    """
    return PhoneEvent(
        call_id=_needed(values, "callId"),
        kind=_one_of(values, "event", _ZAMMAD_KINDS),
        at=received_at,
        direction=_one_of(values, "direction", _ZAMMAD_DIRECTIONS),
        caller=_text(values, "from"),
        called=_text(values, "to"),
        extension=_text(values, "answeringNumber") or _text(values, "extension"),
        cause=(_text(values, "cause") or "").lower() or None,
    )


def from_plain(values: Mapping[str, object], received_at: datetime) -> PhoneEvent:
    """Read an event in our own shape.

    :param values: event (ring, answer, hangup), call_id; direction (incoming,
        outgoing), from, to, extension, cause, at (ISO 8601 with a time zone).
    :param received_at: naive UTC, for events without a time.
    :raise EventError: ``missing``, ``unknown_value``, ``too_long`` or ``bad_time``.
    """
    direction = None
    if values.get("direction"):
        direction = _one_of(values, "direction", {name: name for name in DIRECTIONS})
    return PhoneEvent(
        call_id=_needed(values, "call_id"),
        kind=_one_of(values, "event", {name: name for name in KINDS}),
        at=_moment(values, "at") or received_at,
        direction=direction,
        caller=_text(values, "from"),
        called=_text(values, "to"),
        extension=_text(values, "extension"),
        cause=(_text(values, "cause") or "").lower() or None,
    )


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str | int):
        raise EventError("unknown_value", name)
    text = str(value).strip()
    if len(text) > _MAX_TEXT:
        raise EventError("too_long", name)
    # The database takes any sign but this one.
    return text.replace("\0", "") or None


def _needed(values: Mapping[str, object], name: str) -> str:
    text = _text(values, name)
    if text is None:
        raise EventError("missing", name)
    return text


def _one_of(values: Mapping[str, object], name: str, known: Mapping[str, str]) -> str:
    text = _needed(values, name)
    if text not in known:
        raise EventError("unknown_value", name)
    return known[text]


def _moment(values: Mapping[str, object], name: str) -> datetime | None:
    text = _text(values, name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise EventError("bad_time", name)
        return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError) as error:
        raise EventError("bad_time", name) from error

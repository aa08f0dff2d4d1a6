"""One contact as another system hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CHANNELS = (
    "call",
    "email",
    "sms",
    "chat",
    "meeting",
    "visit",
    "talk",
    "letter",
    "social",
    "web_form",
    "portal",
)
_DIRECTIONS = ("incoming", "outgoing")
_STATES = ("done", "answered", "missed", "voicemail", "failed")
# What records contacts inside Odoo; nobody else may speak in its name.
RESERVED = ("manual", "mail.message", "phone-")
_NEEDED = ("origin", "external_id", "channel", "direction", "occurred_at")
# Greatest length of each text.
_TEXTS = {
    "origin": 64,
    "external_id": 200,
    "address": 200,
    "subject": 500,
    "text": 20_000,
    "user": 200,
}
_FLAGS = ("is_automatic", "needs_no_answer", "is_confidential")
_NUMBERS = {"duration": 10**7, "partner_id": 2**31 - 1, "company_id": 2**31 - 1}
_CHOICES = {"channel": CHANNELS, "direction": _DIRECTIONS, "state": _STATES}


class ItemError(ValueError):
    """An item nobody can record. ``code`` says why, ``name`` in which field."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Item:
    """One contact, checked.

    :param occurred_at: naive UTC.
    :param address: e-mail address, telephone number or name on a platform.
    :param user: login of our person.
    :param duration: seconds.
    """

    origin: str
    external_id: str
    channel: str
    direction: str
    occurred_at: datetime
    state: str = "done"
    address: str | None = None
    subject: str | None = None
    text: str | None = None
    user: str | None = None
    duration: int = 0
    partner_id: int | None = None
    company_id: int | None = None
    is_automatic: bool = False
    needs_no_answer: bool = False
    is_confidential: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.origin, self.external_id


def parse_item(values: object, now: datetime) -> Item:
    """Check one item.

    :param values: a mapping with the fields of ``Item``; ``occurred_at`` is ISO 8601
        with a time zone.
    :param now: naive UTC; nothing is recorded before it happened.
    :raise ItemError: ``no_object``, ``unknown_field``, ``missing``, ``bad_value``,
        ``too_long``, ``bad_time``, ``in_future`` or ``reserved``.
    """
    if not isinstance(values, Mapping):
        raise ItemError("no_object", "item")
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if name not in Item.__dataclass_fields__:
            raise ItemError("unknown_field", str(name))
    for name in _NEEDED:
        if given.get(name) in (None, ""):
            raise ItemError("missing", name)
    checked = {name: _check(name, value, now) for name, value in given.items()}
    if checked["origin"].startswith(RESERVED):
        raise ItemError("reserved", "origin")
    return Item(**{name: value for name, value in checked.items() if value != ""})


def _check(name: str, value: object, now: datetime) -> Any:
    if name == "occurred_at":
        return _moment(name, value, now)
    if name in _CHOICES:
        return _choice(name, value)
    if name in _TEXTS:
        return _text(name, value)
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise ItemError("bad_value", name)
        return value
    return _number(name, value)


def _choice(name: str, value: object) -> str:
    if not isinstance(value, str) or value not in _CHOICES[name]:
        raise ItemError("bad_value", name)
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ItemError("bad_value", name)
    if len(value) > _TEXTS[name]:
        raise ItemError("too_long", name)
    # The database takes any sign but this one.
    text = value.replace("\0", "").strip()
    if not text and name in _NEEDED:
        raise ItemError("missing", name)
    return text


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ItemError("bad_value", name)
    if not 0 <= value <= _NUMBERS[name]:
        raise ItemError("bad_value", name)
    return value


def _moment(name: str, value: object, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ItemError("bad_time", name)
        utc = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError) as error:
        raise ItemError("bad_time", name) from error
    if utc > now:
        raise ItemError("in_future", name)
    return utc

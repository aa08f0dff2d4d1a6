"""One line of the timeline, whatever it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from .cursor import MAX_ID, Cursor
from .levels import LEVELS

TIME_FORMAT = "%Y-%m-%d %H:%M:%S"


class EntryError(ValueError):
    """A source delivered an entry that cannot be shown. ``code`` says why."""

    def __init__(self, code: str, value: object) -> None:
        super().__init__(f"{code}: {value!r}")
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an entry, already checked against the reader's rights."""

    id: int
    name: str
    mimetype: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the timeline shows of one contact or document.

    :param source: code of the source, part of the order of equal times.
    :param id: record id within the source, as decimal text.
    :param occurred_at: naive UTC.
    :param kind: picks the presentation: interaction, activity, …
    :param label: short translated badge, for example the state of a document.
    :param duration: seconds.
    :param date_only: only the day counts, not to be moved by time zones.
    :param level: how much of it the reader gets, see ``LEVELS``.
    :param redacted: True once something has been taken away.
    :param reason: translated explanation why.
    :param thread: what belongs together, see ``thread_of``.
    :param is_pinned: somebody put it on top.
    :param can_pin: the reader may change that.
    """

    source: str
    id: str
    occurred_at: datetime
    kind: str = "interaction"
    channel: str | None = None
    direction: str | None = None
    state: str | None = None
    label: str | None = None
    duration: int = 0
    date_only: bool = False
    certainty: str | None = None
    user_name: str | None = None
    company_name: str | None = None
    partner_name: str | None = None
    subject: str | None = None
    preview: str | None = None
    attachments: tuple[Attachment, ...] = ()
    res_model: str | None = None
    res_id: int | None = None
    level: str = "content"
    redacted: bool = False
    reason: str | None = None
    thread: str | None = None
    is_pinned: bool = False
    can_pin: bool = False

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is not None:
            raise EntryError("bad_time", self.occurred_at)
        if not (self.id.isdecimal() and self.id.isascii() and _fits(self.id)):
            raise EntryError("bad_id", self.id)
        if self.level not in LEVELS:
            raise EntryError("bad_level", self.level)

    @classmethod
    def from_values(cls, source: str, values: Mapping[str, Any]) -> Entry:
        """Build the entry from what a source returned.

        :param values: ``id`` and ``occurred_at`` at least; falsy means unset.
        :raise EntryError: ``unknown_key``, ``missing_key`` or a bad value.
        """
        unknown = set(values) - {field.name for field in fields(cls)} - {"key"}
        if unknown:
            raise EntryError("unknown_key", sorted(unknown))
        missing = {"id", "occurred_at"} - set(values)
        if missing:
            raise EntryError("missing_key", sorted(missing))
        if not isinstance(values["occurred_at"], datetime):
            raise EntryError("bad_time", values["occurred_at"])
        given = {key: value for key, value in values.items() if value}
        given.pop("key", None)
        given["attachments"] = tuple(
            item if isinstance(item, Attachment) else Attachment(**item)
            for item in given.get("attachments", ())
        )
        return cls(**{**given, "source": source, "id": str(values["id"])})

    @property
    def key(self) -> str:
        """Stable identifier for a client, unique over all sources."""
        return f"{self.source}:{self.id}"

    @property
    def sort_key(self) -> tuple[datetime, str, int]:
        return self.occurred_at, self.source, int(self.id)

    @property
    def cursor(self) -> Cursor:
        return Cursor(*self.sort_key)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON shape that clients get."""
        # By name: asdict() walks and copies every value, four times as slowly.
        values = {name: getattr(self, name) for name in _SHOWN}
        values["key"] = self.key
        values["occurred_at"] = self.occurred_at.strftime(TIME_FORMAT)
        values["attachments"] = [asdict(item) for item in self.attachments]
        return values


_SHOWN = tuple(field.name for field in fields(Entry) if field.name != "id")


def _fits(record_id: str) -> bool:
    return len(record_id) <= 10 and 0 < int(record_id) <= MAX_ID

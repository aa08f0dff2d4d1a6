"""Position in the timeline: the last entry that a page has shown, and which way on."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime

# Far above any cursor we hand out; keeps hostile input cheap to refuse.
MAX_LENGTH = 300
# PostgreSQL's integer ids; a larger one would break the query it ends up in.
MAX_ID = 2**31 - 1


class CursorError(ValueError):
    """A cursor that this package did not make. ``code`` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Cursor:
    """Keyset position ``(occurred_at, source, id)``.

    :param occurred_at: naive UTC time of the last entry shown.
    :param source: code of the source that gave it.
    :param id: its record id.
    :param newer: True to go on towards the present, False towards the past.
    """

    occurred_at: datetime
    source: str
    id: int
    newer: bool = False

    @classmethod
    def at(cls, moment: datetime, *, newer: bool = False) -> Cursor:
        """Return the position between what was before ``moment`` and the rest.

        No source is called "": all of them stand on the same side of it.
        """
        return cls(moment, "", 1, newer)

    def encode(self) -> str:
        """Return the opaque text that a client sends back to go on."""
        parts: list[object] = [self.occurred_at.isoformat(), self.source, self.id]
        if self.newer:
            parts.append(True)
        text = json.dumps(parts, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode()

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Return the position behind ``text``.

        :raise CursorError: ``too_long``, ``malformed`` or ``bad_value``.
        """
        if len(text) > MAX_LENGTH:
            raise CursorError("too_long")
        occurred_at, source, record_id, newer = _split(text)
        if not isinstance(occurred_at, str) or not isinstance(source, str):
            raise CursorError("bad_value")
        # bool is an int for Python, and no record id.
        if type(record_id) is not int or not 0 < record_id <= MAX_ID:
            raise CursorError("bad_value")
        if not isinstance(newer, bool):
            raise CursorError("bad_value")
        return cls(_moment(occurred_at), source, record_id, newer)


def _split(text: str) -> tuple[object, object, object, object]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    except (binascii.Error, UnicodeError, ValueError, RecursionError) as error:
        raise CursorError("malformed") from error
    if not isinstance(parts, list) or len(parts) not in (3, 4):
        raise CursorError("malformed")
    return parts[0], parts[1], parts[2], len(parts) == 4 and parts[3]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CursorError("bad_value") from error
    if moment.tzinfo is not None:
        raise CursorError("bad_value")
    return moment

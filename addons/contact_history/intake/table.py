"""Rows of a sheet that somebody exported from somewhere, made into items."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .item import ItemError
from .words import (
    CHANNELS_BY_WORD,
    COLUMNS_BY_WORD,
    DIRECTIONS_BY_WORD,
    FLAGS_BY_WORD,
    STATES_BY_WORD,
    flat,
)

# What a column may hold: the fields of an item, and the day and the hour apart.
TARGETS = (
    "external_id",
    "occurred_at",
    "date",
    "time",
    "channel",
    "direction",
    "state",
    "address",
    "partner_id",
    "user",
    "company_id",
    "subject",
    "text",
    "duration",
    "is_automatic",
    "needs_no_answer",
    "is_confidential",
)
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y-%m-%d")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": CHANNELS_BY_WORD,
    "direction": DIRECTIONS_BY_WORD,
    "state": STATES_BY_WORD,
}
_FLAGS = frozenset({"is_automatic", "needs_no_answer", "is_confidential"})
_IDS = frozenset({"partner_id", "company_id"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read the rows of one kind of sheet.

    :param columns: what each column holds, None for one that is left out.
    :param zone: the time zone that the sheet is written in.
    :param defaults: values for what no column holds, or where its cell is empty.
    """

    origin: str
    columns: tuple[str | None, ...]
    zone: ZoneInfo
    defaults: Mapping[str, Any] = field(default_factory=dict)


def guess_columns(header: Sequence[str]) -> tuple[str | None, ...]:
    """Return what the columns of a header hold, each target once."""
    found: list[str | None] = []
    for title in header:
        target = COLUMNS_BY_WORD.get(flat(title))
        found.append(None if target in found else target)
    return tuple(found)


def row_values(cells: Sequence[object], layout: Layout) -> dict[str, Any]:
    """Return one row as ``parse_item`` takes it.

    A row without an identifier is known by what it says: the same row again is the
    same contact, in whatever file it comes.

    :raise ItemError: ``bad_time`` or ``bad_value``, for a cell that cannot be read.
    """
    given = {
        target: cell
        for target, cell in zip(layout.columns, cells, strict=False)
        if target and _text(cell)
    }
    values: dict[str, Any] = {"origin": layout.origin, **layout.defaults}
    values["occurred_at"] = _moment(given, layout.zone)
    for target, cell in given.items():
        if target not in ("occurred_at", "date", "time"):
            values[target] = _read(target, cell)
    if not values.get("external_id"):
        values["external_id"] = _fingerprint(given)
    return values


def _read(target: str, cell: object) -> Any:
    text = _text(cell)
    if target in _WORDS:
        return _WORDS[target].get(flat(text), text)
    if target in _FLAGS:
        if flat(text) not in FLAGS_BY_WORD:
            raise ItemError("bad_value", target)
        return FLAGS_BY_WORD[flat(text)]
    if target in _IDS:
        return _whole(target, text)
    return _seconds(text) if target == "duration" else text


def _moment(given: Mapping[str, object], zone: ZoneInfo) -> str | None:
    """Return when it was, in ISO 8601 with a time zone, None when nothing says."""
    if "occurred_at" in given:
        cell = given["occurred_at"]
    elif "date" in given:
        cell = given["date"]
        if isinstance(cell, datetime):
            cell = cell.date().isoformat()
        cell = f"{_text(cell)} {_text(given.get('time'))}".strip()
    else:
        return None
    moment = cell if isinstance(cell, datetime) else _parse_moment(_text(cell))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.isoformat()


def _parse_moment(text: str) -> datetime:
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(text)
    for day in _FORMATS:
        for clock in _CLOCKS:
            try:
                # The zone of the sheet is put on by the caller.
                return datetime.strptime(text, f"{day}{clock}")  # noqa: DTZ007
            except ValueError:
                continue
    raise ItemError("bad_time", "occurred_at")


def _seconds(text: str) -> int:
    """Read seconds, or minutes and hours with colons."""
    parts = text.replace(",", ".").split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError as error:
        raise ItemError("bad_value", "duration") from error
    seconds = 0.0
    for number in numbers:
        seconds = seconds * 60 + number
    if not (len(parts) <= 3 and 0 <= seconds < 10**7):
        raise ItemError("bad_value", "duration")
    return int(seconds)


def _whole(target: str, text: str) -> int:
    number = text.removesuffix(".0")
    if not (number.isascii() and number.isdecimal() and len(number) < 11):
        raise ItemError("bad_value", target)
    return int(number)


def _fingerprint(given: Mapping[str, object]) -> str:
    told = "\n".join(f"{target}={_text(given[target])}" for target in sorted(given))
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def _text(cell: object) -> str:
    """Return a cell as people would write it; whole numbers have no point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\0", "").strip()

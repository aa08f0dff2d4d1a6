"""Call detail records of Asterisk, as its module cdr_csv writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .call import Call

COLUMNS = (
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
)
_NEEDED = len(COLUMNS) - 2
# Extensions of a house are shorter than any number outside.
_LONGEST_EXTENSION = 5
_DISPOSITIONS = {
    "ANSWERED": "answered",
    "NO ANSWER": "missed",
    "BUSY": "missed",
    "FAILED": "failed",
    "CONGESTION": "failed",
}
# Of several records of one call the one that tells most wins.
_RANK = ("failed", "missed", "voicemail", "answered")


@dataclass(frozen=True, slots=True)
class CdrError:
    """A line nobody can use: its number, from 1 on, and the code of what is wrong."""

    line: int
    code: str


@dataclass(frozen=True, slots=True)
class CdrLine:
    """A call and the first line that tells of it."""

    line: int
    call: Call


@dataclass(frozen=True, slots=True)
class CdrResult:
    """What a file holds.

    :param internal: how many lines were talk within the house.
    """

    lines: tuple[CdrLine, ...]
    errors: tuple[CdrError, ...]
    internal: int


class _Unusable(ValueError):
    pass


def parse_cdr(text: str, zone: str) -> CdrResult:
    """Read a Master.csv.

    A call that rang at several telephones has several lines with one identifier:
    they become one call. Linear in the number of lines.

    :param zone: name of the time zone the system writes in.
    """
    calls: dict[str, CdrLine] = {}
    errors: list[CdrError] = []
    internal = 0
    for number, cells in _records(text):
        try:
            call = _call(cells, ZoneInfo(zone))
        except _Unusable as error:
            errors.append(CdrError(number, str(error)))
            continue
        if call is None:
            internal += 1
            continue
        known = calls.get(call.call_id)
        if known is None or _tells_more(call, known.call):
            calls[call.call_id] = CdrLine(known.line if known else number, call)
    return CdrResult(tuple(calls.values()), tuple(errors), internal)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    for number, cells in enumerate(reader, start=1):
        is_header = number == 1 and "disposition" in [cell.lower() for cell in cells]
        if cells and not is_header:
            yield number, cells


def _call(cells: list[str], zone: ZoneInfo) -> Call | None:
    """Return the call of a line, None for one within the house."""
    if len(cells) < _NEEDED:
        raise _Unusable("too_few_columns")
    values = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=False))
    is_from_us, is_to_us = (_is_extension(values[name]) for name in ("src", "dst"))
    if is_from_us and is_to_us:
        return None
    state = _DISPOSITIONS.get(values["disposition"].upper())
    if state is None:
        raise _Unusable("unknown_disposition")
    if state == "answered" and values["lastapp"].lower() == "voicemail":
        state = "voicemail"
    direction = "outgoing" if is_from_us else "incoming"
    return Call(
        call_id=values.get("uniqueid") or _identity(values),
        direction=direction,
        # A customer who was not put through has been missed.
        state="missed" if (direction, state) == ("incoming", "failed") else state,
        started_at=_moment(values["start"], zone),
        duration=_seconds(values["billsec"]) if state == "answered" else 0,
        caller=values["src"] or None,
        called=values["dst"] or None,
        extension=_extension(values, is_from_us),
        is_over=True,
    )


def _extension(values: dict[str, str], is_from_us: bool) -> str | None:
    if is_from_us:
        return values["src"]
    # PJSIP/101-0000001a: the telephone that took it.
    device = values["dstchannel"].rpartition("/")[2].partition("-")[0]
    if _is_extension(device):
        return device
    return values["dst"] if _is_extension(values["dst"]) else None


def _identity(values: dict[str, str]) -> str:
    return "/".join(values[name] for name in ("start", "src", "dst", "channel"))


def _is_extension(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_EXTENSION


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=zone)
        return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError) as error:
        raise _Unusable("bad_time") from error


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise _Unusable("bad_duration")
    return int(text)


def _tells_more(call: Call, known: Call) -> bool:
    return _RANK.index(call.state) > _RANK.index(known.state)

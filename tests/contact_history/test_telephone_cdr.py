from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephone import CdrError, CdrResult, parse_cdr
from telephone.cdr import COLUMNS

ROW = {
    "accountcode": "",
    "src": "221234567",
    "dst": "101",
    "dcontext": "from-trunk",
    "clid": '"Mill" <221234567>',
    "channel": "PJSIP/trunk-00000019",
    "dstchannel": "PJSIP/102-0000001a",
    "lastapp": "Dial",
    "lastdata": "PJSIP/101&PJSIP/102,20",
    "start": "2026-03-10 13:00:00",
    "answer": "2026-03-10 13:00:05",
    "end": "2026-03-10 13:01:05",
    "duration": "65",
    "billsec": "60",
    "disposition": "ANSWERED",
    "amaflags": "DOCUMENTATION",
    "uniqueid": "1773144000.25",
    "userfield": "",
}


def _parse(rows: list[str], zone: str) -> CdrResult:
    return parse_cdr("".join(rows), zone)


def _line(**values: str) -> str:
    cells = {**ROW, **values}
    quoted = ('"' + cells[name].replace('"', '""') + '"' for name in COLUMNS)
    return ",".join(quoted) + "\n"


def test_answered_call_is_read_in_the_zone_of_the_system() -> None:
    (line,) = _parse([_line()], "Europe/Warsaw").lines
    call = line.call

    assert call.started_at == datetime.fromisoformat("2026-03-10T12:00:00")
    assert (call.state, call.duration) == ("answered", 60)
    assert (call.direction, call.customer) == ("incoming", "221234567")
    assert (call.extension, call.call_id) == ("102", "1773144000.25")


@pytest.mark.parametrize(
    ("values", "direction", "state", "extension"),
    [
        ({"disposition": "NO ANSWER"}, "incoming", "missed", "102"),
        ({"disposition": "BUSY", "dstchannel": ""}, "incoming", "missed", "101"),
        ({"disposition": "FAILED"}, "incoming", "missed", "102"),
        ({"lastapp": "VoiceMail"}, "incoming", "voicemail", "102"),
        (
            {"dst": "48221112233", "dstchannel": "PJSIP/trunk-1"},
            "incoming",
            "answered",
            None,
        ),
        (
            {"src": "101", "dst": "601234567", "disposition": "FAILED"},
            "outgoing",
            "failed",
            "101",
        ),
    ],
)
def test_kinds_of_calls(
    values: dict[str, str], direction: str, state: str, extension: str | None
) -> None:
    (line,) = _parse([_line(**values)], "UTC").lines

    assert line.call.direction == direction
    assert line.call.state == state
    assert line.call.extension == extension


def test_telephones_that_rang_together_are_one_call() -> None:
    result = _parse(
        [
            _line(disposition="NO ANSWER", dstchannel="PJSIP/101-1"),
            _line(),
            _line(disposition="NO ANSWER", dstchannel="PJSIP/103-1"),
        ],
        "UTC",
    )

    (line,) = result.lines
    assert (line.line, line.call.state, line.call.extension) == (1, "answered", "102")


def test_talk_within_the_house_is_left_out() -> None:
    result = _parse([_line(src="101", dst="102")], "UTC")

    assert (result.lines, result.errors, result.internal) == ((), (), 1)


def test_header_and_empty_lines_are_no_calls() -> None:
    result = _parse([",".join(COLUMNS) + "\n", "\n", _line()], "UTC")

    assert len(result.lines) == 1
    assert not result.errors


def test_lines_nobody_can_use_are_told_and_stop_nothing() -> None:
    result = _parse(
        [
            "a,b\n",
            _line(start="yesterday"),
            _line(disposition="DANCED"),
            _line(billsec="-1"),
            _line(),
        ],
        "UTC",
    )

    assert result.errors == (
        CdrError(1, "too_few_columns"),
        CdrError(2, "bad_time"),
        CdrError(3, "unknown_disposition"),
        CdrError(4, "bad_duration"),
    )
    assert len(result.lines) == 1


def test_line_without_identifier_is_known_by_its_content() -> None:
    row = _line(uniqueid="")

    assert len(_parse([row, row, _line(uniqueid="", src="2")], "UTC").lines) == 1
    assert len(_parse([row, _line(uniqueid="", src="229999999")], "UTC").lines) == 2


@given(st.permutations([_line(uniqueid=str(n)) for n in range(4)] * 2))
def test_order_of_the_lines_does_not_matter(rows: list[str]) -> None:
    found = {line.call for line in _parse(rows, "UTC").lines}

    assert len(found) == 4


@given(st.text(max_size=400))
def test_any_text_is_taken(text: str) -> None:
    parse_cdr(text, "UTC")

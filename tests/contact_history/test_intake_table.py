from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import TARGETS, ItemError, Layout, guess_columns, parse_item, row_values

NOW = datetime.fromisoformat("2026-12-10T12:00:00")
WARSAW = ZoneInfo("Europe/Warsaw")


def _layout(*columns: str | None, **defaults: Any) -> Layout:
    return Layout("old-crm", columns, WARSAW, defaults)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["ID", "When", "Type"], ("external_id", "occurred_at", "channel")),
        (["Data", "Godzina:", "Kanał"], ("date", "time", "channel")),
        (["Ημερομηνία", "Τηλέφωνο"], ("date", "address")),
        (["Date", "Telephone"], ("date", "address")),
        (["Data", "Numer telefonu"], ("date", "address")),
        (["external_id", "occurred_at"], ("external_id", "occurred_at")),
        (["Weather", ""], (None, None)),
        (["E-mail", "Phone"], ("address", None)),
    ],
)
def test_columns_are_known_by_their_titles(
    header: list[str], expected: tuple[str | None, ...]
) -> None:
    assert guess_columns(header) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "2026-07-01 09:00",
        "2026-07-01T09:00:00",
        "2026-07-01T07:00:00+00:00",
        "01.07.2026 09:00",
        "1/7/2026 9:00",
        "2026/07/01 09:00:00",
        datetime.fromisoformat("2026-07-01 09:00"),
    ],
)
def test_moments_are_read_in_the_zone_of_the_sheet(cell: object) -> None:
    values = row_values([cell], _layout("occurred_at"))

    moment = datetime.fromisoformat(values["occurred_at"])
    assert moment.astimezone(UTC) == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_day_and_hour_may_stand_apart() -> None:
    for day in ("10.03.2026", datetime.fromisoformat("2026-03-10")):
        values = row_values([day, "13:05"], _layout("date", "time"))
        assert values["occurred_at"] == "2026-03-10T13:05:00+01:00"


@pytest.mark.parametrize(
    ("target", "cell", "expected"),
    [
        ("channel", "Rozmowa", "call"),
        ("channel", "pigeon", "pigeon"),
        ("direction", "Εισερχόμενη", "incoming"),
        ("state", "nieodebrane", "missed"),
        ("duration", "1:30", 90),
        ("duration", "1:00:01", 3601),
        ("duration", 12.0, 12),
        ("duration", "12,5", 12),
        ("is_confidential", "Tak", True),
        ("needs_no_answer", "no", False),
        ("partner_id", 7.0, 7),
        ("address", 48221234567.0, "48221234567"),
    ],
)
def test_cells_are_read_as_people_write_them(
    target: str, cell: object, expected: object
) -> None:
    assert row_values([cell], _layout(target))[target] == expected


@pytest.mark.parametrize(
    ("target", "cell", "code"),
    [
        ("occurred_at", "yesterday", "bad_time"),
        ("date", "31.02.2026", "bad_time"),
        ("duration", "long", "bad_value"),
        ("duration", "1:1:1:1", "bad_value"),
        ("duration", "nan", "bad_value"),
        ("is_automatic", "maybe", "bad_value"),
        ("partner_id", "Mill", "bad_value"),
    ],
)
def test_cell_that_cannot_be_read_is_named(target: str, cell: str, code: str) -> None:
    with pytest.raises(ItemError) as caught:
        row_values([cell], _layout(target))

    assert caught.value.code == code


def test_row_becomes_an_item() -> None:
    layout = _layout(
        "occurred_at", "address", channel="call", direction="incoming", company_id=3
    )
    cells = ["2026-03-10 13:00", "601 234 567", "left out"]

    item = parse_item(row_values(cells, layout), NOW)

    assert (item.origin, item.channel, item.company_id) == ("old-crm", "call", 3)
    assert item.occurred_at == datetime.fromisoformat("2026-03-10T12:00:00")


def test_row_without_identifier_is_known_by_what_it_says() -> None:
    layout = _layout("occurred_at", "address")
    first = row_values(["2026-03-10 13:00", "1"], layout)
    again = row_values([" 2026-03-10 13:00", "1", "more"], layout)
    other = row_values(["2026-03-10 13:01", "1"], layout)

    assert first["external_id"] == again["external_id"] != other["external_id"]
    assert row_values(["9"], _layout("external_id"))["external_id"] == "9"


def test_empty_cells_leave_the_defaults() -> None:
    layout = _layout("channel", "occurred_at", channel="call")

    values = row_values(["", None], layout)

    assert values["channel"] == "call"
    assert values["occurred_at"] is None


@given(
    st.lists(
        st.one_of(st.text(), st.none(), st.integers(), st.floats(), st.datetimes()),
        max_size=len(TARGETS),
    )
)
def test_no_row_breaks_the_reading(cells: list[object]) -> None:
    with contextlib.suppress(ItemError):
        item = parse_item(row_values(cells, _layout(*TARGETS)), NOW)
        assert item.origin == "old-crm"

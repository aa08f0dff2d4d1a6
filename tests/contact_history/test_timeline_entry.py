from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from timeline_strategies import full_entries

from timeline import Attachment, Cursor, Entry, EntryError

NOON = datetime.fromisoformat("2026-11-23T12:00:05")


def test_source_values_become_an_entry_with_falsy_ones_unset() -> None:
    entry = Entry.from_values(
        "interaction",
        {
            "id": 7,
            "occurred_at": NOON,
            "subject": False,
            "duration": 0,
            "attachments": [{"id": 1, "name": "a.pdf", "mimetype": "application/pdf"}],
            "key": "ignored",
        },
    )

    assert entry == Entry(
        "interaction",
        "7",
        NOON,
        attachments=(Attachment(1, "a.pdf", "application/pdf"),),
    )


def test_source_may_deliver_attachments_ready_made() -> None:
    files = (Attachment(1, "a.pdf", "application/pdf"),)

    entry = Entry.from_values(
        "mail", {"id": "1", "occurred_at": NOON, "attachments": files}
    )

    assert entry.attachments == files


@pytest.mark.parametrize(
    ("values", "code"),
    [
        pytest.param({"occurred_at": NOON}, "missing_key", id="no id"),
        pytest.param({"id": 1}, "missing_key", id="no time"),
        pytest.param(
            {"id": 1, "occurred_at": NOON, "price": 5}, "unknown_key", id="unknown"
        ),
        pytest.param({"id": "1x", "occurred_at": NOON}, "bad_id", id="id no number"),
        pytest.param({"id": "٣", "occurred_at": NOON}, "bad_id", id="other digits"),
        pytest.param({"id": 0, "occurred_at": NOON}, "bad_id", id="id zero"),
        pytest.param({"id": 2**31, "occurred_at": NOON}, "bad_id", id="id too large"),
        pytest.param({"id": "1" * 5000, "occurred_at": NOON}, "bad_id", id="id huge"),
        pytest.param({"id": 1, "occurred_at": "now"}, "bad_time", id="time is text"),
        pytest.param(
            {"id": 1, "occurred_at": NOON.replace(tzinfo=UTC)}, "bad_time", id="zone"
        ),
        pytest.param(
            {"id": 1, "occurred_at": NOON, "level": "all"}, "bad_level", id="level"
        ),
    ],
)
def test_entry_that_cannot_be_shown_is_refused(
    values: dict[str, Any], code: str
) -> None:
    with pytest.raises(EntryError) as caught:
        Entry.from_values("s", values)

    assert caught.value.code == code


def test_key_and_cursor_name_the_place_of_the_entry() -> None:
    entry = Entry("interaction", "12", NOON)

    assert entry.key == "interaction:12"
    assert entry.cursor == Cursor(NOON, "interaction", 12)


@given(full_entries)
def test_dict_is_json_and_complete(entry: Entry) -> None:
    values = entry.as_dict()

    assert json.loads(json.dumps(values)) == values
    assert values["key"] == entry.key
    assert "id" not in values
    assert values["attachments"][0]["name"] == "plan.pdf"


def test_time_is_written_as_clients_parse_it() -> None:
    assert Entry("s", "1", NOON).as_dict()["occurred_at"] == "2026-11-23 12:00:05"

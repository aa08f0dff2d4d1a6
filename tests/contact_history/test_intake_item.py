from __future__ import annotations

import contextlib
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import Item, ItemError, parse_item

NOW = datetime.fromisoformat("2026-03-10T12:00:00")
GIVEN: dict[str, object] = {
    "origin": "whatsapp",
    "external_id": "m-1",
    "channel": "social",
    "direction": "incoming",
    "occurred_at": "2026-03-10T12:30:00+01:00",
}
HALF_PAST = datetime.fromisoformat("2026-03-10T11:30:00")


def test_item_with_the_least_there_must_be() -> None:
    item = parse_item({**GIVEN, "subject": "", "text": None}, NOW)

    assert item == Item("whatsapp", "m-1", "social", "incoming", HALF_PAST)
    assert item.key == ("whatsapp", "m-1")


def test_item_with_everything() -> None:
    more = {
        "state": "answered",
        "address": " +48 601 234 567 ",
        "subject": "Hello",
        "text": "Words",
        "user": "anna",
        "duration": 60,
        "partner_id": 7,
        "company_id": 2,
        "is_automatic": True,
        "needs_no_answer": False,
        "is_confidential": True,
    }
    expected = {**more, "address": "+48 601 234 567"}

    item = parse_item({**GIVEN, **more}, NOW)

    assert {name: getattr(item, name) for name in more} == expected


@pytest.mark.parametrize(
    ("values", "code", "name"),
    [
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"origin": None}, "missing", "origin"),
        ({"external_id": "  "}, "missing", "external_id"),
        ({"channel": "smoke"}, "bad_value", "channel"),
        ({"direction": ["incoming"]}, "bad_value", "direction"),
        ({"external_id": 7}, "bad_value", "external_id"),
        ({"subject": "x" * 501}, "too_long", "subject"),
        ({"duration": -1}, "bad_value", "duration"),
        ({"duration": True}, "bad_value", "duration"),
        ({"partner_id": "7"}, "bad_value", "partner_id"),
        ({"is_automatic": "yes"}, "bad_value", "is_automatic"),
        ({"occurred_at": "noon"}, "bad_time", "occurred_at"),
        ({"occurred_at": "2026-03-10T12:00:00"}, "bad_time", "occurred_at"),
        ({"occurred_at": "2026-03-10T12:00:01+00:00"}, "in_future", "occurred_at"),
        ({"origin": "manual"}, "reserved", "origin"),
        ({"origin": "phone-3"}, "reserved", "origin"),
    ],
)
def test_item_nobody_can_record_is_refused(
    values: dict[str, object], code: str, name: str
) -> None:
    with pytest.raises(ItemError) as caught:
        parse_item({**GIVEN, **values}, NOW)

    assert (caught.value.code, caught.value.name) == (code, name)


@pytest.mark.parametrize("nothing", [None, "text", ["origin"], 7])
def test_item_that_is_no_object_is_refused(nothing: object) -> None:
    with pytest.raises(ItemError, match="no_object"):
        parse_item(nothing, NOW)


@given(
    st.dictionaries(
        st.sampled_from(list(Item.__dataclass_fields__)),
        st.one_of(
            st.text(max_size=9), st.integers(), st.booleans(), st.lists(st.none())
        ),
    )
)
def test_any_item_is_read_or_refused(values: dict[str, object]) -> None:
    with contextlib.suppress(ItemError):
        assert isinstance(parse_item({**GIVEN, **values}, NOW), Item)

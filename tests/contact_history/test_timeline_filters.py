from __future__ import annotations

from typing import Any

import pytest

from timeline import Filters, FiltersError


@pytest.mark.parametrize("nothing", [None, {}, {"channels": [], "directions": None}])
def test_no_wish_shows_everything(nothing: dict[str, Any] | None) -> None:
    filters = Filters.from_values(nothing)

    assert filters == Filters()
    assert not filters.is_active


def test_wishes_are_read() -> None:
    filters = Filters.from_values({"channels": ["call", "sms"], "directions": ("in",)})

    assert filters == Filters(frozenset({"call", "sms"}), frozenset({"in"}))
    assert filters.is_active


def test_words_and_flag_are_read() -> None:
    filters = Filters.from_values({"text": "  price \0 list ", "unanswered": True})

    assert filters == Filters(text="price list", unanswered=True)
    assert filters.is_active
    assert Filters.from_values({"text": " ", "unanswered": None}) == Filters()
    assert Filters.from_values({"text": "", "branches": []}) == Filters()


def test_choices_are_read() -> None:
    filters = Filters.from_values(
        {
            "branches": [1, 2],
            "people": (3,),
            "kinds": ["offer"],
            "attachments": True,
            "system": True,
        }
    )

    assert filters == Filters(
        branches=frozenset({1, 2}),
        people=frozenset({3}),
        kinds=frozenset({"offer"}),
        attachments=True,
        system=True,
    )
    assert filters.is_active


def test_kinds_and_system_leave_no_entry_out_for_what_it_is_like() -> None:
    assert not Filters(kinds=frozenset({"offer"}), system=True).is_active


def test_filters_besides_some_are_the_others() -> None:
    filters = Filters(branches=frozenset({1}), text="price")

    assert filters.besides("branches") == Filters(text="price")
    assert not filters.besides("branches", "text").is_active


@pytest.mark.parametrize(
    ("values", "code", "name"),
    [
        pytest.param(["call"], "bad_value", "filters", id="no mapping"),
        pytest.param({"colour": ["red"]}, "unknown_filter", "colour", id="unknown"),
        pytest.param({"channels": "call"}, "bad_value", "channels", id="text"),
        pytest.param({"text": 1}, "bad_value", "text", id="number as text"),
        pytest.param({"text": "x" * 101}, "bad_value", "text", id="long text"),
        pytest.param({"unanswered": "no"}, "bad_value", "unanswered", id="no flag"),
        pytest.param({"directions": [1]}, "bad_value", "directions", id="number"),
        pytest.param({"kinds": ["a"] * 201}, "bad_value", "kinds", id="many"),
        pytest.param({"branches": "1"}, "bad_value", "branches", id="text as ids"),
        pytest.param({"branches": [True]}, "bad_value", "branches", id="flag as id"),
        pytest.param({"branches": [0]}, "bad_value", "branches", id="zero"),
        pytest.param({"people": [2**31]}, "bad_value", "people", id="large id"),
        pytest.param({"people": [1] * 201}, "bad_value", "people", id="many ids"),
        pytest.param({"system": 1}, "bad_value", "system", id="number as flag"),
    ],
)
def test_filter_nobody_can_apply_is_refused(values: Any, code: str, name: str) -> None:
    with pytest.raises(FiltersError) as caught:
        Filters.from_values(values)

    assert (caught.value.code, caught.value.name) == (code, name)

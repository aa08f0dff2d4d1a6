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
    ],
)
def test_filter_nobody_can_apply_is_refused(values: Any, code: str, name: str) -> None:
    with pytest.raises(FiltersError) as caught:
        Filters.from_values(values)

    assert (caught.value.code, caught.value.name) == (code, name)

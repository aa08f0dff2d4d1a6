from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import (
    CanonicalError,
    canonical_json,
    canonical_value,
    parse_canonical,
)

NAIVE = datetime.fromisoformat("2026-01-01T00:00:00")
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=6)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        (Decimal("1250.00"), '"1250"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("0.10"), '"0.1"'),
        (Decimal("100"), '"100"'),
        ("Łódź", '"\\u0141\\u00f3d\\u017a"'),
        (date(2026, 11, 23), '"2026-11-23"'),
        ((1, True), "[1,true]"),
    ],
)
def test_value_has_one_text(value, text):
    assert canonical_json(value) == text


def test_moment_is_written_in_utc():
    warsaw = timezone(timedelta(hours=1))

    text = canonical_json(datetime(2026, 11, 23, 9, 30, 15, 999, warsaw))

    assert text == '"2026-11-23T08:30:15Z"'


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"lines": [{"qty": 1.5}]}, "float", "lines.0.qty"),
        ({"a": {1: "x"}}, "key", "a.1"),
        ({"at": NAIVE}, "naive_datetime", "at"),
        ([Decimal("NaN")], "not_finite", "0"),
        (Decimal("Infinity"), "not_finite", ""),
        ({"x": {1, 2}}, "type", "x"),
        (b"bytes", "type", ""),
    ],
)
def test_value_without_canonical_form_is_refused_with_its_place(value, code, path):
    with pytest.raises(CanonicalError) as caught:
        canonical_json(value)

    assert (caught.value.code, caught.value.path) == (code, path)
    assert code in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"a": 1}', "not_canonical"),
        ('{"b":1,"a":2}', "not_canonical"),
        ('{"a":1,"a":1}', "not_canonical"),
        ('"ł"', "not_canonical"),
        ("1.5", "not_canonical"),
        ("NaN", "not_canonical"),
    ],
)
def test_text_in_another_form_is_refused(text, code):
    with pytest.raises(CanonicalError) as caught:
        parse_canonical(text)

    assert caught.value.code == code


@given(VALUES)
def test_reading_and_writing_again_changes_nothing(value):
    text = canonical_json(value)

    assert canonical_json(parse_canonical(text)) == text
    assert text.isascii()


@given(st.dictionaries(st.text(), st.integers()))
def test_order_of_keys_does_not_matter(value):
    backwards = dict(reversed(value.items()))

    assert canonical_json(backwards) == canonical_json(value)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12),
    st.integers(0, 6),
)
def test_trailing_zeros_do_not_matter(number, zeros):
    text = format(number, "f")
    padded = Decimal(text + ("" if "." in text else ".") + "0" * zeros)

    assert canonical_json(padded) == canonical_json(number)


@given(VALUES)
def test_value_reads_as_it_was_written(value):
    assert canonical_value(value) == parse_canonical(canonical_json(value))

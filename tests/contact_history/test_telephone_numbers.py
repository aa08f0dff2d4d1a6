from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephone import Number, number_of, numbers_in

PL = Number("+48221234567")


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("22 123 45 67", "PL", [PL]),
        ("+48 22 123-45-67", None, [PL]),
        ("0048 22 123 45 67", "GR", [PL]),
        ("22 123 45 67", "", []),
        ("(22) 123-45-67", "PL", [PL]),
        ("+48 22 123-45-67 w. 12", "PL", [Number("+48221234567", "12")]),
        ("22 123 45 67 wew. 305", "PL", [Number("+48221234567", "305")]),
        ("210 123 4567 εσωτ. 9", "GR", [Number("+302101234567", "9")]),
        ("22 123 45 67 ext. 7", "PL", [Number("+48221234567", "7")]),
        (
            "tel. 22 123 45 67, kom. 601 234 567",
            "PL",
            [PL, Number("+48601234567")],
        ),
        ("22 123 45 67 / +30 210 123 4567", "PL", [PL, Number("+302101234567")]),
        ("22 123 45 67; 22 123 45 67", "PL", [PL]),
        ("call the office", "PL", []),
        ("112", "PL", []),
        ("", "PL", []),
        (None, "PL", []),
    ],
)
def test_numbers_are_found_as_people_write_them(
    text: str | None, region: str | None, expected: list[Number]
) -> None:
    assert numbers_in(text, region) == tuple(expected)


@pytest.mark.parametrize(
    ("raw", "region", "expected"),
    [
        ("48221234567", "PL", PL),
        ("48221234567", "GR", PL),
        ("+48221234567", None, PL),
        ("221234567", "PL", PL),
        ("sip:+48221234567@pbx.example", "GR", PL),
        ("101", "PL", None),
        ("anonymous", "PL", None),
        ("99999999999999", "PL", None),
        (None, "PL", None),
    ],
)
def test_number_of_a_telephone_system(
    raw: str | None, region: str, expected: Number | None
) -> None:
    assert number_of(raw, region) == expected


@given(st.text(max_size=300), st.sampled_from([None, "PL", "GR"]))
def test_any_text_is_taken(text: str, region: str | None) -> None:
    for number in numbers_in(text, region):
        assert number.e164.startswith("+")
        assert number_of(number.e164, region) == Number(number.e164)


def test_number_is_dialled_and_read_with_its_extension() -> None:
    assert PL.uri == "tel:+48221234567"
    assert PL.readable == "+48 22 123 45 67"
    extended = Number("+48221234567", "12")
    assert extended.uri == "tel:+48221234567;ext=12"
    assert extended.readable == "+48 22 123 45 67 ext. 12"

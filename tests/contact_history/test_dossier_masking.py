"""Other people are left out, and the person's own data is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import Masker

OWN = ("Mary Mill", "mary@mill.example", "+48 22 123 45 67")


def mask(text, others=("Max Mustermann", "", "!"), own=OWN):
    return Masker(others, own, ["meridian.example"], "[…]").mask(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talked to Max Mustermann.", "Talked to […]."),
        ("MUSTERMANN called", "[…] called"),
        ("Mustermanns", "Mustermanns"),
        ("max@other.example wrote", "[…] wrote"),
        ("Mary@mill.example wrote", "Mary@mill.example wrote"),
        ("anna@meridian.example wrote", "anna@meridian.example wrote"),
        ("eve@notmeridian.example", "[…]"),
        ("call +48 601 602 603", "call […]"),
        ("call 022 123-45-67", "call 022 123-45-67"),
        ("call 0048 22 1234567 now", "call 0048 22 1234567 now"),
        (
            "on 2026-03-10 at 12:00, 1 200 000.00",
            "on 2026-03-10 at 12:00, 1 200 000.00",
        ),
        ("order S00012345", "order S00012345"),
        ("room 012 345", "room 012 345"),
    ],
)
def test_text_without_the_others(text, expected):
    assert mask(text) == expected


def test_surname_in_common_stays():
    assert mask("Mill was here, not Max Mill", ["Max Mill"]) == "Mill was here, not […]"
    assert mask("Mary Mill", ["Mary Mill"]) == "Mary Mill"


def test_short_surnames_are_masked_in_the_whole_name_only():
    assert mask("Li Wu and Wu", ["Li Wu"]) == "[…] and Wu"


def test_nobody_else_changes_nothing():
    assert mask("Max Mustermann", []) == "Max Mustermann"


@given(st.text(), st.lists(st.text(max_size=20), max_size=5))
def test_no_whole_name_is_left(text, others):
    masked = mask(f"{text} Max Mustermann", [*others, "Max Mustermann"])

    assert "max mustermann" not in masked.casefold()


@given(st.text())
def test_own_name_stays(text):
    assert "Mary Mill" in mask(f"{text} Mary Mill", ["Mary Mill", "Mill"])

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import normalise_vat

SAME_NIP = [
    ("5260001246", "PL"),
    ("526-000-12-46", "PL"),
    ("PL 526 000 12 46", None),
    ("pl5260001246", "DE"),
    ("NIP: 526-00-01-246".removeprefix("NIP: "), "pl"),
    ("５２６０００１２４６", "PL"),
]


@pytest.mark.parametrize(("value", "country"), SAME_NIP)
def test_ways_to_write_one_polish_number_are_one(value, country):
    key = normalise_vat(value, country)

    assert key is not None
    assert (key.value, key.is_valid) == ("PL5260001246", True)


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("EL094259216", None),
        ("ΕΛ 094259216", None),
        ("GR094259216", None),
        ("094259216", "GR"),
        ("094259216", "EL"),
    ],
)
def test_greek_numbers_travel_under_two_prefixes(value, country):
    key = normalise_vat(value, country)

    assert key is not None
    assert (key.country, key.number, key.is_valid) == ("GR", "094259216", True)


@pytest.mark.parametrize(
    ("value", "country", "expected"),
    [
        ("DE136695976", None, "DE136695976"),
        ("136 695 976", "DE", "DE136695976"),
        ("ATU13585627", None, "ATU13585627"),
        ("U13585627", "AT", "ATU13585627"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("NL4495445B01", None, "NL004495445B01"),
    ],
)
def test_other_countries(value, country, expected):
    key = normalise_vat(value, country)

    assert key is not None
    assert (key.value, key.is_valid) == (expected, True)


@pytest.mark.parametrize(
    "value",
    ["0000000000", "1111111111", "PL9999999999", "123456789", "1234567890", "", "-"],
)
def test_placeholders_are_no_numbers(value):
    assert normalise_vat(value, "PL") is None


@pytest.mark.parametrize("value", ["brak", "N/A", "/", "1234", "nie dotyczy"])
def test_words_are_no_numbers(value):
    assert normalise_vat(value, "PL") is None


def test_wrong_check_digit_is_kept_as_unchecked():
    key = normalise_vat("526-000-12-47", "PL")

    assert key is not None
    assert (key.number, key.is_valid) == ("5260001247", False)


def test_prefix_that_does_not_check_yields_to_the_country_that_does():
    # A Czech-looking prefix in front of nothing Czech must not hide the valid number.
    assert normalise_vat("5260001246", "PL") == normalise_vat("PL5260001246", "CZ")


def test_without_country_and_prefix_nothing_is_known():
    assert normalise_vat("5260001246", None) is None


@given(st.text(max_size=300), st.none() | st.text(max_size=5))
def test_any_text_is_survived(value, country):
    normalise_vat(value, country)


COUNTRIES = st.sampled_from(
    [
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "ES",
        "FR",
        "GB",
        "GR",
        "HU",
        "IE",
        "IT",
        "PL",
        "RO",
        "US",
    ]
)


@given(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -./", max_size=20),
    st.none() | COUNTRIES,
)
def test_normalising_twice_changes_nothing(value, country):
    once = normalise_vat(value, country)

    if once is not None:
        twice = normalise_vat(once.value, once.country)
        assert twice is not None
        if once.is_valid:
            assert twice == once

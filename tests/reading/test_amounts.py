from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import find_amounts, find_currency, parse_number
from reading.folding import fold

WRITTEN = {
    "polish": (" ", ","),
    "polish, hard space": ("\u00a0", ","),
    "polish, narrow space": ("\u202f", ","),
    "german and greek": (".", ","),
    "english": (",", "."),
    "swiss": ("'", "."),
    "plain comma": ("", ","),
    "plain point": ("", "."),
}
cents = st.integers(min_value=0, max_value=10**12).map(lambda n: Decimal(n) / 100)


def write(value, thousands, decimals):
    return f"{value:,.2f}".translate(str.maketrans({",": thousands, ".": decimals}))


@given(cents, st.sampled_from(sorted(WRITTEN)))
def test_every_way_of_writing_gives_the_same_number(value, way):
    assert parse_number(write(value, *WRITTEN[way])) == value


@given(
    cents.filter(bool), st.sampled_from(sorted(WRITTEN)), st.sampled_from(["zł", "€"])
)
def test_an_amount_is_found_in_a_sentence(value, way, currency):
    text = f"Razem: {write(value, *WRITTEN[way])} {currency} do zapłaty"

    [found] = find_amounts(fold(text))

    assert found.value == value
    assert found.currency == {"zł": "PLN", "€": "EUR"}[currency]


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text):
    parse_number(text)
    find_currency(text)
    assert all(found.value >= 0 for found in find_amounts(fold(text)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 345", "12345"),
        ("12.345", "12345"),
        ("12,345", "12345"),
        ("0,125", "0.125"),
        ("12,3", "12.3"),
        ("1.234.567", "1234567"),
        ("1234,567", "1234.567"),
        ("-5,00", "-5"),
        ("5,", "5"),
    ],
)
def test_ambiguous_writing(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "12,34,5", "1.23.456", "1,2.3.4", "9" * 17, "1" * 41, "1,5e9", "12a"],
)
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PLN 1 234,50", [("1234.50", "PLN")]),
        ("EUR 99.00 or 120 USD", [("99.00", "EUR"), ("120", "USD")]),
        ("€ 1.500,-", [("1500", "EUR")]),
        (
            "netto 100,00 vat 23,00 brutto 123,00",
            [("100", None), ("23", None), ("123", None)],
        ),
        ("23% of 100", [("100", None)]),
        ("Oferta 17/2026", []),
        ("2 szt. 500,00 zł", [("2", None), ("500", "PLN")]),
        ("1.23.4 EUR", []),
    ],
)
def test_amounts_of_a_line(text, found):
    amounts = find_amounts(fold(text))

    assert [(amount.value, amount.currency) for amount in amounts] == [
        (Decimal(value), currency) for value, currency in found
    ]


@pytest.mark.parametrize(
    ("text", "currency"),
    [("PLN", "PLN"), ("zł", "PLN"), (" eur ", "EUR"), ("€", "EUR"), ("gold", None)],
)
def test_currency_of_a_cell(text, currency):
    assert find_currency(text) == currency


@given(st.text(max_size=80))
def test_folding_keeps_the_place_of_each_character(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)

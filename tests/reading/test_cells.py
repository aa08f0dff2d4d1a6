from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.cells import find_mark, parse_cell

STYLES = {
    "polish": (" ", ","),
    "hard": ("\u00a0", ","),
    "german": (".", ","),
    "english": (",", "."),
}
ways = st.sampled_from(sorted(STYLES))
amounts = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 100)
quantities = st.integers(0, 10**8).map(lambda n: Decimal(n) / 1000)


def write(value, way, digits=2):
    return f"{value:,.{digits}f}".translate(
        str.maketrans(dict(zip(",.", STYLES[way], strict=True)))
    )


@given(amounts, ways)
def test_every_way_of_writing_gives_the_same_number(value, way):
    assert parse_cell(write(value, way)).value == value


@given(quantities, ways)
def test_three_decimals_are_read_where_the_table_settles_its_mark(value, way):
    mark = find_mark([write(Decimal("1234.5"), way)])

    assert parse_cell(write(value, way, 3), mark).value == value


@given(amounts, ways, st.sampled_from(["zł", "PLN", "€", "$ "]))
def test_currencies_are_no_units(value, way, currency):
    text = (
        f"{currency}{write(abs(value), way)}"
        if currency == "$ "
        else f"{write(value, way)} {currency}"
    )

    assert parse_cell(text) == (abs(value) if currency == "$ " else value, "")


@given(st.text(max_size=80), st.sampled_from([None, ",", "."]))
def test_no_text_makes_it_fail(text, mark):
    found = parse_cell(text, mark)

    assert find_mark([text]) in (None, ",", ".")
    assert found is None or abs(found.value) < 10**13


@pytest.mark.parametrize(
    ("text", "mark", "value", "unit"),
    [
        ("2 szt.", None, "2", "szt."),
        ("1,500", None, "1500", ""),
        ("1,500", ",", "1.500", ""),
        ("1.500", ",", "1500", ""),
        ("12.5 m2", None, "12.5", "m2"),
        ("100,-", ",", "100", ""),
        ("-10%", None, "-10", "%"),
        ("5,00 zł/szt.", ",", "5.00", "zł/szt."),
        ("1.234.567,8901", ",", "1234567.8901", ""),
    ],
)
def test_number_and_unit(text, mark, value, unit):
    assert parse_cell(text, mark) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CX-400",
        "05.11.2026",
        "3 x 5",
        "9" * 20,
        "12,34.56",
        "szt.",
        "x" * 70,
        "0,0000001",
    ],
)
def test_other_things_are_no_numbers(text):
    assert parse_cell(text) is None
    assert parse_cell(text, ".") is None


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1 234,56", "5"], ","),
        (["1,234.56"], "."),
        (["1,5", "1.5"], None),
        (["1.234", "CX-1,5"], None),
        ([], None),
    ],
)
def test_decimal_mark_of_a_table(texts, mark):
    assert find_mark(texts) == mark

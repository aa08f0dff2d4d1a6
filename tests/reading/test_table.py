import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from file_builders import locked, make_pdf, make_xlsx, zip_of
from hypothesis import given
from hypothesis import strategies as st

from reading import (
    COLUMN_FIELDS,
    DEFAULT_LIMITS,
    Limits,
    ReadingError,
    SafeArchive,
    check_names,
    guess_columns,
    is_zip,
    parse_row,
    read_table,
)
from reading import table as table_module

cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=2, max_size=5))
def test_what_is_written_as_csv_is_read(rows):
    stream = io.StringIO()
    table_module.csv.writer(stream, delimiter=";").writerows(
        [["number", "total"], *rows]
    )

    found = read_table(stream.getvalue().encode())

    assert found.header == ("number", "total")
    assert [list(row) for _number, row in found.rows] == rows


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_delimiters_and_encodings(delimiter, encoding):
    text = delimiter.join(("Numer", "Żółć")) + "\n\n" + delimiter.join(("1", "zł"))

    found = read_table(text.encode(encoding), ["cp1250"])

    assert found.header == ("Numer", "Żółć")
    assert found.rows == ((3, ("1", "zł")),)


def test_xlsx_with_dates_and_numbers():
    data = make_xlsx(
        ["Number", "Date", "Time", "Total", "Note"],
        ["A1", date(2026, 11, 5), datetime.fromisoformat("2026-11-05"), 1234.5, None],
        [None] * 5,
        ["A2", "5.11.2026", None, 100, None],
    )

    found = read_table(data)

    assert found.rows[0] == (2, ("A1", "2026-11-05", "2026-11-05", "1234.5"))
    assert found.rows[1] == (4, ("A2", "5.11.2026", "", "100"))
    assert table_module._cell(date(2026, 1, 2)) == "2026-01-02"


def broken_xlsx():
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    files = {
        name: SafeArchive(stream.getvalue(), DEFAULT_LIMITS).read(name)
        for name in SafeArchive(stream.getvalue(), DEFAULT_LIMITS).names
    }
    return zip_of({**files, "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"x" * 101, "too_big"),
        (b"a;b\n\xa5\x98", "encoding"),
        (b"a;b\n\0\0", "encoding"),
        (make_pdf(), "unsupported"),
        (locked(make_xlsx(["a"])), "encrypted"),
        (broken_xlsx(), "broken"),
        (b'a;b\n"' + b"x" * 140_000 + b'";', "broken"),
        (";".join(["x"] * 101).encode(), "columns"),
    ],
)
def test_lists_that_cannot_be_read(data, code):
    limits = Limits(bytes=100 if code == "too_big" else 10**6)

    with pytest.raises(ReadingError) as caught:
        read_table(data, ["utf-8"], limits)

    assert caught.value.code == code


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(table_module, "MAX_ROWS", 2)

    assert len(read_table(b"a\n1\n2").rows) == 2
    with pytest.raises(ReadingError, match="rows: 2"):
        read_table(b"a\n1\n2\n3")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("../a.pdf",), "path"),
        (("a/../../b.pdf",), "path"),
        (("/etc/passwd",), "path"),
        (("C:\\a.pdf",), "path"),
        (("..\\a.pdf",), "path"),
        (("offers/inner.zip",), "nested"),
        (("a.tar.gz",), "nested"),
    ],
)
def test_names_that_are_not_to_be_trusted(names, code):
    with pytest.raises(ReadingError) as caught:
        check_names(names)

    assert caught.value.code == code


def test_trusted_names_and_zip_sign():
    check_names(("offers/Oferta 1.pdf", "b.docx"))

    assert is_zip(zip_of({}))
    assert not is_zip(b"a;b")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ("Numer oferty", "Klient", "NIP", "Kwota brutto", "Netto", "Waluta"),
            ("number", "customer", "vat", "amount_total", "amount_untaxed", "currency"),
        ),
        (
            ("Angebotsnummer", "Kunde", "Datum", "Gültig bis", "Gesamtbetrag"),
            ("number", "customer", "date", "validity", "amount_total"),
        ),
        (
            ("Αριθμός προσφοράς", "Πελάτης", "ΑΦΜ", "Σύνολο"),
            ("number", "customer", "vat", "amount_total"),
        ),
        (
            ("Offer No.", "Customer name", "Net amount", "Total EUR", "Files"),
            ("number", "customer", "amount_untaxed", "amount_total", "documents"),
        ),
        (("offer_number", "x", "total"), ("number", None, "amount_total")),
    ],
)
def test_columns_are_guessed(header, columns):
    guessed = {index: field for field, index in guess_columns(header).items()}

    assert tuple(map(guessed.get, range(len(header)))) == columns


@given(st.lists(st.text(max_size=20), max_size=12))
def test_no_column_is_taken_twice(header):
    guessed = guess_columns(header)

    assert len(set(guessed.values())) == len(guessed)
    assert guessed.keys() <= {*COLUMN_FIELDS}


def test_row_is_read():
    row, faults = parse_row(
        {
            "number": " OF/1  2026 ",
            "amount_total": "1 234,50 zł",
            "amount_untaxed": "1000",
            "date": "5.11.2026",
            "validity": "2026-12-31",
            "currency": "zł",
            "state": "Wygrana",
            "documents": "a.pdf; b.pdf;a.pdf",
            "customer": "Łącznik",
        }
    )

    assert faults == ()
    assert (row.number, row.amount_total) == ("OF/1 2026", Decimal("1234.50"))
    assert (row.date, row.validity) == (date(2026, 11, 5), date(2026, 12, 31))
    assert (row.currency, row.state) == ("PLN", "won")
    assert row.documents == ("a.pdf", "b.pdf")
    assert (row.customer, row.vat) == ("Łącznik", None)


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({}, [("number", "missing"), ("amount_total", "missing")]),
        ({"number": "1", "amount_total": "much"}, [("amount_total", "number")]),
        ({"number": "1", "amount_total": "9" * 14}, [("amount_total", "range")]),
        ({"number": "1", "amount_total": "5", "date": "soon"}, [("date", "date")]),
        (
            {"number": "1", "amount_total": "5", "currency": "gold"},
            [("currency", "currency")],
        ),
        ({"number": "1", "amount_total": "5", "state": "odd"}, [("state", "state")]),
        (
            {"number": "1", "amount_total": "5", "amount_untaxed": "6"},
            [("amount_untaxed", "order")],
        ),
        (
            {
                "number": "1",
                "amount_total": "5",
                "date": "2026-02-02",
                "validity": "2026-01-01",
            },
            [("validity", "order")],
        ),
    ],
)
def test_every_fault_of_a_row_is_told(values, faults):
    row, found = parse_row(values)

    assert row is None
    assert [(one.field, one.code) for one in found] == faults


@given(st.dictionaries(st.sampled_from(COLUMN_FIELDS), st.text(max_size=30)))
def test_no_row_makes_it_fail(values):
    row, faults = parse_row(values)

    assert (row is None) == bool(faults)

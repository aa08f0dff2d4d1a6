from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from file_builders import make_mail, make_pdf, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st
from table_builders import (
    POLISH,
    docx_body,
    docx_table,
    odt_body,
    odt_table,
    pdf_table,
    xlsx_plain,
    xlsx_table,
)

from reading import DEFAULT_LIMITS, find_lines, find_unit, read_lines
from reading.grids import Grid, Piece, read_grids
from reading.headings import find_field

MAKERS = {"pdf": pdf_table, "docx": docx_table, "odt": odt_table, "xlsx": xlsx_plain}
ENGLISH = (
    ("No.", "Description", "Qty", "Unit", "Unit price", "Disc.", "Amount"),
    ("1", "Lathe CX-400", "2", "pcs", "40,000.00", "5%", "76,000.00"),
    ("2", "Training", "3", "h", "1,000.00", "", "3,000.00"),
    ("3", "Freight", "1", "set", "1,000.00", "", "1,000.00"),
    ("", "", "", "", "", "Subtotal", "80,000.00"),
)
GERMAN = (
    ("Pos.", "Bezeichnung", "Menge", "Einheit", "Einzelpreis", "Rabatt", "Gesamt"),
    ("1", "Drehmaschine CX-400", "2", "Stk", "40.000,00", "5 %", "76.000,00"),
    ("2", "Schulung", "3", "Std", "1.000,00", "", "3.000,00"),
    ("3", "Fracht", "1", "Stk", "1.000,00", "", "1.000,00"),
    ("", "", "", "", "", "Summe netto", "80.000,00"),
)
GREEK = (
    ("Α/Α", "Περιγραφή", "Ποσότητα", "Μ.Μ.", "Τιμή", "Έκπτωση", "Αξία"),
    ("1", "Τόρνος CX-400", "2", "τεμ.", "40.000,00", "5", "76.000,00"),
    ("2", "Εκπαίδευση", "3", "ώρες", "1.000,00", "", "3.000,00"),
    ("3", "Μεταφορά", "1", "τεμ.", "1.000,00", "", "1.000,00"),
    ("", "", "", "", "", "Σύνολο", "80.000,00"),
)


def lines_of(data):
    [table] = read_lines(data)
    return table


def cells(*rows):
    """Return the lines of a table of these rows of texts."""
    grid = Grid(
        tuple(
            tuple(Piece(at, at + 1, text) for at, text in enumerate(row) if text)
            for row in rows
        )
    )
    return find_lines([grid])


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("rows", [POLISH, ENGLISH, GERMAN], ids=["pl", "en", "de"])
def test_lines_of_every_format_and_language(kind, rows):
    lines = lines_of(MAKERS[kind](rows))

    assert [line.text for line in lines] == [row[1] for row in rows[1:4]]
    assert [line.quantity for line in lines] == [2, 3, 1]
    assert [line.unit for line in lines] == [row[3] for row in rows[1:4]]
    assert [line.price for line in lines] == [40000, 1000, 1000]
    assert [line.discount for line in lines] == [5, 0, 0]
    assert sum(line.total for line in lines) == 80000
    assert all(line.is_sound for line in lines)


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])
def test_lines_in_greek(kind):
    lines = lines_of(MAKERS[kind](GREEK))

    assert [line.text for line in lines] == [row[1] for row in GREEK[1:4]]
    assert sum(line.total for line in lines) == 80000
    assert [find_unit(line.unit) for line in lines] == ["unit", "hour", "unit"]


@pytest.mark.parametrize(
    ("valign", "words"), [("TOP", 8), ("TOP", 12), ("TOP", 16), ("MIDDLE", 8)]
)
def test_text_that_goes_on_below_stays_with_its_line(valign, words):
    long = [" ".join(f"{name}word{at}" for at in range(words)) for name in "ab"]
    rows = (
        POLISH[0],
        ("1", long[0], "2", "szt.", "10,00", "", "20,00"),
        ("2", long[1], "1", "szt.", "5,00", "", "5,00"),
    )

    lines = lines_of(pdf_table(rows, valign))

    assert [line.text for line in lines] == long
    assert sum(line.total for line in lines) == 25


def test_a_table_goes_on_with_its_heading_on_the_next_page():
    items = [
        (str(at), f"Towar {at}", "1", "szt.", "10,00", "", "10,00") for at in range(90)
    ]

    lines = lines_of(pdf_table((POLISH[0], *items)))

    assert [line.text for line in lines] == [item[1] for item in items]


def test_two_tables_are_parted_by_their_sums():
    other = (POLISH[0], ("1", "Frezarka", "1", "szt.", "5,00", "", "5,00"))

    first, second = read_lines(pdf_table((*POLISH, *other)))

    assert (len(first), len(second)) == (3, 1)
    assert second[0].text == "Frezarka"


def test_numbers_of_a_sheet_are_what_they_are():
    rows = (
        ("Opis", "Ilosc", "Cena netto", "Rabat", "Wartosc netto"),
        ("Blacha", 12.345, 1.125, 0.1, 12.5),
        ("Dzien", "", "", "", 7),
    )

    blacha, other = lines_of(xlsx_table(rows, {3: "0%"}))

    assert (blacha.quantity, blacha.price) == (Decimal("12.345"), Decimal("1.125"))
    assert (blacha.discount, blacha.total) == (10, Decimal("12.5"))
    assert (other.quantity, other.price, other.total) == (1, 7, 7)

    rows = (("Opis", "Ilosc", "Cena netto"), ("Dzien", date(2026, 11, 5), 7), (True,))
    [other] = lines_of(xlsx_plain(rows))
    assert (other.quantity, other.total) == (1, 7)


def test_covered_and_nested_cells_keep_the_columns():
    def row(*cells):
        made = "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{inner}</w:tc>"
            for text, span, inner in cells
        )
        return f"<w:tr>{made}</w:tr>"

    nested = f"<w:tbl>{row(('Opis', 1, ''), ('Cena', 1, ''))}</w:tbl>"
    word = docx_body(
        "<w:tbl>"
        + row(("Opis", 2, ""), ("Ilosc", 1, ""), ("Cena", 1, ""))
        + row(("A", 1, nested), ("", 1, ""), ("2", 1, ""), ("5", 1, ""))
        + "</w:tbl>"
    )
    three = 'table:number-columns-repeated="3"'
    text = odt_body(
        "<table:table><table:table-row><table:table-cell><text:p>Opis</text:p>"
        '</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"'
        "/><table:table-cell><text:p>Ilosc</text:p></table:table-cell>"
        "<table:table-cell><text:p>Cena</text:p></table:table-cell></table:table-row>"
        f"<table:table-row><table:table-cell {three}><text:p>A<text:line-break/>B"
        "</text:p></table:table-cell><table:table-cell><text:p>2</text:p>"
        "</table:table-cell><table:table-cell><text:p>5</text:p></table:table-cell>"
        "<text:soft-page-break/></table:table-row></table:table>"
    )

    assert lines_of(word)[0].total == lines_of(text)[0].total == 10
    assert lines_of(text)[0].text == "A\nB"


def test_rows_and_columns_without_end_are_bounded():
    wide = [("Opis", "Ilosc", "Cena"), ("A", "2", "5", *["x"] * 300)]
    limits = replace(DEFAULT_LIMITS, rows=5, lines=2)
    rows = (*wide, *[("B", "1", "1")] * 50)

    for data in (docx_table(rows), odt_table(rows), xlsx_plain(rows)):
        [table] = read_lines(data, limits)
        assert len(table) == 2
    long = make_pdf(*["x"] * 30, pages=3)
    assert read_lines(long, limits) == ()
    assert len(next(read_grids("pdf", long, limits)).rows) == 5


HEAD = ("Opis", "Ilosc", "Cena", "Rabat", "Wartosc")


@pytest.mark.parametrize(
    ("row", "price", "discount", "total", "is_sound"),
    [
        (("A", "2", "10", "10", "18"), "10", "10", "18", True),
        (("A", "2", "10", "", ""), "10", "0", "20.00", True),
        (("A", "2", "", "", "20"), "10.00", "0", "20", True),
        (("A", "", "", "", "20"), "20.00", "0", "20", True),
        (("A", "0", "", "", "20"), "20", "0", "20", False),
        (("A", "2", "9", "10", "18"), "9", "0", "18", True),  # price has it already
        (("A", "2", "10", "1", "19"), "10", "5.00", "19", True),  # an amount
        (("A", "2", "10", "1", "18"), "10", "10.00", "18", True),  # one a piece
        (("A", "2", "10", "150", "19"), "10", "0", "19", False),
        (("A", "2", "10", "", "25"), "10", "0", "25", False),
        (("A", "3", "3,33", "", "10"), "3.33", "0", "10", True),  # a rounded price
    ],
)
def test_amounts_of_a_line_are_reckoned_and_checked(
    row, price, discount, total, is_sound
):
    [[line]] = cells(HEAD, row)

    assert (line.price, line.discount, line.total) == tuple(
        map(Decimal, (price, discount, total))
    )
    assert line.is_sound == is_sound


def test_price_after_discount():
    head = ("Opis", "Ilosc", "Cena", "Cena po rabacie", "Wartosc")
    [[line, same]] = cells(head, ("A", "2", "10", "8", "16"), ("B", "1", "5", "5", "5"))
    assert (line.price, line.discount, same.discount) == (10, 20, 0)

    [[only]] = cells(("Opis", "Ilosc", "Cena po rabacie"), ("A", "2", "8"))
    assert (only.price, only.total) == (8, 16)


def test_gross_amounts_only_where_there_are_no_others():
    head = ("Opis", "Ilosc", "Cena brutto", "Wartosc brutto")
    [[line]] = cells(head, ("A", "2", "12,30", "24,60"))
    assert (line.price, line.total) == (Decimal("12.30"), Decimal("24.60"))

    head = ("Opis", "Ilosc", "Cena netto", "VAT", "Wartosc brutto")
    [[line]] = cells(head, ("A", "2", "10", "23%", "24,60"))
    assert (line.price, line.total) == (10, 20)


def test_sums_sections_and_carried_forward_are_no_lines():
    found = cells(
        ("Total", "of"),
        HEAD,
        ("Montaż",),
        ("Total station TS-07", "1", "10", "", "10"),
        (),
        ("Do przeniesienia", "", "", "", "10"),
        ("B", "1", "5", "", "5"),
        ("Razem", "", "", "", "15"),
        ("VAT 23%", "", "", "", "3,45"),
    )

    assert [[line.text for line in table] for table in found] == [
        ["Total station TS-07", "B"]
    ]


def test_code_and_several_descriptions():
    [[line]] = cells(
        ("Kod", "Nazwa", "Opis", "Cena", "Cena"), ("CX400", "Tokarka", "CNC", "5", "6")
    )

    assert (line.code, line.text, line.price) == ("CX400", "Tokarka\nCNC", 5)


def test_heading_of_two_lines():
    rows = (
        ("Lp.", "Nazwa", "Ilosc", "J.m.", "Cena", "VAT", "Wartosc"),
        ("", "", "", "", "brutto", "%", "brutto"),
        ("1", "A", "2", "szt.", "12,30", "23", "24,60"),
    )

    assert lines_of(pdf_table(rows))[0].total == Decimal("24.60")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cena jedn. netto [PLN]", "price"),
        ("Wartość brutto", "gross"),
        ("Kwota VAT", "tax"),
        ("Price per unit", "price"),
        ("Preis pro Einheit", "price"),
        ("Dostępność", None),
        ("x" * 500, None),
    ],
)
def test_headings(heading, field):
    assert find_field(heading) == field


def test_lines_of_a_mail_are_those_of_its_first_file_that_has_any():
    mail = make_mail(files=[("a.txt", b"x"), ("b.docx", docx_table(POLISH))])

    assert len(lines_of(mail)) == 3
    assert read_lines(make_mail()) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4 x",
        zip_of({"word/document.xml": "<"}),
        zip_of({"xl/workbook.xml": "x"}),
        b"MZ",
    ],
)
def test_what_cannot_be_read_has_no_lines(data):
    assert read_lines(data) == ()
    assert read_lines(make_mail(files=[("a", data)])) == ()


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12
)
rows = st.lists(
    st.one_of(texts, st.sampled_from(["Opis", "Ilosc", "Cena", "Razem", "5", "1,50"])),
    max_size=6,
)


@given(st.lists(rows, max_size=12), st.booleans())
@settings(max_examples=200)
def test_no_table_makes_it_fail(table, is_layout):
    grid = Grid(
        tuple(
            tuple(Piece(3 * at, 3 * at + 2, text) for at, text in enumerate(row))
            for row in [list(HEAD), *table]
        ),
        is_layout,
    )

    for lines in find_lines([grid]):
        assert all(line.total < 10**26 for line in lines)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 999),
            st.integers(1, 10**9).map(lambda n: Decimal(n) / 100),
            st.integers(0, 60),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=50, deadline=None)
def test_sums_of_written_lines_come_back(items):
    def write(value):
        return f"{value:,.2f}".replace(",", " ").replace(".", ",")

    expected = Decimal(0)
    table = [("Opis", "Ilosc", "Cena netto", "Rabat", "Wartosc netto")]
    for quantity, price, discount in items:
        total = (quantity * price * (100 - discount) / 100).quantize(Decimal("0.01"))
        expected += total
        table.append(("A", str(quantity), write(price), str(discount), write(total)))

    [lines] = read_lines(docx_table(table))

    assert sum(line.total for line in lines) == expected
    assert all(line.is_sound for line in lines)

import io
import zipfile
from datetime import date, datetime, time
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from spreadsheet import (
    Column,
    Heading,
    Money,
    Percent,
    Sheet,
    Toned,
    Workbook,
    write_workbook,
    writing,
)

# Sheets know no time zones: whoever calls has made the reader's time of it.
CREATED = datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001
DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "|x",
    "%0A=1",
    "http://example.com",
    "mailto:a@example.com",
    "{=1}",
]


def rows_of(page, first=4):
    return [
        [cell.value for cell in row]
        for row in page.iter_rows(min_row=first)
        if any(cell.value is not None for cell in row)
    ]


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_text_is_never_a_formula(text, read, write, sheet):
    made = sheet([[text, Toned(text, "muted"), None], Heading(text)], about=[text])

    page = read(made).active

    cells = [cell for row in page.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]
    assert page["A5"].data_type == "s"
    xml = zipfile.ZipFile(io.BytesIO(write(made))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_dangerous_text_stays_text_when_it_is_edited(text, read, sheet):
    page = read(sheet([[text, "harmless", None]])).active

    assert page["A4"].quotePrefix
    assert not page["B4"].quotePrefix


@given(st.text(max_size=60))
def test_any_text_gives_a_file_that_opens_without_formulas(text):
    stream = io.BytesIO()
    made = Sheet(text, text, [Column(text)], [[text], Heading(text)], about=[text])
    write_workbook(stream, Workbook(text, text, CREATED, [made]))

    page = load_workbook(stream).active

    assert not [c for row in page.iter_rows() for c in row if c.data_type == "f"]


def test_equal_workbooks_give_equal_bytes(write, sheet):
    def make():
        return write(sheet([["a", Money(1.5, "PLN"), date(2026, 1, 1)]]))

    first = make()
    sleep(2.1)  # the clock of a ZIP ticks every two seconds

    assert make() == first


def test_values_keep_their_kind(read, sheet):
    moment = CREATED
    made = sheet(
        [[Money(1234.5, "PLN"), Percent(5.0), moment], [3, 2.5, date(2026, 1, 31)]],
    )
    page = read(made, date_format="dd.mm.yyyy").active

    assert rows_of(page) == [
        [1234.5, 0.05, moment],
        [3, 2.5, datetime.combine(date(2026, 1, 31), time.min)],
    ]
    assert page["A4"].number_format == '#,##0.00\\ "PLN"'
    assert page["C4"].number_format == "dd.mm.yyyy hh:mm"
    assert page["C5"].number_format == "dd.mm.yyyy"
    assert page["A5"].number_format == "#,##0"


def test_change_shows_its_sign(read, sheet):
    page = read(sheet([[Percent(-8.7, is_change=True), None, None]])).active

    assert page["A4"].number_format.startswith("+0.0%;-0.0%")


def test_head_is_frozen_filtered_and_repeated_on_paper(read, sheet):
    page = read(sheet([["a", "b", "c"]] * 3, about=["Branch: Kraków"])).active

    assert page["A1"].value == "Title"
    assert page["A2"].value == "Branch: Kraków"
    assert page.freeze_panes == "B5"
    assert page.auto_filter.ref == "A4:C7"
    assert page.print_title_rows == "$4:$4"


def test_sheet_with_headings_has_no_filter(read, sheet):
    page = read(sheet([Heading("Terms")], has_filter=False)).active

    assert page.auto_filter.ref is None
    assert page["A4"].font.bold


def test_totals_are_formulas_by_currency_and_right(read, sheet):
    columns = [Column("A"), Column("Sum", "money", is_total=True), Column("Cur")]
    rows = [
        ["x", Money(1.0, "PLN"), "PLN"],
        ["y", Toned(Money(2.5, "EUR"), "less"), "EUR"],
        Heading("z"),
        ["w", None, "EUR"],
        ["v", Money(4.0, "PLN"), "PLN"],
    ]
    made = sheet(rows, columns, total_label="Total {currency}")

    page = read(made).active

    assert rows_of(page)[-2:] == [
        ["Total EUR", '=SUMIFS($B$4:$B$8,$C$4:$C$8,"EUR")', None],
        ["Total PLN", '=SUMIFS($B$4:$B$8,$C$4:$C$8,"PLN")', None],
    ]


def test_totals_show_without_reckoning(write, sheet):
    columns = [Column("A"), Column("Sum", "money", is_total=True), Column("Cur")]
    rows = [["x", Money(1.0, "PLN"), "PLN"], ["y", Money(2.0, "PLN"), "PLN"]]

    data = io.BytesIO(write(sheet(rows, columns)))

    assert load_workbook(data, data_only=True).active["B6"].value == 3


def test_currency_with_signs_gets_no_formula(read, sheet):
    code = '"&A'
    columns = [Column("A"), Column("Sum", "money", is_total=True), Column("Cur")]
    page = read(sheet([["x", Money(1.0, code), code]], columns)).active

    assert page["B5"].value == 1
    assert page["B4"].number_format == "#,##0.00"


def test_full_sheet_goes_on_in_another_one(read, sheet, monkeypatch):
    monkeypatch.setattr(writing, "MAX_ROWS", 105)

    book = read(sheet([[f"{number}", None, None] for number in range(5)]))

    assert book.sheetnames == ["List", "List (2)", "List (3)"]
    texts = [cell for page in book for row in rows_of(page) for cell in row if cell]
    assert texts == ["0", "1", "2", "3", "4"]


def test_names_of_sheets_are_short_plain_and_different(read, sheet):
    names = ["a" * 40, "a" * 40, "[x]:*?/\\'", "", "A" * 40]

    book = read(*(sheet([], name=name) for name in names))

    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_number_of_rows_is_told(sheet):
    made = sheet([["a", "b", "c"]] * 7)

    book = Workbook("t", "a", CREATED, [made, sheet([["x"] * 3])])

    assert write_workbook(io.BytesIO(), book) == 8


def test_rows_are_read_one_by_one(sheet):
    pulled = []

    def rows():
        for number in range(50):
            pulled.append(number)
            yield [f"{number}", None, None]

    write_workbook(io.BytesIO(), Workbook("t", "a", CREATED, [sheet(rows())]))

    assert pulled == list(range(50))

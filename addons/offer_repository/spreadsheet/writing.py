"""From a :class:`Workbook` to the bytes of an XLSX file, row by row."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from .model import Heading, Money, Percent, Row, Sheet, Toned, Value, Workbook
from .patterns import money_pattern, percent_pattern
from .styles import DANGEROUS, Styles
from .totals import Totals

# An XLSX sheet has so many rows, and a cell so many characters.
MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767
# Left for totals below a full sheet.
_RESERVE = 100
_NO_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MAX_NAME = 25  # of 31, so that a number fits behind
# What XML cannot hold; tabulators and line ends it can.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}


def write_workbook(stream: IO[bytes], workbook: Workbook) -> int:
    """Write ``workbook`` into ``stream``; equal workbooks give equal bytes.

    Texts are always written as texts, whatever they begin with; the only formulas are
    the totals, which are made of row numbers and currency codes. Memory does not grow
    with the rows; a sheet that is full goes on in another one.

    :return: number of rows written
    """
    book = xlsxwriter.Workbook(stream, dict(_OPTIONS))
    book.set_properties(
        {
            "title": _clean(workbook.title),
            "author": _clean(workbook.author),
            "created": workbook.created,
        }
    )
    styles, names = Styles(book), set[str]()
    written = 0
    for sheet in workbook.sheets:
        writer = _SheetWriter(book, styles, sheet, workbook.date_format, names)
        written += writer.write()
    book.close()
    return written


def _clean(text: str) -> str:
    return _NO_XML.sub("�", text)[:_MAX_TEXT]


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return ``name`` as Excel takes it: short, without signs, once in a book."""
    short = "".join(
        letter if ord(letter) < 0x10000 else "�"  # counts twice there
        for letter in _NO_NAME.sub(" ", _clean(name)).strip()[:_MAX_NAME]
    )
    base = short.strip() or "1"
    number, result = 1, base
    while result.casefold() in taken:
        number += 1
        result = f"{base} ({number})"
    taken.add(result.casefold())
    return result


class _SheetWriter:
    """Writes one sheet, and others after it when the rows are too many."""

    def __init__(
        self, book: Any, styles: Styles, sheet: Sheet, dates: str, names: set[str]
    ) -> None:
        self._book, self._styles, self._sheet = book, styles, sheet
        self._dates, self._names = dates, names
        self._page: Any = None
        self._line = self._top = 0
        self._totals = Totals(sheet.columns, sheet.total_label)

    def write(self) -> int:
        rows, written = iter(self._sheet.rows), 0
        while True:
            self._open()
            count, is_done = self._fill(rows)
            self._close()
            written += count
            if is_done:
                return written

    def _open(self) -> None:
        page = self._book.add_worksheet(_sheet_name(self._sheet.name, self._names))
        self._page, self._line = page, 0
        self._totals = Totals(self._sheet.columns, self._sheet.total_label)
        for place, column in enumerate(self._sheet.columns):
            page.set_column(place, place, min(max(column.width, 4), 80))
        self._put(0, self._sheet.title, self._styles.title)
        for text in self._sheet.about:
            self._line += 1
            self._put(0, text, self._styles.about)
        self._line += 2
        for place, column in enumerate(self._sheet.columns):
            self._put(place, column.title, self._styles.head)
        self._line += 1
        self._top = self._line
        page.freeze_panes(self._top, self._sheet.fixed)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self._top - 1)
        page.set_footer("&R&P / &N")

    def _fill(self, rows: Iterator[Row]) -> tuple[int, bool]:
        first = self._line
        while self._line < MAX_ROWS - _RESERVE:
            row = next(rows, None)
            if row is None:
                return self._line - first, True
            self._write_row(row)
            self._line += 1
        return self._line - first, False

    def _write_row(self, row: Row) -> None:
        if isinstance(row, Heading):
            for place in range(len(self._sheet.columns)):
                text = row.text if place == 0 else ""
                self._put(place, text, self._styles.heading)
            return
        self._totals.add(row)
        for place, value in enumerate(row):
            self._write_value(place, value)

    def _write_value(self, place: int, value: Value | Toned) -> None:
        tone = value.tone if isinstance(value, Toned) else ""
        plain = value.value if isinstance(value, Toned) else value
        if isinstance(plain, str):
            style = self._styles.text(tone, plain.startswith(DANGEROUS))
            self._put(place, plain, style)
        elif isinstance(plain, date):
            style = self._styles.cell(tone, num_format=self._date_format(plain))
            self._page.write_datetime(self._line, place, plain, style)
        elif isinstance(plain, int | float | Money | Percent):
            number, pattern = _number(plain)
            style = self._styles.cell(tone, num_format=pattern)
            self._page.write_number(self._line, place, number, style)

    def _date_format(self, value: date) -> str:
        return f"{self._dates} hh:mm" if isinstance(value, datetime) else self._dates

    def _put(self, place: int, text: str, style: Any) -> None:
        self._page.write_string(self._line, place, _clean(text), style)

    def _close(self) -> None:
        last = max(self._line - 1, self._top)
        if self._sheet.has_filter:
            width = len(self._sheet.columns) - 1
            self._page.autofilter(self._top - 1, 0, last, width)
        for total in self._totals.rows():
            self._put(0, total.label, self._styles.cell("strong"))
            for place, sum_ in total.sums.items():
                style = self._styles.cell("strong", num_format=total.pattern)
                formula = total.formula(place, self._top, last, xl_range_abs)
                if formula:
                    self._page.write_formula(self._line, place, formula, style, sum_)
                else:
                    self._page.write_number(self._line, place, sum_, style)
            self._line += 1


def _number(value: float | Money | Percent) -> tuple[float, str]:
    if isinstance(value, Money):
        return value.amount, money_pattern(value.currency, value.digits)
    if isinstance(value, Percent):
        return value.value / 100.0, percent_pattern(value.is_change)
    return value, "#,##0" if value == round(value) else "#,##0.###"

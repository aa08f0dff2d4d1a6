"""A workbook for the tests, and what a reader finds in it."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from spreadsheet import Column, Sheet, Workbook, write_workbook

# Sheets know no time zones: whoever calls has made the reader's time of it.
CREATED = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001


@pytest.fixture
def write():
    """Return a function that writes sheets and gives the bytes."""

    def make(*sheets, **values):
        stream = io.BytesIO()
        book = Workbook("Offers", "Meridian", CREATED, sheets, **values)
        write_workbook(stream, book)
        return stream.getvalue()

    return make


@pytest.fixture
def sheet():
    """Return a function that makes a sheet of rows with text columns."""

    def make(rows, columns=None, **values):
        columns = columns or [Column("A"), Column("B"), Column("C")]
        return Sheet(values.pop("name", "List"), "Title", columns, rows, **values)

    return make


@pytest.fixture
def read(write):
    """Return a function that writes sheets and opens them again."""

    def make(*sheets, **values):
        return load_workbook(io.BytesIO(write(*sheets, **values)))

    return make

"""Rows of a CSV or XLSX list, as texts."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from .archives import SafeArchive
from .errors import ReadingError
from .kinds import find_kind
from .limits import DEFAULT_LIMITS, Limits
from .office import open_workbook

MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 2_000
_DELIMITERS = ";\t,|"
_DAMAGE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its header, and each row with the number it has in the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(
    data: bytes, encodings: Iterable[str] = (), limits: Limits = DEFAULT_LIMITS
) -> Table:
    """Return the list in a file: the first sheet of XLSX, or CSV of any delimiter.

    :param encodings: tried in turn for CSV that is not UTF-8
    :raise ReadingError: ``empty``, ``too_big``, ``encrypted``, ``bomb``, ``broken``,
        ``unsupported``, ``encoding``, ``rows`` or ``columns``
    """
    if not data:
        raise ReadingError("empty")
    if len(data) > limits.bytes:
        raise ReadingError("too_big")
    kind = find_kind(data, limits)
    if kind == "xlsx":
        rows = _xlsx_rows(data, limits)
    elif kind == "unknown":
        rows = _csv_rows(_decode(data, encodings))
    else:
        raise ReadingError("unsupported", kind)
    return _table(rows)


def _table(rows: Iterator[tuple[str, ...]]) -> Table:
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(row))
    header = next(numbered, None)
    if header is None:
        raise ReadingError("empty")
    if len(header[1]) > MAX_COLUMNS:
        raise ReadingError("columns", str(len(header[1])))
    found = tuple(itertools.islice(numbered, MAX_ROWS + 1))
    if len(found) > MAX_ROWS:
        raise ReadingError("rows", str(MAX_ROWS))
    return Table(header[1], found)


def _decode(data: bytes, encodings: Iterable[str]) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", *encodings):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReadingError("encoding")


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(cell.strip()[:MAX_CELL] for cell in row)
    except csv.Error as error:
        raise ReadingError("broken", str(error)) from error


def _xlsx_rows(data: bytes, limits: Limits) -> Iterator[tuple[str, ...]]:
    SafeArchive(data, limits)
    try:
        sheet = open_workbook(data).worksheets[0]
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
            cells = [_cell(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            yield tuple(cells)
    except (ElementTree.ParseError, *_DAMAGE) as error:
        raise ReadingError("broken") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).strip()[:MAX_CELL]

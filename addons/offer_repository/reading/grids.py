"""Tables as rows of pieces, each with where it stands from left to right."""

import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple
from xml.etree import ElementTree

from .archives import SafeArchive
from .errors import ReadingError
from .kinds import IMAGES
from .limits import Limits
from .office import DAMAGE, open_workbook, parse_xml
from .pdf import layout_lines, scanned_pages
from .result import Piece, WordFinder
from .scans import rows_of

_MAX_COLUMNS = 40
_MAX_CELL = 2_000
_REPEATED = "number-columns-repeated"
_PARAGRAPHS = frozenset({"p", "h", "br", "line-break"})


class Grid(NamedTuple):
    """Rows of one table or page; an empty row is a gap.

    :ivar is_layout: whether rows are lines on paper, where a text goes on below
    """

    rows: tuple[tuple[Piece, ...], ...]
    is_layout: bool = False


def read_grids(
    kind: str, data: bytes, limits: Limits, find_words: WordFinder | None = None
) -> Iterator[Grid]:
    """Yield what may be tables in a document; nothing for kinds that have none.

    :param find_words: reads the words of pictures, if anything there can
    :raise ReadingError: the document cannot be read
    """
    if kind == "pdf":
        lines = layout_lines(data, limits)
        yield Grid(_bounded(map(_pieces_of_line, lines), limits), is_layout=True)
        if find_words:
            yield _paper(scanned_pages(data, limits), find_words, limits)
    elif kind in IMAGES and find_words:
        yield _paper([data], find_words, limits)
    elif kind == "xlsx":
        yield from _sheets(data, limits)
    elif kind in ("docx", "odt"):
        part = "word/document.xml" if kind == "docx" else "content.xml"
        root = parse_xml(SafeArchive(data, limits).read(part))
        names = ("tbl", "tr", "tc") if kind == "docx" else _ODT
        for table in root.iter():
            if _name(table) == names[0]:
                yield Grid(_bounded(_rows(table, names), limits))


_ODT = ("table", "table-row", "table-cell")


def _bounded(
    rows: Iterable[tuple[Piece, ...]], limits: Limits
) -> tuple[tuple[Piece, ...], ...]:
    return tuple(row for _number, row in zip(range(limits.rows), rows, strict=False))


# ----------------------------------------------------------------------
# Paper
# ----------------------------------------------------------------------


def _paper(pictures: Iterable[bytes], find_words: WordFinder, limits: Limits) -> Grid:
    """Return what stands in pictures of pages; all pages are equally wide."""
    rows = (row for picture in pictures for row in (*rows_of(find_words(picture)), ()))
    return Grid(_bounded(rows, limits), is_layout=True)


def _pieces_of_line(line: str) -> tuple[Piece, ...]:
    """Return the texts of a line that two or more spaces part."""
    found = re.finditer(r"\S+(?: \S+)*", line)
    return tuple(Piece(one.start(), one.end(), one[0]) for one in found)


# ----------------------------------------------------------------------
# Documents
# ----------------------------------------------------------------------


def _rows(
    table: ElementTree.Element, names: tuple[str, ...]
) -> Iterator[tuple[Piece, ...]]:
    """Yield the rows of a table, without those of tables in its cells."""
    stack = list(reversed(table))
    while stack:
        element = stack.pop()
        if _name(element) == names[1]:
            yield tuple(_cells(element, names[2]))
        else:
            stack.extend(reversed(element))


def _cells(row: ElementTree.Element, name: str) -> Iterator[Piece]:
    place = 0
    for cell in row:
        if place >= _MAX_COLUMNS:
            return
        width = _width(cell)
        text = _text(cell) if _name(cell) == name else ""
        if text:
            yield Piece(place, place + 1, text)
        place += width


def _width(cell: ElementTree.Element) -> int:
    """Return over how many columns a cell reaches, covered ones of ODT included."""
    if _name(cell) not in ("tc", "table-cell", "covered-table-cell"):
        return 0
    told = next((v for k, v in cell.items() if k.rpartition("}")[2] == _REPEATED), "")
    for element in cell.iter() if _name(cell) == "tc" else ():
        if _name(element) == "gridSpan":
            told = next(iter(element.attrib.values()), "")
    return min(int(told), _MAX_COLUMNS) if told.isdecimal() else 1


def _text(cell: ElementTree.Element) -> str:
    pieces: list[str] = []
    for element in cell.iter():
        if _name(element) in _PARAGRAPHS:
            pieces.append("\n")
        pieces += [element.text or "", (element is not cell and element.tail) or ""]
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)[:_MAX_CELL]


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


# ----------------------------------------------------------------------
# Sheets
# ----------------------------------------------------------------------


def _sheets(data: bytes, limits: Limits) -> Iterator[Grid]:
    SafeArchive(data, limits)
    try:
        for sheet in open_workbook(data).worksheets:
            rows = sheet.iter_rows(max_col=_MAX_COLUMNS, max_row=limits.rows)
            yield Grid(tuple(tuple(_sheet_cells(row)) for row in rows))
    except (ElementTree.ParseError, *DAMAGE) as error:
        raise ReadingError("broken") from error


def _sheet_cells(row: Iterable[object]) -> Iterator[Piece]:
    for place, cell in enumerate(row):
        text = _sheet_text(getattr(cell, "value", None), cell)
        if text:
            yield Piece(place, place + 1, text)


def _sheet_text(value: object, cell: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        if isinstance(value, datetime.date):
            return value.isoformat()
        return "" if value is None else str(value).strip()[:_MAX_CELL]
    is_percent = "%" in str(getattr(cell, "number_format", ""))
    return _written(value * 100 if is_percent else value) + "%" * is_percent


def _written(value: float | Decimal) -> str:
    """Return a number so that its point cannot be taken for one of thousands."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if len(text.rpartition(".")[2]) == 3 and "." in text else text

"""The table of lines: columns that fit their contents, rows that may cross pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table

from .model import Columns, Line, OfferDocument
from .page import CONTENT_WIDTH
from .style import HAIRLINE, MUTED, Sheet, clean, markup

_SIZE = 8.6
_HEAD_SIZE = 7.6
_GAP = 3.2 * mm
_EDGE = 4.0  # keeps figures off the rim of tinted rows
_SLACK = 1.0  # a text exactly as wide as its cell would wrap
_INDENT = 3 * mm
_MIN_DESCRIPTION = 52 * mm
# A description longer than this goes on in a row of its own, so that it can be broken
# across pages: a table breaks between rows only.
_PIECE_HEIGHT = 60 * mm

_LEFT_ALIGNED = frozenset({"unit", "description"})
_OPTIONAL = ("unit", "unit_price", "discount", "taxes")
_ORDER = (
    "description",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "taxes",
    "amount",
)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Which columns there are and how wide."""

    names: tuple[str, ...]
    widths: tuple[float, ...]


def line_table(document: OfferDocument, sheet: Sheet) -> Table:
    """Return the table of all lines, its heading repeated on every page."""
    grid = _grid(document.columns, document.lines, sheet)
    rows: list[list[object]] = [_head(document.columns, grid, sheet)]
    style: list[tuple[object, ...]] = _base_style(sheet)
    for index, line in enumerate(document.lines):
        first = len(rows)
        rows.extend(_rows(line, grid, sheet))
        is_last = index == len(document.lines) - 1
        style.extend(_line_style(line, first, len(rows) - 1, is_last, sheet))
    return Table(rows, colWidths=grid.widths, repeatRows=1, style=style)


def _grid(columns: Columns, lines: Sequence[Line], sheet: Sheet) -> _Grid:
    names = tuple(
        name
        for name in _ORDER
        if name not in _OPTIONAL or any(getattr(line, name) for line in lines)
    )
    widths = {
        name: _column_width(name, columns, lines, sheet)
        for name in names
        if name != "description"
    }
    rest = CONTENT_WIDTH - sum(widths.values())
    if rest < _MIN_DESCRIPTION:  # squeeze: figures wrap rather than run off the page
        share = (CONTENT_WIDTH - _MIN_DESCRIPTION) / sum(widths.values())
        widths = {name: width * share for name, width in widths.items()}
        rest = _MIN_DESCRIPTION
    widths["description"] = rest
    return _Grid(names, tuple(widths[name] for name in names))


def _column_width(
    name: str, columns: Columns, lines: Sequence[Line], sheet: Sheet
) -> float:
    heading = stringWidth(clean(getattr(columns, name)), sheet.bold, _HEAD_SIZE)
    cells = [
        stringWidth(clean(getattr(line, name)), _cell_font(line, sheet), _SIZE)
        for line in lines
    ]
    limit = 34 * mm if name == "amount" else 28 * mm
    edge = _EDGE if name == "amount" else 0
    return float(min(max([heading, *cells]), limit) + _GAP + _SLACK + edge)


def _cell_font(line: Line, sheet: Sheet) -> str:
    return sheet.regular if line.kind == "item" else sheet.bold


def _head(columns: Columns, grid: _Grid, sheet: Sheet) -> list[object]:
    cells: list[object] = []
    for name in grid.names:
        make = sheet.text if name in _LEFT_ALIGNED else sheet.right
        style = make(_HEAD_SIZE, fontName=sheet.bold, textColor=sheet.accent)
        cells.append(Paragraph(markup(getattr(columns, name)), style))
    return cells


def _rows(line: Line, grid: _Grid, sheet: Sheet) -> Iterator[list[object]]:
    if line.kind == "item":
        yield from _item_rows(line, grid, sheet)
    else:
        yield from _text_rows(line, grid, sheet)


def _item_rows(line: Line, grid: _Grid, sheet: Sheet) -> Iterator[list[object]]:
    pieces = _pieces(_item_paragraph(line, sheet), grid.widths[0] - _EDGE)
    for index, piece in enumerate(pieces):
        cells: list[object] = [piece]
        for name in grid.names[1:]:
            make = sheet.text if name in _LEFT_ALIGNED else sheet.right
            text = getattr(line, name) if index == 0 else ""
            cells.append(Paragraph(markup(text), make(_SIZE)))
        yield cells


def _item_paragraph(line: Line, sheet: Sheet) -> Paragraph:
    title, _, rest = clean(line.text).partition("\n")
    text = f'<font name="{sheet.bold}">{markup(title)}</font>'
    if line.badge:
        text += (
            f' <font name="{sheet.italic}" size="7.4" color="{_hex(sheet)}">'
            f"{markup(line.badge)}</font>"
        )
    if rest.strip():
        text += (
            f'<br/><font size="7.8" color="#{MUTED.hexval()[2:]}">'
            f"{markup(rest.strip())}</font>"
        )
    return Paragraph(text, sheet.text(_SIZE, leftIndent=line.level * _INDENT))


def _hex(sheet: Sheet) -> str:
    return f"#{sheet.accent.hexval()[2:]}"


def _text_rows(line: Line, grid: _Grid, sheet: Sheet) -> Iterator[list[object]]:
    indent = line.level * _INDENT
    if line.kind == "note":
        style = sheet.text(
            _SIZE, fontName=sheet.italic, textColor=MUTED, leftIndent=indent
        )
    else:
        size = 9.2 if line.kind == "section" else _SIZE
        style = sheet.text(size, fontName=sheet.bold, leftIndent=indent)
    width = sum(grid.widths) - 2 * _EDGE - (grid.widths[-1] if line.amount else 0)
    blank = [""] * (len(grid.names) - 2)
    for index, piece in enumerate(_pieces(Paragraph(markup(line.text), style), width)):
        amount: object = ""
        if line.amount and index == 0:
            right = sheet.right(_SIZE, fontName=sheet.bold)
            amount = Paragraph(markup(line.amount), right)
        yield [piece, *blank, amount]


def _pieces(paragraph: Paragraph, width: float) -> Iterator[Paragraph]:
    while True:
        parts = paragraph.split(width, _PIECE_HEIGHT)
        if len(parts) < 2:
            yield paragraph
            return
        yield parts[0]
        paragraph = parts[1]


def _base_style(sheet: Sheet) -> list[tuple[object, ...]]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), _EDGE),
        ("LEFTPADDING", (1, 0), (-1, -1), _GAP),
        ("RIGHTPADDING", (0, 0), (-2, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), _EDGE),
        ("TOPPADDING", (0, 0), (-1, -1), 3.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.6),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 1.1, sheet.accent),
    ]


def _line_style(
    line: Line, first: int, last: int, is_last: bool, sheet: Sheet
) -> Iterator[tuple[object, ...]]:
    if line.kind != "item":
        end = -2 if line.amount else -1
        for row in range(first, last + 1):
            yield ("SPAN", (0, row), (end, row))
    if line.kind == "section":
        yield ("BACKGROUND", (0, first), (-1, last), sheet.tint)
    if last > first:  # pieces of one text read on without a gap
        yield ("BOTTOMPADDING", (0, first), (-1, last - 1), 0)
        yield ("TOPPADDING", (0, first + 1), (-1, last), 0)
    if line.kind in ("section", "subsection") and not is_last:
        yield ("NOSPLIT", (0, first), (-1, last + 1))
    yield ("LINEBELOW", (0, last), (-1, last), 0.4, HAIRLINE)

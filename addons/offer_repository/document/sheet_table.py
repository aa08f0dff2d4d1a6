"""Tables with many columns, on paper turned sideways."""

from collections.abc import Iterator

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    NextPageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from .build import build
from .model import TableCell, TableDocument, TableHead, TablePart, TableRow, Tone
from .page import LANDSCAPE
from .style import HAIRLINE, INK, MUTED, Sheet, make_sheet, markup

_SIZE = 7.8
_NOTE = 6.6
_TONES: dict[Tone, Color] = {
    "": INK,
    "less": HexColor("#a61e2b"),
    "more": HexColor("#1b5e9b"),
    "muted": MUTED,
}
# A table breaks between rows only, so no cell may be higher than a page.
_MAX_CELL = 1500


def render_table(document: TableDocument) -> bytes:
    """Return the PDF of a table; equal documents give equal bytes.

    :raise DocumentError: ``font_missing``
    """
    sheet = make_sheet(document.fonts, document.letterhead.accent)
    return build(document, LANDSCAPE, sheet, _story(document, sheet))


def _story(document: TableDocument, sheet: Sheet) -> Iterator[Flowable]:
    yield NextPageTemplate("later")
    title = sheet.text(15, fontName=sheet.bold, textColor=sheet.accent)
    yield Paragraph(markup(document.title), title)
    for line in document.about:
        yield Paragraph(markup(line), sheet.text(8.2, textColor=MUTED))
    for part in document.parts:
        yield Spacer(0, 4 * mm)
        if part.title:
            yield CondPageBreak(25 * mm)
            yield Paragraph(markup(part.title), sheet.text(11, fontName=sheet.bold))
            yield Spacer(0, 1 * mm)
        yield _table(part, sheet)


def _table(part: TablePart, sheet: Sheet) -> Table:
    total = sum(head.weight for head in part.heads)
    share = LANDSCAPE.content_width / total
    rows = [[_head(head, sheet) for head in part.heads]]
    rows += [_row(row, part.heads, sheet) for row in part.rows]
    return Table(
        rows,
        colWidths=[head.weight * share for head in part.heads],
        repeatRows=1,
        style=list(_style(part, sheet)),
    )


def _head(head: TableHead, sheet: Sheet) -> list[Flowable]:
    make = sheet.right if head.is_right else sheet.text
    style = make(_SIZE, fontName=sheet.bold, textColor=sheet.accent)
    notes = make(_NOTE, textColor=MUTED)
    return [
        Paragraph(markup(head.title), style),
        *(Paragraph(markup(note), notes) for note in head.notes),
    ]


def _row(
    row: TableRow, heads: tuple[TableHead, ...], sheet: Sheet
) -> list[list[Flowable]]:
    if row.is_heading:
        heading = sheet.text(_SIZE, fontName=sheet.bold)
        cell: list[Flowable] = [Paragraph(markup(row.cells[0].text), heading)]
        return [cell, *([[]] * (len(heads) - 1))]
    font = sheet.bold if row.is_strong else sheet.regular
    return [
        list(_cell(cell, head.is_right, font, sheet))
        for cell, head in zip(row.cells, heads, strict=True)
    ]


def _cell(
    cell: TableCell, is_right: bool, font: str, sheet: Sheet
) -> Iterator[Flowable]:
    make = sheet.right if is_right else sheet.text
    color = MUTED if cell.tone == "muted" else INK
    style = make(_SIZE, fontName=font, textColor=color)
    yield Paragraph(markup(cell.text[:_MAX_CELL]), style)
    if cell.remark:
        remark = make(_SIZE, fontName=sheet.bold, textColor=_TONES[cell.tone])
        yield Paragraph(markup(cell.remark), remark)
    for note in cell.notes:
        yield Paragraph(markup(note[:_MAX_CELL]), make(_NOTE, textColor=MUTED))


def _style(part: TablePart, sheet: Sheet) -> Iterator[tuple[object, ...]]:
    yield ("VALIGN", (0, 0), (-1, -1), "TOP")
    yield ("LEFTPADDING", (0, 0), (-1, -1), 3)
    yield ("RIGHTPADDING", (0, 0), (-1, -1), 3)
    yield ("TOPPADDING", (0, 0), (-1, -1), 2.6)
    yield ("BOTTOMPADDING", (0, 0), (-1, -1), 3)
    yield ("LINEBELOW", (0, 0), (-1, 0), 1.1, sheet.accent)
    for place, row in enumerate(part.rows, start=1):
        yield ("LINEBELOW", (0, place), (-1, place), 0.4, HAIRLINE)
        if row.is_heading:
            yield ("SPAN", (0, place), (-1, place))
            yield ("BACKGROUND", (0, place), (-1, place), sheet.tint)

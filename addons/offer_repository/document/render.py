"""From an :class:`OfferDocument` to the bytes of its PDF."""

import io
from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    NextPageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from .build import build
from .model import Block, Fact, OfferDocument, Signature, Total
from .page import CONTENT_WIDTH, PORTRAIT, fitted, load_image
from .style import HAIRLINE, MUTED, Sheet, make_sheet, markup
from .table import line_table

_PLAIN: list[tuple[object, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def render_offer(document: OfferDocument) -> bytes:
    """Return the PDF of ``document``; equal documents give equal bytes.

    Cost grows with the number of lines, about a millisecond each.

    :raise DocumentError: ``font_missing``
    """
    sheet = make_sheet(document.fonts, document.letterhead.accent)
    return build(document, PORTRAIT, sheet, _story(document, sheet))


def _story(document: OfferDocument, sheet: Sheet) -> Iterator[Flowable]:
    yield NextPageTemplate("later")
    yield _opening(document, sheet)
    yield Spacer(0, 9 * mm)
    title = sheet.text(19, fontName=sheet.bold, textColor=sheet.accent)
    yield Paragraph(markup(document.title), title)
    yield Spacer(0, 4 * mm)
    yield line_table(document, sheet)
    yield Spacer(0, 4 * mm)
    yield _totals(document.totals, sheet)
    for block in document.remarks:
        yield from _remark(block, sheet)
    if document.signature:
        yield Spacer(0, 9 * mm)
        yield KeepTogether([_signature(document.signature, sheet)])


def _opening(document: OfferDocument, sheet: Sheet) -> Table:
    left: list[Flowable] = []
    for index, block in enumerate((document.customer, *document.blocks)):
        if index:
            left.append(Spacer(0, 3 * mm))
        left.extend(_address(block, sheet, strong=index == 0))
    widths = [CONTENT_WIDTH * 0.54, CONTENT_WIDTH * 0.46]
    return Table(
        [[left, _facts(document.facts, widths[1], sheet)]], widths, style=_PLAIN
    )


def _address(block: Block, sheet: Sheet, strong: bool) -> Iterator[Flowable]:
    yield Paragraph(markup(block.heading), sheet.text(7.6, textColor=MUTED))
    for index, line in enumerate(block.lines):
        is_name = index == 0 and strong
        size = 10.5 if is_name else 9
        font = sheet.bold if index == 0 else sheet.regular
        yield Paragraph(markup(line), sheet.text(size, fontName=font))


def _facts(facts: Sequence[Fact], width: float, sheet: Sheet) -> Flowable:
    if not facts:
        return Spacer(0, 0)
    rows = [
        [
            Paragraph(markup(fact.label), sheet.text(8.4, textColor=MUTED)),
            Paragraph(markup(fact.value), sheet.right(8.8)),
        ]
        for fact in facts
    ]
    style: list[tuple[object, ...]] = [
        *_PLAIN,
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, HAIRLINE),
    ]
    return Table(rows, [width * 0.42, width * 0.58], style=style)


def _totals(totals: Sequence[Total], sheet: Sheet) -> Flowable:
    if not totals:
        return Spacer(0, 0)
    width = CONTENT_WIDTH * 0.48
    rows: list[list[Flowable]] = []
    style: list[tuple[object, ...]] = [
        *_PLAIN,
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("LEFTPADDING", (0, 0), (0, -1), 4),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 4),
    ]
    for index, total in enumerate(totals):
        size, font = (11, sheet.bold) if total.strong else (8.8, sheet.regular)
        rows.append(
            [
                Paragraph(markup(total.label), sheet.text(size, fontName=font)),
                Paragraph(markup(total.amount), sheet.right(size, fontName=font)),
            ]
        )
        if total.strong:
            style += [
                ("BACKGROUND", (0, index), (-1, index), sheet.tint),
                ("LINEABOVE", (0, index), (-1, index), 1.1, sheet.accent),
                ("TOPPADDING", (0, index), (-1, index), 4.5),
                ("BOTTOMPADDING", (0, index), (-1, index), 5.5),
            ]
    table = Table(rows, [width * 0.5, width * 0.5], hAlign="RIGHT", style=style)
    return KeepTogether([table])


def _remark(block: Block, sheet: Sheet) -> Iterator[Flowable]:
    text = "\n".join(block.lines).strip()
    if not text:
        return
    yield Spacer(0, 6 * mm)
    yield CondPageBreak(22 * mm)
    yield Paragraph(markup(block.heading), sheet.text(9.2, fontName=sheet.bold))
    yield Spacer(0, 1 * mm)
    for line in text.split("\n"):
        yield Paragraph(markup(line) or "&nbsp;", sheet.text(8.4))


def _signature(signature: Signature, sheet: Sheet) -> Table:
    gap = 10 * mm
    width = (CONTENT_WIDTH - gap) / 2
    ours = list(_address(signature.ours, sheet, strong=False))
    return Table(
        [[ours, "", _theirs(signature, width, sheet)]],
        [width, gap, width],
        style=_PLAIN,
    )


def _theirs(signature: Signature, width: float, sheet: Sheet) -> list[Flowable]:
    heading = Paragraph(
        markup(signature.theirs.heading), sheet.text(7.6, textColor=MUTED)
    )
    if signature.signed:
        image = _signature_image(signature.image, width)
        signed = [Paragraph(markup(line), sheet.text(9)) for line in signature.signed]
        return [heading, *image, *signed]
    rows = [
        [Paragraph(markup(label), sheet.text(8.4, textColor=MUTED)), ""]
        for label in signature.theirs.lines
    ]
    style = [
        *_PLAIN,
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (1, 0), (1, -1), 0.6, MUTED),
    ]
    table = Table(rows, [width * 0.3, width * 0.7], [9 * mm] * len(rows), style=style)
    return [heading, table]


def _signature_image(data: bytes | None, width: float) -> list[Flowable]:
    image = load_image(data)
    if image is None:
        return []
    wide, high = fitted(image, min(width, 60 * mm), 22 * mm)
    return [Image(io.BytesIO(data or b""), wide, high, mask="auto", hAlign="LEFT")]

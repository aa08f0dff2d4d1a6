"""A page for the paper binder: the newest hashes of an archive, in print and as QR."""

import io
from dataclasses import dataclass

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from .model import Fact, Fonts
from .page import CONTENT_WIDTH, PORTRAIT
from .style import HAIRLINE, INK, MARGIN, MUTED, Sheet, clean, make_sheet, markup

_QR_SIZE = 58 * mm
_GROUP = 8  # characters of a hash between two spaces, for people who compare


@dataclass(frozen=True, slots=True)
class AnchorSheet:
    """What the page says; all texts translated and formatted.

    :param heads: one line a chain, ``chain:position:hash``
    :param remarks: paragraphs on what the page is good for
    :param signature: label under the line to sign on
    :param fonts: the third one of fixed width, for the hashes
    """

    title: str
    company: str
    facts: tuple[Fact, ...]
    heads: tuple[str, ...]
    remarks: tuple[str, ...]
    signature: str
    fonts: Fonts
    language: str = "en"


def render_anchor(page: AnchorSheet) -> bytes:
    """Return the PDF of ``page``; equal pages give equal bytes.

    :raise DocumentError: ``font_missing``
    """
    sheet = make_sheet(page.fonts, "")
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(PORTRAIT.width, PORTRAIT.height),
        invariant=1,
        lang=page.language,
    )
    canvas.setTitle(clean(f"{page.title} – {page.company}"))
    y = _draw_head(canvas, sheet, page, PORTRAIT.height - 28 * mm)
    y = _draw_facts(canvas, sheet, page, y - 6 * mm)
    y = _draw_heads(canvas, sheet, page, y - 4 * mm)
    y = _draw_code(canvas, page, y - 6 * mm)
    _draw_remarks(canvas, sheet, page, y - 8 * mm)
    canvas.save()
    return stream.getvalue()


def _draw_head(canvas: Canvas, sheet: Sheet, page: AnchorSheet, y: float) -> float:
    y = _paragraph(canvas, page.title, sheet, y, size=20, fontName=sheet.bold)
    return _paragraph(canvas, page.company, sheet, y, size=13, textColor=MUTED)


def _draw_facts(canvas: Canvas, sheet: Sheet, page: AnchorSheet, y: float) -> float:
    for fact in page.facts:
        _paragraph(canvas, fact.label, sheet, y, size=9.5, textColor=MUTED)
        y = _paragraph(canvas, fact.value, sheet, y, size=9.5, indent=45 * mm)
    return y


def _draw_heads(canvas: Canvas, sheet: Sheet, page: AnchorSheet, y: float) -> float:
    canvas.setStrokeColor(HAIRLINE)
    canvas.line(MARGIN, y, PORTRAIT.width - MARGIN, y)
    for head in page.heads:
        chain, _colon, digest = head.rpartition(":")
        parts = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
        y = _paragraph(canvas, chain, sheet, y - 4 * mm, size=10, fontName=sheet.bold)
        y = _paragraph(
            canvas, " ".join(parts), sheet, y, size=10.5, fontName=sheet.italic
        )
    return y


def _draw_code(canvas: Canvas, page: AnchorSheet, y: float) -> float:
    code = QrCodeWidget("\n".join(page.heads), barLevel="M")
    left, bottom, right, top = code.getBounds()
    scale = _QR_SIZE / max(right - left, top - bottom)
    drawing = Drawing(_QR_SIZE, _QR_SIZE, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, canvas, MARGIN, y - _QR_SIZE)
    return float(y - _QR_SIZE)


def _draw_remarks(canvas: Canvas, sheet: Sheet, page: AnchorSheet, y: float) -> None:
    for remark in page.remarks:
        y = _paragraph(canvas, remark, sheet, y, size=9.5) - 3 * mm
    y -= 16 * mm
    canvas.setStrokeColor(INK)
    canvas.line(MARGIN, y, MARGIN + 80 * mm, y)
    _paragraph(canvas, page.signature, sheet, y - 1 * mm, size=8.5, textColor=MUTED)


def _paragraph(
    canvas: Canvas,
    text: str,
    sheet: Sheet,
    y: float,
    size: float,
    indent: float = 0,
    **options: object,
) -> float:
    """Draw a text below ``y`` and return where it ends."""
    paragraph = Paragraph(markup(text), sheet.text(size, **options))
    _width, height = paragraph.wrap(CONTENT_WIDTH - indent, PORTRAIT.height)
    paragraph.drawOn(canvas, MARGIN + indent, y - height)
    return float(y - height)

"""The dossier to read."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from .model import Column, Dossier, Row, Section

_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_INK = HexColor("#22262b")
_MUTED = HexColor("#6b737c")
_HAIRLINE = HexColor("#d5d9de")
# No glyph, or none in most fonts.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_SPACES = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\t": " "})
# One paragraph must fit on a page; a longer text is several.
_MAX_PARAGRAPH = 2000

_font_lock = threading.Lock()
_font_names: dict[str, str] = {}


class DossierError(ValueError):
    """A dossier that cannot be drawn. ``code`` says why: ``font_missing``."""

    def __init__(self, code: str, value: object) -> None:
        super().__init__(f"{code}: {value!r}")
        self.code = code


def to_pdf(dossier: Dossier) -> bytes:
    """Return the bytes of the document.

    Cost grows with the number of rows, a few milliseconds each.

    :raise DossierError: ``font_missing``
    """
    regular, bold = _font(dossier.fonts.regular), _font(dossier.fonts.bold)
    stream = io.BytesIO()
    template = BaseDocTemplate(
        stream,
        pagesize=A4,
        title=dossier.title,
        author=dossier.author,
        lang=dossier.language,
        invariant=1,
    )
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)

    def number(canvas: Canvas, _document: BaseDocTemplate) -> None:
        label = dossier.page_label.format(page=canvas.getPageNumber())
        canvas.setFont(regular, 7.5)
        canvas.setFillColor(_MUTED)
        canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, label)
        canvas.drawString(_MARGIN, 10 * mm, dossier.title)

    template.addPageTemplates([PageTemplate("page", [frame], onPage=number)])
    template.build(list(_Story(dossier, regular, bold)))
    return stream.getvalue()


def _font(path: str) -> str:
    with _font_lock:
        if path not in _font_names:
            name = f"Dossier{len(_font_names)}"
            try:
                pdfmetrics.registerFont(TTFont(name, path))
            except (TTFError, OSError) as error:
                raise DossierError("font_missing", path) from error
            _font_names[path] = name
        return _font_names[path]


class _Story:
    """The flow of one document."""

    def __init__(self, dossier: Dossier, regular: str, bold: str) -> None:
        self.dossier = dossier
        self.title = _style(bold, 18, spaceAfter=10)
        self.heading = _style(bold, 12.5, spaceBefore=12, spaceAfter=3)
        self.strong = _style(bold, 9, spaceBefore=5)
        self.text = _style(regular, 9)
        self.muted = _style(regular, 8.2, textColor=_MUTED, spaceAfter=3)

    def __iter__(self) -> Iterator[Flowable]:
        yield from self._paragraphs(self.dossier.title, self.title)
        yield self._facts(self.dossier.facts)
        yield Spacer(0, 4 * mm)
        for note in self.dossier.notes:
            yield from self._paragraphs(note, self.text)
            yield Spacer(0, 1.5 * mm)
        for section in self.dossier.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Flowable]:
        yield CondPageBreak(30 * mm)
        count = f" ({len(section.rows)})" if len(section.rows) > 1 else ""
        yield from self._paragraphs(section.title + count, self.heading)
        if section.about:
            yield from self._paragraphs(section.about, self.muted)
        if not section.rows:
            yield from self._paragraphs(self.dossier.nothing_label, self.text)
        for row in section.rows:
            if section.is_card:
                yield from self._card(section, row)
            else:
                yield from self._entry(section, row)

    def _card(self, section: Section, row: Row) -> Iterator[Flowable]:
        facts = [
            (column.title, self._shown(column, row))
            for column in section.columns
            if self._shown(column, row)
        ]
        yield self._facts(facts)
        yield from self._files(row)
        yield Spacer(0, 3 * mm)

    def _entry(self, section: Section, row: Row) -> Iterator[Flowable]:
        short = [
            self._named(column, row, text) if place else text
            for place, column in enumerate(section.columns)
            if not column.is_long and (text := self._shown(column, row))
        ]
        yield from self._paragraphs(" · ".join(short), self.strong)
        for column in section.columns:
            if column.is_long and (text := self._shown(column, row)):
                yield from self._paragraphs(text, self.text)
        yield from self._files(row)

    def _named(self, column: Column, row: Row, text: str) -> str:
        """Say what a number or a further moment is: alone it tells nothing."""
        is_text = isinstance(row.values[column.key], str)
        return text if is_text else f"{column.title}: {text}"

    def _files(self, row: Row) -> Iterator[Flowable]:
        if row.files:
            text = f"{self.dossier.files_label}: {', '.join(row.files)}"
            yield from self._paragraphs(text, self.muted)

    def _shown(self, column: Column, row: Row) -> str:
        value = row.values.get(column.key)
        if value is None or value == "":
            return ""
        return value if isinstance(value, str) else self.dossier.show(value)

    def _facts(self, facts: Sequence[tuple[str, str]]) -> Flowable:
        rows = [
            [
                next(self._paragraphs(label, self.muted)),
                list(self._paragraphs(text, self.text)),
            ]
            for label, text in facts
        ]
        if not rows:
            return Spacer(0, 0)
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _HAIRLINE),
        ]
        return Table(rows, [_WIDTH * 0.3, _WIDTH * 0.7], style=style)

    def _paragraphs(self, text: str, style: ParagraphStyle) -> Iterator[Paragraph]:
        clean = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
        clean = _CONTROL.sub("", clean)
        for start in range(0, len(clean) or 1, _MAX_PARAGRAPH):
            piece = escape(clean[start : start + _MAX_PARAGRAPH])
            yield Paragraph(piece.replace("\n", "<br/>") or "&nbsp;", style)


def _style(font: str, size: float, **options: object) -> ParagraphStyle:
    values: dict[str, object] = {
        "fontName": font,
        "fontSize": size,
        "leading": size * 1.38,
        "textColor": _INK,
        "splitLongWords": 1,
        **options,
    }
    return ParagraphStyle("dossier", **values)

"""What repeats on every page: letterhead, running head, footer, page numbers."""

import io
from dataclasses import dataclass
from typing import Any, Protocol

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from .model import Letterhead
from .style import HAIRLINE, INK, MARGIN, MUTED, Sheet, clean


class Headed(Protocol):
    """What every document has on its pages."""

    @property
    def title(self) -> str:
        """Kind and number."""

    @property
    def letterhead(self) -> Letterhead:
        """Who it comes from."""

    @property
    def page_label(self) -> str:
        """With ``{page}`` and ``{pages}`` in it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in points."""

    width: float
    height: float

    @property
    def content_width(self) -> float:
        """Width between the margins."""
        return float(self.width - 2 * MARGIN)

    @property
    def head_top(self) -> float:
        """Where the letterhead begins, from the bottom."""
        return float(self.height - 14 * mm)


PORTRAIT = Paper(*A4)
LANDSCAPE = Paper(A4[1], A4[0])
CONTENT_WIDTH = PORTRAIT.content_width

_LOGO_WIDTH, _LOGO_HEIGHT = 62 * mm, 20 * mm
_DETAIL_LEADING = 10.4
_FOOT_LEADING = 8.8
_FOOT_BASE = 9 * mm


def load_image(data: bytes | None) -> ImageReader | None:
    """Return a readable image, or None: a broken logo must not keep an offer back."""
    if not data:
        return None
    try:
        image = ImageReader(io.BytesIO(data))
        image.getRGBData()
    except Exception:  # noqa: BLE001 - ReportLab and Pillow raise all kinds on bad files
        return None
    return image


def fitted(image: ImageReader, width: float, height: float) -> tuple[float, float]:
    """Return the image's size in points when fitted into a box, never enlarged
    beyond 150 dots an inch."""
    pixels_wide, pixels_high = image.getSize()
    scale = min(width / pixels_wide, height / pixels_high, 72 / 150 * 2)
    return pixels_wide * scale, pixels_high * scale


def head_height(document: Headed) -> float:
    """Return how much of the first page the letterhead takes, in points."""
    details = (len(document.letterhead.details) + 1.4) * _DETAIL_LEADING
    return float(14 * mm + max(details, _LOGO_HEIGHT) + 9 * mm)


def foot_height(document: Headed) -> float:
    """Return how much of every page the footer takes, in points."""
    lines = max(len(document.letterhead.footer), 1)
    return float(_FOOT_BASE + lines * _FOOT_LEADING + 8 * mm)


class OfferCanvas(Canvas):  # type: ignore[misc]
    """A canvas that knows the number of pages when it draws the first one."""

    document: Headed
    sheet: Sheet
    paper: Paper

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = self._pages
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            if number == 1:
                self._draw_letterhead()
            else:
                self._draw_running_head()
            self._draw_footer(number, len(pages))
            super().showPage()
        super().save()

    def _draw_letterhead(self) -> None:
        letterhead = self.document.letterhead
        logo = load_image(letterhead.logo)
        if logo:
            width, height = fitted(logo, _LOGO_WIDTH, _LOGO_HEIGHT)
            self.drawImage(
                logo, MARGIN, self.paper.head_top - height, width, height, mask="auto"
            )
        else:
            bold = self.sheet.bold  # the details on the right need the rest
            name = shortened(letterhead.name, bold, 17, self.paper.content_width * 0.6)
            self._text(MARGIN, self.paper.head_top - 15, name, bold, 17)
        right = self.paper.width - MARGIN
        y = self.paper.head_top - 8
        if logo:
            self._right(right, y, letterhead.name, self.sheet.bold, 8.5)
            y -= _DETAIL_LEADING * 1.15
        for line in letterhead.details:
            self._right(right, y, line, self.sheet.regular, 7.8, MUTED)
            y -= _DETAIL_LEADING
        self._rule(
            self.paper.height - head_height(self.document) + 4 * mm, 1.1, accent=True
        )

    def _draw_running_head(self) -> None:
        y = self.paper.head_top
        document = self.document
        self._text(MARGIN, y, document.letterhead.name, self.sheet.regular, 8, MUTED)
        right = self.paper.width - MARGIN
        self._right(right, y, document.title, self.sheet.bold, 8, MUTED)
        self._rule(y - 3 * mm, 0.5)

    def _draw_footer(self, number: int, pages: int) -> None:
        lines = self.document.letterhead.footer or ("",)
        top = _FOOT_BASE + (len(lines) - 1) * _FOOT_LEADING
        self._rule(top + 4 * mm, 0.5)
        for index, line in enumerate(lines):
            y = top - index * _FOOT_LEADING
            self._text(MARGIN, y, line, self.sheet.regular, 6.8, MUTED)
        label = self.document.page_label.format(page=number, pages=pages)
        self._right(self.paper.width - MARGIN, top, label, self.sheet.regular, 7.5, INK)

    def _rule(self, y: float, width: float, accent: bool = False) -> None:
        self.setLineWidth(width)
        self.setStrokeColor(self.sheet.accent if accent else HAIRLINE)
        self.line(MARGIN, y, self.paper.width - MARGIN, y)

    def _text(
        self, x: float, y: float, text: str, font: str, size: float, color: Any = INK
    ) -> None:
        self.setFont(font, size)
        self.setFillColor(color)
        self.drawString(
            x, y, shortened(text, font, size, self.paper.content_width * 0.78)
        )

    def _right(
        self, x: float, y: float, text: str, font: str, size: float, color: Any = INK
    ) -> None:
        self.setFont(font, size)
        self.setFillColor(color)
        self.drawRightString(
            x, y, shortened(text, font, size, self.paper.content_width * 0.62)
        )


def shortened(text: str, font: str, size: float, width: float) -> str:
    """Return ``text`` on one line, cut with an ellipsis where it would be too wide."""
    text = clean(text).replace("\n", " ")[:400]
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"

"""Fonts, colours and paragraph styles of the offer document."""

import re
import threading
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from .errors import DocumentError
from .model import Fonts

MARGIN = 18 * mm
INK = HexColor("#22262b")
MUTED = HexColor("#6b737c")
HAIRLINE = HexColor("#d5d9de")
DEFAULT_ACCENT = "#24476b"

# Darker than this an accent stays readable as text on white (WCAG contrast above 4.5).
_MAX_LUMINANCE = 0.18

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# Control characters have no glyph; narrow no-break spaces are missing in most fonts.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_SPACES = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\t": " "})

_font_lock = threading.Lock()
_font_names: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every style of one document."""

    accent: Color
    tint: Color
    regular: str
    bold: str
    italic: str

    def text(self, size: float, **options: object) -> ParagraphStyle:
        """Return a paragraph style; ``options`` go over the defaults.

        :param size: in points
        """
        values: dict[str, object] = {
            "fontName": self.regular,
            "fontSize": size,
            "leading": size * 1.38,
            "textColor": INK,
            **options,
        }
        return ParagraphStyle("offer", **values)

    def right(self, size: float, **options: object) -> ParagraphStyle:
        """Return the same, aligned to the right."""
        return self.text(size, alignment=TA_RIGHT, **options)


def make_sheet(fonts: Fonts, accent: str) -> Sheet:
    """Return the styles for these fonts and this colour.

    :raise DocumentError: ``font_missing`` when a font file cannot be used
    """
    color = _accent(accent)
    return Sheet(
        accent=color,
        tint=_mixed_with_white(color, 0.07),
        regular=_font(fonts.regular),
        bold=_font(fonts.bold),
        italic=_font(fonts.italic),
    )


def clean(text: str) -> str:
    """Return ``text`` with nothing in it that fonts cannot show."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    return _CONTROL.sub("", lines)


def markup(text: str) -> str:
    """Return plain ``text`` as paragraph markup, line breaks kept."""
    return escape(clean(text)).replace("\n", "<br/>")


def _font(path: str) -> str:
    with _font_lock:
        if path not in _font_names:
            name = f"Offer{len(_font_names)}"
            try:
                pdfmetrics.registerFont(TTFont(name, path))
            except (TTFError, OSError) as error:
                raise DocumentError("font_missing", path) from error
            _font_names[path] = name
        return _font_names[path]


def _accent(text: str) -> Color:
    color = HexColor(text if _HEX.fullmatch(text or "") else DEFAULT_ACCENT)
    return color if _luminance(color) <= _MAX_LUMINANCE else HexColor(DEFAULT_ACCENT)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part) for part in color.rgb())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _mixed_with_white(color: Color, share: float) -> Color:
    return Color(*(1 - share * (1 - part) for part in color.rgb()))

"""Cell formats of a workbook, each made once."""

from typing import Any

from .model import Tone

# Text that a spreadsheet program might take for a formula if somebody edits the cell
# or saves the sheet as CSV. It is written as text anyway; these get a quote as well.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

_TONES: dict[Tone, dict[str, Any]] = {
    "": {},
    "less": {"font_color": "#A61E2B", "bg_color": "#FBEBEC"},
    "more": {"font_color": "#1B5E9B", "bg_color": "#E9F1F9"},
    "strong": {"bold": True, "top": 1},
    "muted": {"font_color": "#6B737C"},
}


class Styles:
    """Gives out formats by what they look like."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def cell(self, tone: Tone = "", **options: Any) -> Any:
        """Return the format of a cell; ``options`` are XlsxWriter's."""
        return self._get({"valign": "top", **_TONES[tone], **options})

    def text(self, tone: Tone, is_dangerous: bool) -> Any:
        """Return the format of a text."""
        quoted = {"quote_prefix": True} if is_dangerous else {}
        return self.cell(tone, text_wrap=True, **quoted)

    @property
    def title(self) -> Any:
        """Format of the sheet's title."""
        return self._get({"bold": True, "font_size": 14, "quote_prefix": True})

    @property
    def about(self) -> Any:
        """Format of the lines below the title."""
        return self._get({"font_color": "#6B737C", "quote_prefix": True})

    @property
    def head(self) -> Any:
        """Format of the table's head."""
        look = {"bold": True, "bg_color": "#24476B", "font_color": "#FFFFFF"}
        return self._get({**look, "text_wrap": True, "valign": "top"})

    @property
    def heading(self) -> Any:
        """Format of a heading between rows."""
        return self._get({"bold": True, "bg_color": "#EEF1F4", "quote_prefix": True})

    def _get(self, options: dict[str, Any]) -> Any:
        key = tuple(sorted(options.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(options)
        return self._made[key]

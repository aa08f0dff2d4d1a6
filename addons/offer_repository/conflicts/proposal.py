"""What of an offer matters to another one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# By what two lines may be recognised as the same thing, surest first.
LEVELS = ("product", "code", "template", "text")

_MAX_TEXT = 200
_LEADING_CODE = re.compile(r"^\s*\[[^\]]*\]\s*")
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an offer.

    :ivar label: what the reader sees
    :ivar product: identifies the exact product; ``code``, ``template`` and ``text`` are
        weaker ways to recognise it, ``category`` the weakest; ``None`` when not known
    :ivar quantity: in the product's base unit
    :ivar amount: for that quantity after discount, tax excluded, common currency
    :ivar cost: what that quantity costs ourselves, ``None`` when not known
    """

    label: str
    quantity: float
    amount: float
    product: str | None = None
    code: str | None = None
    template: str | None = None
    text: str | None = None
    category: str | None = None
    cost: float | None = None

    @property
    def order(self) -> str:
        """Sorts lines by all they hold."""
        return str(self)

    def key(self, level: str) -> str | None:
        """Return what identifies the line at one of :data:`LEVELS`."""
        value: str | None = getattr(self, level)
        return value


@dataclass(frozen=True, slots=True)
class Proposal:
    """One offer.

    :ivar key: stable identifier, only used to tell offers apart
    :ivar side: the competitor it belongs to; offers of one side never conflict
    :ivar total: whole offer, tax excluded, common currency
    :ivar start: first day it was live
    :ivar end: last day it is live
    """

    key: str
    side: str
    lines: tuple[Line, ...]
    total: float
    start: date
    end: date


def text_key(name: str) -> str | None:
    """Return the words of a description's first line, whatever their order.

    Without code, case and punctuation: two branches seldom write a thing alike.
    """
    first = name.strip()[:_MAX_TEXT].partition("\n")[0]
    folded = unicodedata.normalize("NFKC", _LEADING_CODE.sub("", first)).casefold()
    return " ".join(sorted(_NOT_WORD.sub(" ", folded).split())) or None

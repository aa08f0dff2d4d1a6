"""What an offer document consists of. All texts are final: translated and formatted."""

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["item", "section", "subsection", "note"]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Paths of three TrueType files that hold every glyph of the languages in use."""

    regular: str
    bold: str
    italic: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who makes the offer.

    :param name: the company
    :param details: address and contact lines, top right of the first page
    :param footer: registration, tax number, bank: at the foot of every page
    :param logo: image file as bytes; an unreadable one is left out
    :param accent: ``#rrggbb`` of rules and titles; too light a colour is replaced
    """

    name: str
    details: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: bytes | None = None
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value beside the customer's address."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A small heading with lines of text under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings of the line table."""

    description: str
    quantity: str
    unit: str
    unit_price: str
    discount: str
    taxes: str
    amount: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the offer. Empty cells stay empty; unused columns disappear.

    :param text: first line is the title, the rest its description
    :param badge: short remark before the title, e.g. "Optional"
    :param level: depth below sections, 0 to 2
    """

    kind: LineKind
    text: str
    quantity: str = ""
    unit: str = ""
    unit_price: str = ""
    discount: str = ""
    taxes: str = ""
    amount: str = ""
    badge: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """One row of the totals; the strong one is what the customer pays."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Two boxes at the end: ours, and theirs to sign.

    :param ours: heading and lines of the offering side
    :param theirs: heading and the labels to fill in (name, date, signature)
    :param signed: what was signed already, line by line; replaces the labels
    :param image: the signature given on screen, as an image file
    """

    ours: Block
    theirs: Block
    signed: tuple[str, ...] = ()
    image: bytes | None = None


@dataclass(frozen=True, slots=True)
class OfferDocument:
    """A whole offer.

    :param title: kind and number, e.g. "Quotation S00012"
    :param page_label: with ``{page}`` and ``{pages}`` in it
    :param language: BCP 47 tag for screen readers
    """

    title: str
    letterhead: Letterhead
    customer: Block
    fonts: Fonts
    columns: Columns
    page_label: str
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    remarks: tuple[Block, ...] = ()
    signature: Signature | None = None


Tone = Literal["", "less", "more", "muted"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A value, a small remark that is set off, and small lines below.

    :param remark: e.g. the difference in per cent, with its sign
    """

    text: str = ""
    remark: str = ""
    tone: Tone = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableHead:
    """Head of a column.

    :param weight: width in proportion to the others
    :param is_right: figures
    """

    title: str
    notes: tuple[str, ...] = ()
    weight: float = 1.0
    is_right: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; a heading has a single cell over the whole width."""

    cells: tuple[TableCell, ...]
    is_heading: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table, its head repeated on every page."""

    heads: tuple[TableHead, ...]
    rows: tuple[TableRow, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class TableDocument:
    """Tables one below the other over as many pages as it takes.

    :param page_label: with ``{page}`` and ``{pages}`` in it
    :param about: lines between title and the first table
    """

    title: str
    letterhead: Letterhead
    fonts: Fonts
    page_label: str
    parts: tuple[TablePart, ...]
    about: tuple[str, ...] = ()
    language: str = "en"

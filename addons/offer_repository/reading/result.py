"""What reading a document gives."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Piece(NamedTuple):
    """A text in a row, from ``start`` to before ``end``: columns or characters."""

    start: int
    end: int
    text: str


class Word(NamedTuple):
    """A word in a picture and where it stands, in pixels from the upper left corner.

    :ivar line: number of the line that it was recognised in
    """

    left: int
    top: int
    right: int
    bottom: int
    text: str
    line: int


class Scan(NamedTuple):
    """What was recognised in a picture, in the order it is read."""

    width: int
    words: tuple[Word, ...]


# Read the text in a picture, and the words and where they stand; the caller has them
# or not.
Recogniser = Callable[[bytes], str]
WordFinder = Callable[[bytes], Scan]


NUMBERS = ("quantity", "price", "discount", "total")  # of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line that an offer seems to have, for a person to confirm.

    :ivar text: description, lines parted by line ends
    :ivar price: of one unit, before the discount
    :ivar discount: per cent
    :ivar total: as the document says, otherwise reckoned
    :ivar is_sound: whether quantity, price and discount come to the total
    """

    text: str
    code: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: Decimal
    total: Decimal
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Text of one format's reader.

    :ivar pages: of the document; 0 where the format has none
    :ivar is_cut: whether more is in the document than was read
    """

    text: str
    pages: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as far as it could be read.

    :ivar kind: what the file really is, see :mod:`kinds`
    :ivar mimetype: what that is called, for whoever shows the file
    :ivar text: plain text, never with null characters
    :ivar problem: a code of ``UNREADABLE``, or ``None``
    :ivar notes: codes of ``NOTES``
    :ivar tables: the lines of each table that looks like an offer's
    """

    kind: str
    mimetype: str
    text: str = ""
    problem: str | None = None
    notes: tuple[str, ...] = ()
    pages: int = 0
    tables: tuple[tuple[Line, ...], ...] = ()

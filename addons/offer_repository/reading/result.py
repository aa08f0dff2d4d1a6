"""What reading a document gives."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

# Reads the text in a picture; the caller has it or not.
Recogniser = Callable[[bytes], str]


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

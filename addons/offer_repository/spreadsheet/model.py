"""What a workbook consists of. All texts are final: translated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "money", "number", "percent", "date", "datetime"]
Tone = Literal["", "less", "more", "strong", "muted"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency.

    :ivar currency: three letters
    """

    amount: float
    currency: str
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of per cent, 5.0 for 5 %.

    :ivar is_change: shown with its sign
    """

    value: float
    is_change: bool = False


Value = str | float | int | date | datetime | Money | Percent | None


@dataclass(frozen=True, slots=True)
class Toned:
    """A value that is set off by colour; its sign or text says the same."""

    value: Value
    tone: Tone


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that is a heading for the rows after it."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :ivar width: in characters
    :ivar is_total: added up below, money by currency
    """

    title: str
    kind: Kind = "text"
    width: int = 16
    is_total: bool = False


Row = Sequence[Value | Toned] | Heading


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table.

    :ivar about: lines between title and table: filter, reader, date
    :ivar rows: read once, in their order
    :ivar total_label: what the totals are called, with ``{currency}`` in it
    :ivar fixed: columns that stay in sight while scrolling
    :ivar has_filter: whether readers may filter by the head; not with headings
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    about: Sequence[str] = ()
    total_label: str = "{currency}"
    fixed: int = 1
    has_filter: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file.

    :ivar created: taken from the data, never from the clock: equal data, equal bytes
    :ivar date_format: pattern of Excel, see :func:`~.patterns.date_pattern`
    """

    title: str
    author: str
    created: datetime
    sheets: Sequence[Sheet]
    date_format: str = "yyyy-mm-dd"

"""The lines of an offer, from the tables of its document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext

from .cells import Number, find_mark, parse_cell
from .folding import fold
from .grids import Grid
from .headings import adds_to_heading, find_field, is_header
from .labels import LABELS
from .limits import DEFAULT_LIMITS, Limits
from .result import Line, Piece

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_NUMERIC = (
    "quantity",
    "price",
    "gross_price",
    "final",
    "discount",
    "total",
    "gross",
)
_MAX_TEXT = 1_000
_FOLLOWING = 8  # lines of text that may belong to one line of an offer, above or below
_CARRIED = ("do przeniesienia", "z przeniesienia", "carried", "brought", "ubertrag")
_TAX = ("vat", "mwst", "ust", "φπα", "podatek", "tax")


@dataclass(slots=True)
class _Draft:
    """A row with numbers, and the lines of text around it."""

    cells: dict[str, str]
    numbers: dict[str, Number]
    texts: list[str] = field(default_factory=list)
    above: int = 0


@dataclass(frozen=True, slots=True)
class _Column:
    field: str | None
    start: int
    end: int


def find_lines(
    grids: Iterable[Grid], limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each table that looks like an offer's, in their order.

    Tables are parted by their sums; what goes on with the same heading on the next page
    is one. Linear in the number of cells, but for the columns of a row.
    """
    tables: list[tuple[Line, ...]] = []
    left = limits.lines
    with localcontext(prec=60):  # nobody's numbers are too long to reckon with
        for grid in grids:
            parting = " " if grid.is_layout else "\n"
            for drafts in _tables(grid):
                lines = tuple(_line(draft, parting) for draft in drafts[:left])
                left -= len(lines)
                tables += [lines] if lines else []
    return tuple(tables)


# ----------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------


def _tables(grid: Grid) -> Iterator[list[_Draft]]:
    mark = find_mark(piece.text for row in grid.rows for piece in row)
    columns: tuple[_Column, ...] = ()
    table = _Table(grid.is_layout)
    rows = grid.rows
    for index, row in enumerate(rows):
        heading = _header(row, rows[index + 1] if index + 1 < len(rows) else ())
        if heading:
            columns = heading
        elif columns and _is_sum(row, columns, mark):
            if not _is_carried(row):
                yield table.close()
                columns = ()
        elif columns:
            table.take(_cells(row, columns), mark)
    yield table.close()


def _header(
    row: tuple[Piece, ...], below: tuple[Piece, ...]
) -> tuple[_Column, ...] | None:
    """Return the columns that a row names, the line below it included."""
    if len(row) < 3:
        return None
    added = below if all(adds_to_heading(piece.text) for piece in below) else ()
    columns: list[_Column] = []
    for piece in row:
        texts = [piece.text, *(one.text for one in added if _shared(one, piece) > 0)]
        name = find_field(" ".join(texts))
        is_new = name == "text" or all(name != one.field for one in columns)
        columns.append(_Column(name if is_new else None, piece.start, piece.end))
    return tuple(columns) if is_header(one.field for one in columns) else None


def _shared(one: Piece, other: Piece | _Column) -> int:
    """Return how far two overlap; below zero: the gap between them."""
    return min(one.end, other.end) - max(one.start, other.start)


def _cells(row: tuple[Piece, ...], columns: tuple[_Column, ...]) -> dict[str, str]:
    """Return the texts of a row by field; without a field of its own below ``""``."""
    cells: dict[str, str] = {}
    for piece in row:
        name = _column_of(piece, columns).field or ""
        known = cells.get(name)
        parting = "\n" if name == "text" else " "
        cells[name] = f"{known}{parting}{piece.text}" if known else piece.text
    return cells


def _column_of(piece: Piece, columns: tuple[_Column, ...]) -> _Column:
    return max(columns, key=lambda one: _shared(piece, one))


def _is_sum(
    row: tuple[Piece, ...], columns: tuple[_Column, ...], mark: str | None
) -> bool:
    """Tell whether a row sums up those above, instead of being one of them."""
    cells = _cells(row, columns)
    if any(parse_cell(cells.get(name, ""), mark) for name in ("quantity", "price")):
        return False
    words = _words(row)
    is_named = words.startswith((*_TAX, *_CARRIED)) or any(
        pattern.search(words)
        for name in ("amount_total", "amount_untaxed")
        for _strength, pattern in LABELS[name]
    )
    return is_named and any(parse_cell(piece.text, mark) for piece in row)


def _is_carried(row: tuple[Piece, ...]) -> bool:
    """Tell whether a sum is only carried from one page to the next."""
    return _words(row).startswith(_CARRIED)


def _words(row: tuple[Piece, ...]) -> str:
    return fold(" ".join(piece.text for piece in row))


class _Table:
    """Rows of one table as they are taken, and the texts between them."""

    def __init__(self, is_layout: bool) -> None:
        self._is_layout = is_layout
        self._drafts: list[_Draft] = []
        self._loose: list[str] = []
        self._is_apart = False

    def take(self, cells: dict[str, str], mark: str | None) -> None:
        """Take a row: a line of the offer, or more text of one."""
        numbers = {
            name: number
            for name in _NUMERIC
            if (number := parse_cell(cells.get(name, ""), mark))
        }
        text = cells.get("text", "")
        if numbers.keys() & {"price", "final", "total", "gross_price", "gross"}:
            self._share_loose(not text)
            draft = _Draft(cells, numbers, above=len(self._loose))
            draft.texts = [*self._loose, *([text] if text else [])]
            self._drafts.append(draft)
            self._loose, self._is_apart = [], False
        elif not cells:
            self._is_apart = True
        elif self._is_layout and text and not self._is_apart:
            self._loose.append(text)

    def close(self) -> list[_Draft]:
        """Return what was taken, and begin anew."""
        if self._drafts:
            self._drafts[-1].texts += self._loose[:_FOLLOWING]
        drafts = [draft for draft in self._drafts if any(draft.texts)]
        self._drafts, self._loose, self._is_apart = [], [], False
        return drafts

    def _share_loose(self, has_no_text: bool) -> None:
        """Give the texts before a row to the row above, as far as they are its own.

        Where numbers stand in the middle of their text, as much is below as above;
        with an even number of lines that may be one line off.
        """
        if not self._drafts:
            return
        last = self._drafts[-1]
        is_centred = last.above or has_no_text
        own = last.above if is_centred else len(self._loose)
        last.texts += self._loose[:own]
        self._loose = self._loose[own:]


# ----------------------------------------------------------------------
# Lines
# ----------------------------------------------------------------------


def _line(draft: _Draft, parting: str) -> Line:
    numbers = draft.numbers
    quantity = numbers.get("quantity", Number(Decimal(1)))
    price, total = _amounts(numbers)
    discount = _discount(numbers, price)
    if price is None:
        price = _unit_price(total or Decimal(0), quantity.value, discount)
    reckoned = _reckon(quantity.value, price, discount)
    if total is None:
        total = reckoned
    if not _is_near(reckoned, total, quantity.value):
        discount = _other_discount(numbers, quantity.value, price, total, discount)
    return Line(
        text=parting.join(filter(None, draft.texts))[:_MAX_TEXT],
        code=draft.cells.get("code", "")[:64],
        quantity=quantity.value,
        unit=(draft.cells.get("unit", "") or quantity.unit)[:32],
        price=price,
        discount=discount,
        total=total,
        is_sound=_is_near(
            _reckon(quantity.value, price, discount), total, quantity.value
        ),
    )


def _amounts(numbers: dict[str, Number]) -> tuple[Decimal | None, Decimal | None]:
    """Return price and total without tax; with it only where nothing else is."""
    net = [numbers.get(name) for name in ("price", "total")]
    if not any(net):
        final, gross = numbers.get("final"), numbers.get("gross")
        net = [numbers.get("gross_price") if not final else None, gross]
        net[0] = final or net[0]
    price, total = net
    return (price.value if price else None), (total.value if total else None)


def _discount(numbers: dict[str, Number], price: Decimal | None) -> Decimal:
    told = numbers.get("discount")
    if told is not None:
        value = abs(told.value)
        return value if value <= _HUNDRED else Decimal(0)
    final = numbers.get("final")
    if final and price and 0 <= final.value < price:
        return ((1 - final.value / price) * _HUNDRED).quantize(_CENT)
    return Decimal(0)


def _unit_price(total: Decimal, quantity: Decimal, discount: Decimal) -> Decimal:
    paid = quantity * (1 - discount / _HUNDRED)
    return (total / paid).quantize(_CENT, ROUND_HALF_UP) if paid else total


def _other_discount(
    numbers: dict[str, Number],
    quantity: Decimal,
    price: Decimal,
    total: Decimal,
    discount: Decimal,
) -> Decimal:
    """Return a discount that fits the total better: none, or an amount of money."""
    full = _reckon(quantity, price, Decimal(0))
    if _is_near(full, total, quantity):
        return Decimal(0)  # the price has it already
    told = abs(numbers["discount"].value) if "discount" in numbers else None
    if (
        told
        and full
        and any(
            _is_near(full - one, total, quantity) for one in (told, told * quantity)
        )
    ):
        return ((1 - total / full) * _HUNDRED).quantize(_CENT, ROUND_HALF_UP)
    return discount


def _reckon(quantity: Decimal, price: Decimal, discount: Decimal) -> Decimal:
    exact = quantity * price * (1 - discount / _HUNDRED)
    return exact.quantize(_CENT, ROUND_HALF_UP)


def _is_near(one: Decimal, other: Decimal, quantity: Decimal) -> bool:
    """Tell whether two amounts differ by no more than a rounded price may make them."""
    return abs(one - other) <= max(_CENT, abs(quantity) * _CENT / 2)

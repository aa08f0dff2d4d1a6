"""What a comparison shows: cells of any kind in rows, rows in groups."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["missing", "text", "money", "number", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one offer says in one row.

    :ivar kind: what the value is, for sheets
    :ivar value: as a number, date or text
    :ivar text: formatted for the reader
    :ivar notes: small lines below it, formatted
    :ivar identity: equal in cells that say the same
    :ivar measure: number that differences are reckoned from; ``None`` where there is
        nothing to reckon
    :ivar per: what the measure is per; numbers of different measures do not compare
    """

    kind: Kind = "missing"
    value: float | date | str | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    identity: Hashable = None
    measure: float | None = None
    per: str | None = None

    @property
    def exists(self) -> bool:
        """Whether the offer says anything here."""
        return self.kind != "missing"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with a cell per column.

    :ivar note: how it was recognised, or empty
    :ivar is_strong: totals
    """

    key: str
    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Head of one offer: number, and small lines below it."""

    key: str
    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """All that can be shown."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the reader made of it.

    :ivar order: keys of columns from left to right; those not named come last
    :ivar base: key of the column that the others are compared with; the first one
        shown when it is empty or hidden
    :ivar hides_equal: leave out rows in which all shown columns say the same
    :ivar hidden: keys of columns that are not shown
    """

    order: tuple[str, ...] = ()
    base: str = ""
    hides_equal: bool = False
    hidden: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the screen, on paper and in the sheet.

    :ivar base: index of the column that the others are compared with
    :ivar hidden_rows: number of rows left out because they are equal
    """

    columns: tuple[Column, ...]
    base: int
    groups: tuple[Group, ...]
    hidden_rows: int = 0


def show(table: Table, view: View) -> Shown:
    """Return the part of ``table`` that is shown.

    Keys that the table does not know are passed over; of hidden columns one stays.
    What only hidden columns have is not shown.
    """
    places = _places(table.columns, view)
    columns = tuple(table.columns[place] for place in places)
    keys = [column.key for column in columns]
    picked = [_pick(group, places) for group in table.groups]
    kept = [_without_equal(group) for group in picked] if view.hides_equal else picked
    return Shown(
        columns=columns,
        base=keys.index(view.base) if view.base in keys else 0,
        groups=tuple(group for group in kept if group.rows),
        hidden_rows=_count(picked) - _count(kept),
    )


def _count(groups: Sequence[Group]) -> int:
    return sum(len(group.rows) for group in groups)


def _places(columns: Sequence[Column], view: View) -> list[int]:
    ranks = {key: rank for rank, key in enumerate(view.order)}
    places = sorted(
        range(len(columns)),
        key=lambda place: (ranks.get(columns[place].key, len(ranks)), place),
    )
    shown = [place for place in places if columns[place].key not in view.hidden]
    return shown or places[:1]


def _pick(group: Group, places: Sequence[int]) -> Group:
    rows = tuple(
        Row(
            row.key,
            row.label,
            tuple(row.cells[place] for place in places),
            row.note,
            row.is_strong,
        )
        for row in group.rows
        if any(row.cells[place].exists for place in places)
    )
    return Group(group.key, group.title, rows)


def _without_equal(group: Group) -> Group:
    rows = tuple(row for row in group.rows if not is_equal(row.cells))
    return Group(group.key, group.title, rows)


def is_equal(cells: Sequence[Cell]) -> bool:
    """Tell whether all of several cells say the same; one alone equals nothing."""
    return len(cells) > 1 and len(set(classes(cells))) == 1


def classes(cells: Sequence[Cell]) -> tuple[int, ...]:
    """Return a number for each cell, equal where the cells say the same."""
    seen: dict[Hashable, int] = {}
    return tuple(
        seen.setdefault((cell.exists, cell.identity), len(seen)) for cell in cells
    )


def difference(cell: Cell, base: Cell) -> float | None:
    """Return by how many per cent of the base a cell differs, ``None`` if it cannot."""
    if cell.measure is None or base.measure is None or not base.measure:
        return None
    if cell.per != base.per:
        return None
    return 100.0 * (cell.measure - base.measure) / abs(base.measure)

"""Which lines of several offers are about the same thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .proposal import LEVELS, Line, Proposal


@dataclass(frozen=True, slots=True)
class Cell:
    """What one offer says about one thing, several lines added up."""

    label: str
    quantity: float
    amount: float

    @property
    def unit_price(self) -> float | None:
        """Price per base unit; ``None`` where it means nothing (returns, free text)."""
        if self.quantity <= 0 or self.amount < 0:
            return None
        return self.amount / self.quantity


@dataclass(frozen=True, slots=True)
class Row:
    """One thing across the offers.

    :ivar level: how it was recognised (:data:`LEVELS`), ``None`` when only one offer
        has it
    :ivar cells: one per offer, in the offers' order, ``None`` where it is missing
    """

    label: str
    level: str | None
    cells: tuple[Cell | None, ...]

    @property
    def is_shared(self) -> bool:
        return self.level is not None


@dataclass(slots=True)
class _Group:
    """Lines found to be the same thing so far, with column and offer of each."""

    members: list[tuple[int, str, Line]]
    level: str | None = None

    @property
    def columns(self) -> frozenset[int]:
        return frozenset(column for column, _offer, _line in self.members)

    def keys(self, level: str) -> frozenset[str]:
        found = (line.key(level) for _column, _offer, line in self.members)
        return frozenset(key for key in found if key)

    def takes(self, other: "_Group", level: str) -> bool:
        return level == LEVELS[0] or not self.columns & other.columns

    def absorb(self, other: "_Group", level: str) -> None:
        is_shared = len(self.columns | other.columns) > 1
        self.level = self.level or other.level or (level if is_shared else None)
        self.members.extend(other.members)

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts groups by what they hold, never by the order of the offers."""
        return tuple(sorted(f"{line}{offer}" for _column, offer, line in self.members))


def align(proposals: Sequence[Proposal]) -> tuple[Row, ...]:
    """Return the rows of a comparison: shared things first, each offer's rest after.

    Surer ways of recognition come first; a line that found its counterpart there is not
    taken apart by a weaker one. The result does not depend on the order of lines, and
    reordering the offers only reorders the cells. Cost: n log n in the number of lines.
    """
    groups = [
        _Group([(column, proposal.key, line)])
        for column, proposal in enumerate(proposals)
        for line in proposal.lines
    ]
    for level in LEVELS:
        groups = _merge_level(groups, level)
    ordered = sorted(groups, key=lambda group: group.order)
    rows = [_row(group, len(proposals)) for group in ordered]
    return tuple(sorted(rows, key=_row_order))


def _merge_level(groups: list[_Group], level: str) -> list[_Group]:
    """Join groups that agree at ``level``."""
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for key in group.keys(level):
            by_key[key].append(group)
    absorbed: set[int] = set()
    for key in sorted(by_key):
        candidates = [group for group in by_key[key] if id(group) not in absorbed]
        absorbed.update(_join(candidates, level))
    return [group for group in groups if id(group) not in absorbed]


def _join(candidates: Iterable[_Group], level: str) -> Iterator[int]:
    """Join candidates of one key; beyond the exact product only across offers.

    :return: the ids of the groups that went into another one
    """
    kept: list[_Group] = []
    for group in sorted(candidates, key=lambda item: item.order):
        partner = next((other for other in kept if other.takes(group, level)), None)
        if partner is None:
            kept.append(group)
            continue
        partner.absorb(group, level)
        yield id(group)


def _row(group: _Group, width: int) -> Row:
    by_column: dict[int, list[Line]] = defaultdict(list)
    for column, _offer, line in group.members:
        by_column[column].append(line)
    cells = tuple(_cell(by_column[column]) for column in range(width))
    label = min(line.label for _column, _offer, line in group.members)
    return Row(label, group.level, cells)


def _cell(lines: list[Line]) -> Cell | None:
    if not lines:
        return None
    return Cell(
        min(line.label for line in lines),
        sum(sorted(line.quantity for line in lines)),
        sum(sorted(line.amount for line in lines)),
    )


def _row_order(row: Row) -> tuple[bool, float, str]:
    """Shared things first, then the dearest; the rest keeps the order of the groups."""
    amount = max(cell.amount for cell in row.cells if cell)
    return (not row.is_shared, -amount, row.label)

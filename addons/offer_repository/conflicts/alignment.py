"""Which lines of several offers are about the same thing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .grouping import Group, group_lines
from .proposal import LEVELS, Line, Proposal


@dataclass(frozen=True, slots=True)
class Cell:
    """What one offer says about one thing, several lines added up.

    :ivar cost: what it costs ourselves, ``None`` unless known of every line
    """

    label: str
    quantity: float
    amount: float
    cost: float | None = None

    @property
    def unit_price(self) -> float | None:
        """Price per base unit; ``None`` where it means nothing (returns, free text)."""
        if self.quantity <= 0 or self.amount < 0:
            return None
        return self.amount / self.quantity

    @property
    def margin_percent(self) -> float | None:
        """What is left of the amount in per cent; ``None`` where that says nothing."""
        if self.cost is None or self.amount <= 0:
            return None
        return 100.0 * (self.amount - self.cost) / self.amount


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


def align(proposals: Sequence[Proposal]) -> tuple[Row, ...]:
    """Return the rows of a comparison: shared things first, each offer's rest after.

    The result does not depend on the order of lines, and reordering the offers only
    reorders the cells. Cost: n log n in the number of lines.
    """
    offers = [(proposal.key, proposal.lines) for proposal in proposals]
    groups = group_lines(offers, LEVELS, adding=LEVELS[:1])
    rows = [_row(group, len(proposals)) for group in groups]
    return tuple(sorted(rows, key=_row_order))


def _row(group: Group[Line], width: int) -> Row:
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
        total_cost(lines),
    )


def total_cost(lines: Sequence[Line]) -> float | None:
    """Return what lines cost together, ``None`` unless it is known of each."""
    costs = [line.cost for line in lines if line.cost is not None]
    return sum(sorted(costs)) if lines and len(costs) == len(lines) else None


def _row_order(row: Row) -> tuple[bool, float, str]:
    """Shared things first, then the dearest; the rest keeps the order of the groups."""
    amount = max(cell.amount for cell in row.cells if cell)
    return (not row.is_shared, -amount, row.label)

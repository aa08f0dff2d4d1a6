"""How much of two offers is about the same things."""

from collections.abc import Iterable
from dataclasses import dataclass

from .alignment import Row, align
from .proposal import Line, Proposal
from .scheme import DEFAULT_SCHEME, Scheme


@dataclass(frozen=True, slots=True)
class Overlap:
    """Overlap of two offers.

    :ivar share: 0 to 1, share of value of the offer that is covered more
    :ivar basis: ``products``, ``category``, ``unknown`` (an offer without lines) or
        ``none``
    """

    share: float
    basis: str

    @property
    def exists(self) -> bool:
        """Whether the offers may compete; what is not known may."""
        return self.basis != "none"


def product_overlap(
    left: Proposal, right: Proposal, scheme: Scheme = DEFAULT_SCHEME
) -> Overlap:
    """Return how much the two offers overlap.

    The offer that is covered more counts: a small offer that repeats one machine of a
    large one is wholly in competition.
    """
    shared = [row for row in align((left, right)) if row.is_shared]
    if shared:
        share = max(_covered(shared, 0, left), _covered(shared, 1, right))
        return Overlap(share, "products")
    if not left.lines or not right.lines:
        return Overlap(0.0, "unknown")
    share = scheme.category_weight * max(
        _same_category(left.lines, right.lines), _same_category(right.lines, left.lines)
    )
    return Overlap(share, "category") if share else Overlap(0.0, "none")


def _covered(rows: Iterable[Row], column: int, proposal: Proposal) -> float:
    cells = (row.cells[column] for row in rows)
    return _share(
        [cell.amount for cell in cells if cell],
        [line.amount for line in proposal.lines],
    )


def _same_category(lines: tuple[Line, ...], others: tuple[Line, ...]) -> float:
    known = {line.category for line in others if line.category}
    return _share(
        [line.amount for line in lines if line.category in known],
        [line.amount for line in lines],
    )


def _share(part: list[float], whole: list[float]) -> float:
    """Share of value; by number where an offer gives no prices."""
    total = sum(amount for amount in whole if amount > 0)
    if total <= 0:
        return min(1.0, len(part) / len(whole)) if whole else 0.0
    return min(1.0, sum(amount for amount in part if amount > 0) / total)

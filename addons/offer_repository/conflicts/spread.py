"""What the same things cost here and there."""

from dataclasses import dataclass

from .alignment import Cell, align
from .proposal import Proposal


@dataclass(frozen=True, slots=True)
class Spread:
    """Difference between two offers.

    :ivar lowest: comparable amount of the cheaper offer
    :ivar highest: comparable amount of the dearer one
    :ivar basis: ``products`` (same quantities of the things both offer) or ``totals``
    """

    lowest: float
    highest: float
    basis: str

    @property
    def amount(self) -> float:
        return self.highest - self.lowest

    @property
    def percent(self) -> float:
        """Difference in per cent of the higher amount, 0 to 100."""
        return 100.0 * self.amount / self.highest if self.highest > 0 else 0.0


def price_spread(left: Proposal, right: Proposal) -> Spread:
    """Return the spread over what both offer, over the totals when that is nothing.

    Quantities may differ: of each thing the smaller quantity is priced on both sides.
    """
    prices = [_comparable(row.cells[0], row.cells[1]) for row in align((left, right))]
    pairs = [pair for pair in prices if pair]
    if not pairs:
        low, high = sorted((max(left.total, 0.0), max(right.total, 0.0)))
        return Spread(low, high, "totals")
    low, high = sorted((sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)))
    return Spread(low, high, "products")


def _comparable(left: Cell | None, right: Cell | None) -> tuple[float, float] | None:
    if left is None or right is None:
        return None
    left_price, right_price = left.unit_price, right.unit_price
    if left_price is None or right_price is None:
        return None
    quantity = min(left.quantity, right.quantity)
    return left_price * quantity, right_price * quantity

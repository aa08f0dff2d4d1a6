"""One line of an offer, as it is compared."""

from dataclasses import dataclass

# By what two lines are recognised as the same thing, surest first. The exact ones are
# keys of an item; "alike" and "category" are decided in alignment.py.
EXACT_LEVELS = ("product", "code", "template", "text")
LEVELS = (*EXACT_LEVELS, "alike", "category")


@dataclass(frozen=True, slots=True)
class Item:
    """One line.

    :ivar position: in its offer, from 1
    :ivar label: what the reader sees
    :ivar section: heading it stands under, empty without one
    :ivar quantity: in the line's own unit
    :ivar unit: name of that unit
    :ivar reference: identifies the unit that prices are per; ``None`` when unknown
    :ivar factor: reference units in one unit
    :ivar price: per reference unit, after discount, tax excluded, common currency;
        ``None`` where it means nothing
    :ivar amount: of the line, tax excluded, common currency
    :ivar cost: of one reference unit to ourselves; ``None`` when it is not known, or
        not for the reader
    :ivar product: identifies the exact product; ``code``, ``template`` and ``text`` are
        weaker ways to recognise it, ``category`` the weakest; ``None`` when not known
    """

    position: int
    label: str
    quantity: float = 1.0
    unit: str = ""
    reference: str | None = None
    factor: float = 1.0
    price: float | None = None
    discount: float = 0.0
    amount: float = 0.0
    section: str = ""
    is_optional: bool = False
    product: str | None = None
    code: str | None = None
    template: str | None = None
    text: str | None = None
    category: str | None = None
    cost: float | None = None

    @property
    def margin_percent(self) -> float | None:
        """Return what is left of the price in per cent, ``None`` when not known."""
        if self.cost is None or not self.price or self.price < 0:
            return None
        return 100.0 * (self.price - self.cost) / self.price

    @property
    def order(self) -> str:
        """Sorts lines of one product: what is bought first, then as they stand."""
        return f"{self.is_optional:d} {self.position:06d} {self}"

    def key(self, level: str) -> str | None:
        """Return what identifies the line at one of :data:`EXACT_LEVELS`."""
        value: str | None = getattr(self, level)
        return value


def reference_price(
    amount: float, quantity: float, factor: float, fallback: float
) -> float | None:
    """Return the price of one reference unit, tax excluded and after discount.

    :param amount: of the line
    :param quantity: in the line's unit
    :param factor: reference units in one unit
    :param fallback: price of one unit after discount, for lines that only name a
        price: optional ones have the quantity 0
    :return: ``None`` for returns, whose price compares with nothing
    """
    if quantity < 0 or amount < 0 or factor <= 0:
        return None
    return (amount / quantity if quantity else fallback) / factor

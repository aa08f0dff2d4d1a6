"""How a price stands to another one, without telling it."""

from typing import Literal

Relation = Literal["lower", "within", "higher"]


def price_relation(price: float, reference: float, percent: float) -> Relation | None:
    """Return whether ``price`` is lower, higher, or within so many per cent.

    ``reference`` must be nothing that the asking side can choose: whoever may ask
    again with other numbers finds the price by halving.

    :return: ``None`` when there is nothing to compare with
    """
    if reference <= 0 or price < 0:
        return None
    away = 100.0 * (price - reference) / reference
    if abs(away) <= percent:
        return "within"
    return "lower" if away < 0 else "higher"

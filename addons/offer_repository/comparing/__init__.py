"""Several offers side by side: what belongs together, what differs, what is shown.

Prices are tax excluded, in one currency and per reference unit; whoever calls has
converted them. Odoo code imports this facade only.
"""

from .alignment import Row as ItemRow
from .alignment import align
from .item import EXACT_LEVELS, LEVELS, Item, reference_price
from .relation import price_relation
from .table import (
    Cell,
    Column,
    Group,
    Row,
    Shown,
    Table,
    View,
    classes,
    difference,
    is_equal,
    show,
)

__all__ = [
    "EXACT_LEVELS",
    "LEVELS",
    "Cell",
    "Column",
    "Group",
    "Item",
    "ItemRow",
    "Row",
    "Shown",
    "Table",
    "View",
    "align",
    "classes",
    "difference",
    "is_equal",
    "price_relation",
    "reference_price",
    "show",
]

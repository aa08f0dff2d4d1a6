"""Pure intake: what other systems hand in, checked item by item. Imports no Odoo."""

from .item import CHANNELS, RESERVED, Item, ItemError, parse_item
from .table import TARGETS, Layout, guess_columns, row_values

__all__ = [
    "CHANNELS",
    "RESERVED",
    "TARGETS",
    "Item",
    "ItemError",
    "Layout",
    "guess_columns",
    "parse_item",
    "row_values",
]

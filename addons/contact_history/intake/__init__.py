"""Pure intake: what other systems hand in, checked item by item. Imports no Odoo."""

from .item import CHANNELS, RESERVED, Item, ItemError, parse_item

__all__ = ["CHANNELS", "RESERVED", "Item", "ItemError", "parse_item"]

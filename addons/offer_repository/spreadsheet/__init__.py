"""Spreadsheets: plain values in, XLSX bytes out, in constant memory.

Pure Python around XlsxWriter: no Odoo, no clock. Text never becomes a formula, equal
input gives equal bytes. Odoo code imports this facade only.
"""

from .model import (
    Column,
    Heading,
    Money,
    Percent,
    Row,
    Sheet,
    Toned,
    Value,
    Workbook,
)
from .patterns import date_pattern, money_pattern
from .totals import Totals
from .writing import MAX_ROWS, write_workbook

__all__ = [
    "MAX_ROWS",
    "Column",
    "Heading",
    "Money",
    "Percent",
    "Row",
    "Sheet",
    "Toned",
    "Totals",
    "Value",
    "Workbook",
    "date_pattern",
    "money_pattern",
    "write_workbook",
]

"""The offer document: plain values in, PDF bytes out.

Pure Python around ReportLab: no Odoo, no clock, no network. Every text arrives
translated and formatted; equal input gives equal bytes, so that a document sent twice
is recognised as the same.
"""

from .anchor import AnchorSheet, render_anchor
from .errors import DocumentError
from .model import (
    Block,
    Columns,
    Fact,
    Fonts,
    Letterhead,
    Line,
    OfferDocument,
    Signature,
    TableCell,
    TableDocument,
    TableHead,
    TablePart,
    TableRow,
    Total,
)
from .render import render_offer
from .sheet_table import render_table

__all__ = [
    "AnchorSheet",
    "Block",
    "Columns",
    "DocumentError",
    "Fact",
    "Fonts",
    "Letterhead",
    "Line",
    "OfferDocument",
    "Signature",
    "TableCell",
    "TableDocument",
    "TableHead",
    "TablePart",
    "TableRow",
    "Total",
    "render_anchor",
    "render_offer",
    "render_table",
]

"""Pure timeline engine: entries, page position, merging and redaction.

Imports no Odoo. The model layer reads the rows and translates the codes.
"""

from .cursor import Cursor, CursorError
from .entry import Attachment, Entry, EntryError
from .filters import Filters, FiltersError
from .levels import LEVELS, is_above, lowest
from .merge import Page, merge_pages
from .preview import PREVIEW_LENGTH, shorten
from .thread import thread_of
from .visibility import redact

__all__ = [
    "LEVELS",
    "PREVIEW_LENGTH",
    "Attachment",
    "Cursor",
    "CursorError",
    "Entry",
    "EntryError",
    "Filters",
    "FiltersError",
    "Page",
    "is_above",
    "lowest",
    "merge_pages",
    "redact",
    "shorten",
    "thread_of",
]

"""Reading: what a file is, what it says, and what an offer in it seems to be.

Pure Python without Odoo, clock or files of its own. Files come from anybody: they are
bounded in size, unpacking and text, and what is wrong with them becomes a code.
"""

from .answer import parse_answer
from .amounts import Amount, find_amounts, find_currency, parse_number
from .archives import SafeArchive, check_names
from .columns import FIELDS as COLUMN_FIELDS
from .columns import REQUIRED, Fault, Row, document_names, guess_columns, parse_row
from .dates import find_dates, parse_date
from .errors import NOTES, UNREADABLE, ReadingError
from .kinds import IMAGES, MIMETYPES, find_kind, is_disguised, is_zip
from .limits import DEFAULT_LIMITS, Limits
from .lines import find_lines
from .mail import Mail, html_text, read_eml
from .proposals import FIELDS as PROPOSAL_FIELDS
from .proposals import Context, Proposal, propose
from .reader import read_document, read_lines
from .result import Line, Part, Reading, Recogniser
from .table import Table, read_table
from .units import UNITS, find_unit

__all__ = [
    "COLUMN_FIELDS",
    "DEFAULT_LIMITS",
    "IMAGES",
    "MIMETYPES",
    "NOTES",
    "PROPOSAL_FIELDS",
    "REQUIRED",
    "UNITS",
    "UNREADABLE",
    "Amount",
    "Context",
    "Fault",
    "Limits",
    "Line",
    "Mail",
    "Part",
    "Proposal",
    "Reading",
    "ReadingError",
    "Recogniser",
    "Row",
    "SafeArchive",
    "Table",
    "check_names",
    "document_names",
    "find_amounts",
    "find_currency",
    "find_dates",
    "find_kind",
    "find_lines",
    "find_unit",
    "guess_columns",
    "html_text",
    "is_disguised",
    "is_zip",
    "parse_answer",
    "parse_date",
    "parse_number",
    "parse_row",
    "propose",
    "read_document",
    "read_eml",
    "read_lines",
    "read_table",
]

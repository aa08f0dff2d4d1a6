"""What we hold of a person, as files: to read, to process, to keep.

Pure Python around ReportLab and XlsxWriter: no Odoo, no clock. Equal input gives equal
bytes. Odoo code imports this facade only.
"""

from .as_json import to_json
from .as_pdf import DossierError, to_pdf
from .as_sheets import to_xlsx
from .bundle import safe_name, write_bundle
from .masking import Masker
from .model import Column, Dossier, Fonts, Row, Section, Value

__all__ = [
    "Column",
    "Dossier",
    "DossierError",
    "Fonts",
    "Masker",
    "Row",
    "Section",
    "Value",
    "safe_name",
    "to_json",
    "to_pdf",
    "to_xlsx",
    "write_bundle",
]

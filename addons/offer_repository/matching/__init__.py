"""Who is the same customer: normal forms, keys, evidence and verdict, without Odoo.

Everything here is a pure function of its arguments. Odoo code imports this facade only.
"""

from .evidence import CODES, Evidence, Holders, compare
from .keys import Key, Kind, Party, keys
from .mailboxes import normalise_email, normalise_emails
from .phones import normalise_phones
from .scheme import DEFAULT_SCHEME, Scheme
from .tax_numbers import VatKey, normalise_vat
from .verdict import Verdict, judge

__all__ = [
    "CODES",
    "DEFAULT_SCHEME",
    "Evidence",
    "Holders",
    "Key",
    "Kind",
    "Party",
    "Scheme",
    "VatKey",
    "Verdict",
    "compare",
    "judge",
    "keys",
    "normalise_email",
    "normalise_emails",
    "normalise_phones",
    "normalise_vat",
]

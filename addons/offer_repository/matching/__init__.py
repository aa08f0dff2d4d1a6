"""Who is the same customer: normal forms, keys, evidence and verdict, without Odoo.

Everything here is a pure function of its arguments. Odoo code imports this facade only.
"""

from .choosing import choose_scheme
from .codes import CODES
from .evidence import Evidence, Match
from .features import Counts
from .keys import Key, Kind
from .latin import fold, latinise, skeleton
from .mailboxes import normalise_email, normalise_emails
from .normalising import normalise
from .party import Party
from .phones import normalise_phones
from .profile import PROFILE_VERSION, Profile, ProfileError
from .scheme import DEFAULT_SCHEME, Scheme, SchemeError, load_scheme, parse_scheme
from .tax_numbers import VatKey, normalise_vat
from .verdict import Verdict

# Compatibility: the exact-key interface, until all Odoo code uses profiles.
from .compat import compare
from .exact.evidence import Holders
from .exact.keys import keys
from .exact.verdict import judge

__all__ = [
    "CODES",
    "Counts",
    "DEFAULT_SCHEME",
    "Evidence",
    "Holders",
    "Key",
    "Kind",
    "Match",
    "PROFILE_VERSION",
    "Party",
    "Profile",
    "ProfileError",
    "Scheme",
    "SchemeError",
    "VatKey",
    "Verdict",
    "choose_scheme",
    "compare",
    "fold",
    "judge",
    "keys",
    "latinise",
    "load_scheme",
    "normalise",
    "normalise_email",
    "normalise_emails",
    "normalise_phones",
    "normalise_vat",
    "parse_scheme",
    "skeleton",
]

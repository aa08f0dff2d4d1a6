"""Who is the same customer: normal forms, keys, evidence and verdict, without Odoo.

Everything here is a pure function of its arguments. Odoo code imports this facade only.
"""

from .choosing import choose_scheme
from .codes import CODES
from .evidence import (
    Evidence,
    Match,
    add_rows,
    compare,
    conclude,
    first_look,
    hear,
    judge,
)
from .features import Counts, observe
from .keys import Key, Kind
from .latin import fold, latinise, skeleton
from .mailboxes import normalise_email, normalise_emails
from .normalising import normalise
from .party import Party
from .phones import normalise_phones
from .profile import PROFILE_VERSION, Profile, ProfileError
from .scheme import DEFAULT_SCHEME, Scheme, SchemeError, load_scheme, parse_scheme
from .second_look import FirstLook
from .tax_numbers import VatKey, normalise_vat
from .thirds import THIRD_CODES, Look
from .verdict import Verdict

__all__ = [
    "CODES",
    "Counts",
    "DEFAULT_SCHEME",
    "Evidence",
    "FirstLook",
    "Key",
    "Kind",
    "Look",
    "Match",
    "PROFILE_VERSION",
    "Party",
    "Profile",
    "ProfileError",
    "Scheme",
    "SchemeError",
    "THIRD_CODES",
    "VatKey",
    "Verdict",
    "add_rows",
    "choose_scheme",
    "compare",
    "conclude",
    "fold",
    "latinise",
    "first_look",
    "hear",
    "judge",
    "load_scheme",
    "normalise",
    "normalise_email",
    "normalise_emails",
    "normalise_phones",
    "normalise_vat",
    "observe",
    "parse_scheme",
    "skeleton",
]

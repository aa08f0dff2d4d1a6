"""Pure telephone engine: numbers in any writing, calls out of events in any order.

Imports no Odoo. All moments are naive UTC in whole seconds.
"""

from .call import Call, fold
from .cdr import CdrError, CdrLine, CdrResult, parse_cdr
from .events import EventError, PhoneEvent, from_plain, from_zammad
from .numbers import Number, number_of, numbers_in

__all__ = [
    "Call",
    "CdrError",
    "CdrLine",
    "CdrResult",
    "EventError",
    "Number",
    "PhoneEvent",
    "fold",
    "from_plain",
    "from_zammad",
    "number_of",
    "numbers_in",
    "parse_cdr",
]

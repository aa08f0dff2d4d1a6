"""Pure response engine: who waits for whom since when, and how long that took.

Imports no Odoo. All moments are naive UTC in whole seconds, as Odoo stores them.
"""

from .automatic import is_automatic
from .courtesy import is_courtesy
from .habits import Habit, Hours, preferred_channel, preferred_hours
from .hours import Shift, WorkingHours
from .pairing import Contact, Turn, pair
from .roles import ANSWERS, ASKS, NEITHER, ROLES, role_of
from .target import (
    CLOCKS,
    DEFAULT_TARGETS,
    UNITS,
    Measured,
    Target,
    measure,
)

__all__ = [
    "ANSWERS",
    "ASKS",
    "CLOCKS",
    "DEFAULT_TARGETS",
    "NEITHER",
    "ROLES",
    "UNITS",
    "Contact",
    "Habit",
    "Hours",
    "Measured",
    "Shift",
    "Target",
    "Turn",
    "WorkingHours",
    "is_automatic",
    "is_courtesy",
    "measure",
    "pair",
    "preferred_channel",
    "preferred_hours",
    "role_of",
]

"""Every code that evidence may carry."""

from .scheme import load_scheme
from .thirds import THIRD_CODES

# The card has points, if only 0, for everything that can be observed between two.
CODES = frozenset(load_scheme("card-2026-11").points) | THIRD_CODES

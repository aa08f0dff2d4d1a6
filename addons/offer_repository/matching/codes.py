"""Every code that evidence may carry."""

from .exact.evidence import CODES as EXACT_CODES
from .scheme import load_scheme

# The card has points, if only 0, for everything that can be observed.
CODES = frozenset(load_scheme("card-2026-11").points) | EXACT_CODES

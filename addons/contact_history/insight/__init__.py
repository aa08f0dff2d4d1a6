"""Pure insight engine: what a reader chose to see, and how channels shift.

Imports no Odoo. All moments are naive UTC, as Odoo stores them.
"""

from .choice import GRAINS, PERIODS, Choice, ChoiceError
from .heat import LEVELS, level_of
from .mix import Shift, main_shifts, mix_of, season_of, way_of

__all__ = [
    "GRAINS",
    "LEVELS",
    "PERIODS",
    "Choice",
    "ChoiceError",
    "Shift",
    "level_of",
    "main_shifts",
    "mix_of",
    "season_of",
    "way_of",
]

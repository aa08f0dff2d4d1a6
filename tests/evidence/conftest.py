"""Make the addon's pure packages importable without Odoo."""

import sys
from pathlib import Path

ADDON = Path(__file__).parents[2] / "addons" / "offer_repository"
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))

"""Make the addon's pure packages importable without Odoo."""

import sys
from pathlib import Path

ADDON = Path(__file__).parents[2] / "addons" / "contact_history"
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))

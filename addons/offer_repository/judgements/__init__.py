"""What people decided about pairs of customers, and what follows, without Odoo.

Who belongs together, how often each kind of evidence was right, what another threshold
would change. Odoo code imports this facade only.
"""

from .calibration import (
    CodeRecord,
    Decision,
    Outcome,
    Thresholds,
    code_records,
    outcome,
)
from .components import Link, components

__all__ = [
    "CodeRecord",
    "Decision",
    "Link",
    "Outcome",
    "Thresholds",
    "code_records",
    "components",
    "outcome",
]

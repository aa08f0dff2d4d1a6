"""What people decided about pairs of customers, and who belongs together by it.

Without Odoo. Odoo code imports this facade only.
"""

from .components import Link, components
from .thresholds import points_of

__all__ = ["Link", "components", "points_of"]

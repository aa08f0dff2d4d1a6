"""When two offers collide, and how badly: overlap, spread, severity, without Odoo.

Amounts are tax excluded and in one currency, quantities in the product's base unit;
whoever calls has converted them. Odoo code imports this facade only.
"""

from .alignment import Cell, Row, align, total_cost
from .assessment import Assessment, Case, assess, assess_case
from .claim import Standing, Term, extended, standing
from .grouping import Group, group_lines
from .kinship import Kinship
from .overlap import Overlap, product_overlap
from .proposal import LEVELS, Line, Proposal, text_key
from .scheme import DEFAULT_SCHEME, Scheme
from .severity import Reason, Severity, grade
from .signature import signature
from .spread import Spread, price_spread
from .window import live_window, overlap_days

__all__ = [
    "DEFAULT_SCHEME",
    "LEVELS",
    "Assessment",
    "Case",
    "Cell",
    "Group",
    "Kinship",
    "Line",
    "Overlap",
    "Proposal",
    "Reason",
    "Row",
    "Scheme",
    "Severity",
    "Spread",
    "Standing",
    "Term",
    "align",
    "assess",
    "assess_case",
    "extended",
    "grade",
    "group_lines",
    "live_window",
    "overlap_days",
    "price_spread",
    "product_overlap",
    "signature",
    "standing",
    "text_key",
    "total_cost",
]

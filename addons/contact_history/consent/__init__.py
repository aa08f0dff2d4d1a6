"""May we contact somebody? From what was said, when, and for which purpose.

Pure Python: no Odoo, no clock. Odoo code imports this facade only.
"""

from .verdict import PURPOSES, Statement, Verdict, decide

__all__ = ["PURPOSES", "Statement", "Verdict", "decide"]

"""Many rows in one statement."""

from odoo.tools import SQL


def values_of(rows):
    """Return rows as what follows VALUES: one piece of SQL, not one a row.

    :param rows: tuples, at least one
    """
    return SQL(", ".join(["%s"] * len(rows)), *rows)

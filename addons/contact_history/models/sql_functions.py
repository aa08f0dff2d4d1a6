"""Functions that live in the database, made by ``init`` of the model they serve."""

from odoo.tools import SQL


def make_function(cr, name, definition):
    """Make a function, or make it anew.

    :param name: of one function; there are no others of that name
    :param SQL definition: what follows the name
    """
    drop_functions(cr, name)
    cr.execute(SQL("CREATE FUNCTION %s %s", SQL.identifier(name), definition))


def array_of(calls):
    """Return the values of many calls as one array.

    :param calls: iterable of ``SQL``, at least one
    """
    return SQL("ARRAY[%s]", SQL(", ").join(calls))


def drop_functions(cr, *names):
    """Remove functions, those that an upgrade changes or an uninstallation leaves."""
    for name in names:
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s", SQL.identifier(name)))

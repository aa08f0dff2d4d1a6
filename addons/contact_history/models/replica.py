"""Reading on a replica, where nothing can be written."""

from psycopg2.errors import ReadOnlySqlTransaction


def need_to_write(cr, why):
    """Send a reader on to a cursor that may write: Odoo asks again with one."""
    if cr.readonly:
        raise ReadOnlySqlTransaction(why)

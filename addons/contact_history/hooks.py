from .models.sql_functions import drop_functions


def uninstall_hook(env):
    """Remove what Odoo would leave behind: it drops tables, not functions."""
    drop_functions(
        env.cr, "contact_phone_number_follow", "contact_interaction_unassigned"
    )

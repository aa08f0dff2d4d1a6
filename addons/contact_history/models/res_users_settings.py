from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    # As the page of the history had it last, see ``timeline.Filters.from_values``.
    contact_history_filters = fields.Json()

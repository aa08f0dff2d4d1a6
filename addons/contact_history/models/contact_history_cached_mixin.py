from odoo import api, models


class ContactHistoryCachedMixin(models.AbstractModel):
    """Few lines that are asked for all the time, so answers are kept in memory.

    For settings whose answers are in ``ormcache``: whatever changes them makes every
    process forget what it keeps.
    """

    _name = "contact.history.cached.mixin"
    _description = "Contact history: settings kept in memory"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

from odoo import models

from .offer_job_stages import UNANNOUNCED


class OfferConflict(models.Model):
    _inherit = "offer.conflict"

    def _tell_managers(self):
        """Keep quiet about what was there before the addon: the report tells of it."""
        if self.env.context.get(UNANNOUNCED):
            return
        super()._tell_managers()

    def _tell_seller(self, user, offer):
        if self.env.context.get(UNANNOUNCED):
            return None
        return super()._tell_seller(user, offer)

from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _contact_history_companies(self):
        """Let companies of one detection group appear in each other's timelines.

        What is shown of them stays decided by their own policy.
        """
        return super()._contact_history_companies() | self.env.companies._offer_tree()

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _contact_history_levels(self):
        """Let a channel be seen more, or less, than the others of its branch."""
        by_channel = self.env["contact.channel.policy"]._levels(self)
        return {
            company_id: {**levels, **by_channel[company_id]}
            for company_id, levels in super()._contact_history_levels().items()
        }

from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_set_lost(self, **additional_values):
        result = super().action_set_lost(**additional_values)
        self._offer_heads()._set_state("lost", only_from=("sent", "expired"))
        return result

    def action_unarchive(self):
        result = super().action_unarchive()
        self._offer_heads()._reopen_lost()
        return result

    def _offer_heads(self):
        """Return the archived offers of the opportunities.

        Sudo: nobody may write heads, and closing the opportunity was checked already.
        """
        return (
            self.env["offer.offer"].sudo().search([("opportunity_id", "in", self.ids)])
        )

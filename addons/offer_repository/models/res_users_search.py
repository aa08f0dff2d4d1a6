from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_open_offer_subscriptions(self):
        """List the mails of saved searches that the user gets."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_search_subscription_action"
        )

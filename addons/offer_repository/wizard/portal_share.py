from odoo import models


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    def action_send_mail(self):
        """Archive the quotation whose link is given to somebody here."""
        result = super().action_send_mail()
        if self.res_model == "sale.order":
            order = self.env["sale.order"].browse(self.res_id)
            messages_sudo = order.sudo().message_ids[: len(self.partner_ids)]
            if order.state != "cancel":
                order._offer_archive("link", message=messages_sudo)
        return result

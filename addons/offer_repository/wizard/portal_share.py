from odoo import api, models


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    @api.model
    def default_get(self, fields):
        """Ask the send gate before the link is shown: it can be copied from there."""
        defaults = super().default_get(fields)
        if defaults.get("res_model") == "sale.order":
            self._offer_ask_gate(defaults.get("res_id"))
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        for share in shares.filtered(lambda share: share.res_model == "sale.order"):
            self._offer_ask_gate(share.res_id)
        return shares

    @api.model
    def _offer_ask_gate(self, order_id):
        order = self.env["sale.order"].browse(order_id or []).exists()
        if order and order.has_access("read"):
            self.env["offer.check"]._enforce_release(order)

    def action_send_mail(self):
        """Archive the quotation whose link is given to somebody here."""
        result = super().action_send_mail()
        if self.res_model == "sale.order":
            order = self.env["sale.order"].browse(self.res_id)
            messages_sudo = order.sudo().message_ids[: len(self.partner_ids)]
            if order.state != "cancel":
                order._offer_archive("link", message=messages_sudo)
        return result

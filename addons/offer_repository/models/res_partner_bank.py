from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        accounts._offer_touch_holders(accounts.partner_id)
        return accounts

    def write(self, vals):
        if not {"acc_number", "partner_id", "active"} & vals.keys():
            return super().write(vals)
        holders = self.partner_id
        result = super().write(vals)
        self._offer_touch_holders(holders | self.partner_id)
        return result

    def unlink(self):
        holders = self.partner_id
        result = super().unlink()
        self._offer_touch_holders(holders)
        return result

    def _offer_touch_holders(self, holders):
        holders._offer_touch()
        # Otherwise profiles are made without asking for accounts.
        self.env["contact.partner.upkeep"]._note("to_read", holders.ids)

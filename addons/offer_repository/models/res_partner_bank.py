from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        accounts.partner_id._offer_touch()
        return accounts

    def write(self, vals):
        if not {"acc_number", "partner_id", "active"} & vals.keys():
            return super().write(vals)
        holders = self.partner_id
        result = super().write(vals)
        (holders | self.partner_id)._offer_touch()
        return result

    def unlink(self):
        holders = self.partner_id
        result = super().unlink()
        holders._offer_touch()
        return result

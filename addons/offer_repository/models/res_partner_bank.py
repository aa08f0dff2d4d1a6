from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        self.env["offer.partner.profile"]._touch(accounts.partner_id.ids)
        return accounts

    def write(self, vals):
        if not {"acc_number", "partner_id", "active"} & vals.keys():
            return super().write(vals)
        holders = self.partner_id
        result = super().write(vals)
        self.env["offer.partner.profile"]._touch((holders | self.partner_id).ids)
        return result

    def unlink(self):
        holders = self.partner_id
        result = super().unlink()
        self.env["offer.partner.profile"]._touch(holders.ids)
        return result

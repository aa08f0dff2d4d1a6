from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_loss_ask = fields.Boolean(
        string="Ask Why Offers Expired",
        default=True,
        help="Salespeople get an activity for an offer that expired unanswered.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_loss_ask = fields.Boolean(
        related="company_id.offer_loss_ask",
        readonly=False,
    )

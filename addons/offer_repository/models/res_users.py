from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    offer_tree_company_ids = fields.Many2many(
        "res.company",
        string="Companies of the Offer Tree",
        compute="_compute_offer_tree_company_ids",
        compute_sudo=True,
        groups="base.group_system",
        help="All companies that share detection with one of the user's companies. "
        "Record rules read it.",
    )

    @api.depends("company_ids.offer_detection_group_id.company_ids")
    def _compute_offer_tree_company_ids(self):
        for user in self:
            user.offer_tree_company_ids = user.company_ids._offer_tree()

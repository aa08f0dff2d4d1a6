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

    def _offer_may_read(self, record):
        """Tell whether the user may read a record, with all of the own branches on.

        Those of who works at the moment may not be his, and Odoo would raise instead of
        answering.
        """
        theirs = record.with_user(self).with_context(
            allowed_company_ids=self.company_ids.ids
        )
        return theirs.has_access("read")

    @api.depends("company_ids.offer_detection_group_id.company_ids")
    def _compute_offer_tree_company_ids(self):
        for user in self:
            user.offer_tree_company_ids = user.company_ids._offer_tree()

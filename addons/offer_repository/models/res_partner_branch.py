from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Which record of a customer a branch works with."""

    _inherit = "res.partner"

    def _offer_of_branch(self, company_sudo):
        """Return this partner, else one of its address, that a branch may read.

        :param company_sudo: ``res.company``, empty where everybody may
        :return: ``res.partner`` in sudo, empty when the branch has none
        """
        branches = company_sudo.parent_ids
        is_theirs = not self.company_id or self.company_id in branches
        if not company_sudo or is_theirs or not self.partner_share:
            return self
        if not self.email_normalized:
            return self.browse()
        theirs = Domain("company_id", "in", (False, *branches.ids))
        address = Domain("email_normalized", "=", self.email_normalized)
        return self.search(theirs & address, limit=1)

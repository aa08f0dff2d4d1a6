from odoo import models

from .offer_check import MANAGER
from .offer_partner_match import APART

# Whom Odoo lets use its merge; what moves may belong to any branch, so besides that
# it takes a manager of the tree.
_MAY_MERGE = "base.group_partner_manager"


class OfferPartnerMatch(models.Model):
    """Whether two customers can be made one record."""

    _inherit = "offer.partner.match"

    def action_merge(self):
        """Open the dialog that merges the two, with a preview of what will move."""
        self.ensure_one()
        self.check_access("read")
        stays = min(self.left_partner_id | self.right_partner_id, key=_age)
        dialog = self.env["offer.partner.match.merge"].create(
            {"match_id": self.id, "dst_partner_id": stays.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge two customers"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _review_merge(self):
        user = self.env.user
        if not (user.has_group(MANAGER) and user.has_group(_MAY_MERGE)):
            return super()._review_merge()
        possible, reason = self._merge_check()
        return {"is_possible": possible, "reason": reason}

    def _merge_check(self):
        """Return whether a merge makes sense and Odoo would do it; if not, why.

        Records of two branches stay two: each branch works with its own, they are
        linked. A record that all branches share would become one branch's own.
        """
        self.ensure_one()
        pair_sudo = self.sudo().left_partner_id | self.sudo().right_partner_id
        reason = self._merge_obstacle(pair_sudo)
        return not reason, reason

    def _merge_obstacle(self, pair_sudo):
        left_sudo, right_sudo = pair_sudo[:1], pair_sudo[1:]
        pair = pair_sudo.with_env(self.env)
        if self.judgement in APART:
            return self.env._("They were judged not to be one customer.")
        if left_sudo.company_id != right_sudo.company_id:
            return self.env._(
                "Two branches keep these records: they are linked, not merged."
            )
        off_sudo = pair_sudo.company_id & self.env.user.company_ids - self.env.companies
        if off_sudo:
            return self.env._(
                "Switch on %(branch)s to change these records.",
                branch=off_sudo[0].name,
            )
        if len(pair._filtered_access("write")) < 2:
            return self.env._("You may not change both records.")
        if len(pair_sudo.with_context(active_test=False).user_ids) > 1:
            return self.env._("Both records belong to users of this database.")
        if left_sudo.email != right_sudo.email and not self.env.is_admin():
            return self.env._(
                "Odoo merges records with the same e-mail address only. Here they are "
                "%(left)s and %(right)s.",
                left=left_sudo.email or self.env._("none"),
                right=right_sudo.email or self.env._("none"),
            )
        return ""


def _age(partner):
    return not partner.active, partner.id

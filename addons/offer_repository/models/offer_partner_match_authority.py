from odoo import models
from odoo.exceptions import UserError

from .offer_check import MANAGER
from .offer_partner_match import APART

# What only a manager can let pass, or nobody.
_STRICT = ("approval", "block")


class OfferPartnerMatch(models.Model):
    """What staff must not decide alone: it would open the gate that the rules close."""

    _inherit = "offer.partner.match"

    def _check_judgement_allowed(self, judgement):
        """Keep staff from judging apart what their branch's rules stop them at.

        :raise UserError: when another branch has a live offer out to one of a pair and
            the policy needs a manager, or says no, before the own one goes out
        """
        super()._check_judgement_allowed(judgement)
        if judgement not in APART or self.env.user.has_group(MANAGER):
            return
        company_sudo = self.env.company.sudo()
        for match_sudo in self.sudo():
            if not match_sudo._is_gated(company_sudo):
                continue
            offers_sudo = match_sudo._foreign_offers(company_sudo)
            if offers_sudo:
                raise UserError(
                    self.env._(
                        "%(branch)s has a live offer out to one of these two "
                        "customers, and the rules of your branch leave that to a "
                        "manager. Ask one to decide whether they are different.",
                        branch=offers_sudo[0].company_id.name,
                    )
                )

    def _is_gated(self, company_sudo):
        """Tell whether the rules of a branch stop offers because of this pair."""
        policy = self.env["offer.check.policy"]
        if policy._is_gated(company_sudo, "conflict", _STRICT):
            return True
        found = self._as_partner_match(self.left_partner_id.id)
        return policy._level(company_sudo, "quotation", found) in _STRICT

    def _foreign_offers(self, company_sudo):
        """Return other branches' live offers to one of the two."""
        sides = (self.left_partner_id.id, self.right_partner_id.id)
        found = [self._as_partner_match(side) for side in sides]
        return self.env["offer.check"]._find_offers(found, company_sudo)

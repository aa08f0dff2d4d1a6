from odoo import models

from ..matching import Verdict


class OfferPartnerMatch(models.Model):
    """What becomes of the pairs when the thresholds change."""

    _inherit = "offer.partner.match"

    def _apply_thresholds(self):
        """Give these pairs the verdicts that their points now have, in sudo.

        Judgements stay. Links follow: what is certain no more is linked no more.
        """
        for anchor_sudo, pairs_sudo in self.sudo().grouped("anchor_company_id").items():
            tree_sudo = anchor_sudo._offer_tree()
            changed_sudo = pairs_sudo._renew_verdicts(tree_sudo._offer_scheme())
            if changed_sudo:
                # sudo: identities follow, they are nobody's to write.
                self.env["offer.identity"].sudo()._derive(
                    changed_sudo._partner_ids(), tree_sudo
                )

    def _renew_verdicts(self, scheme):
        """Write the verdicts by a scheme; return the pairs that got another one.

        Points of another scheme say nothing: a look-up will weigh these pairs anew.
        """
        changed = self.browse()
        own = self.filtered(lambda pair: pair.scheme in (False, scheme.name))
        for verdict, pairs in own.grouped(
            lambda pair: _verdict(pair.points, scheme)
        ).items():
            other = pairs.filtered(
                # A rule above the score: no threshold makes these one customer.
                lambda pair, verdict=verdict: (
                    pair.verdict not in (verdict.value, Verdict.SAME_GROUP.value)
                )
            )
            other.verdict = verdict.value
            changed |= other
        return changed


def _verdict(points, scheme):
    if points >= scheme.certain:
        return Verdict.CERTAIN
    return Verdict.PROBABLE if points >= scheme.probable else Verdict.POSSIBLE

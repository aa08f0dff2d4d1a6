from odoo import api, models
from odoo.fields import Domain

from ..matching import Verdict


class OfferPartnerMatch(models.Model):
    """What becomes of the pairs when the thresholds change."""

    _inherit = "offer.partner.match"

    @api.model
    def _apply_thresholds(self, company_sudo):
        """Give every pair of a company's tree the verdict that its points now have.

        Judgements stay. Links follow: what is certain no more is linked no more.
        """
        tree_sudo = company_sudo._offer_tree()
        for verdict, domain in self._verdict_domains(tree_sudo._offer_scheme()):
            changed_sudo = self.sudo().search(
                domain
                & Domain("verdict", "not in", (verdict.value, "same_group"))
                & Domain("anchor_company_id", "in", tree_sudo.ids)
            )
            changed_sudo.verdict = verdict.value
            for pair_sudo in changed_sudo:
                self.env["offer.identity"].sudo()._derive(
                    pair_sudo._partner_ids(), tree_sudo
                )

    @api.model
    def _verdict_domains(self, scheme):
        certain = Domain("points", ">=", scheme.certain)
        probable = Domain("points", ">=", scheme.probable)
        return [
            (Verdict.CERTAIN, certain),
            (Verdict.PROBABLE, probable & ~certain),
            (Verdict.POSSIBLE, ~probable),
        ]

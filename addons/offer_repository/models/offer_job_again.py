from odoo import models
from odoo.fields import Domain

_PAIRS = 500
# Kinds of jobs that compare everything, or only what changed since the last of them.
_ONLY_WHAT_CHANGED = ("scan", "rebuild")
_COMPARING = ("first_run", "scheme", *_ONLY_WHAT_CHANGED)


class OfferJob(models.Model):
    """The second look at pairs, see ``offer_partner_match_thirds.py``."""

    _inherit = "offer.job"

    def _pairs_to_hear(self, after=0):
        """Return the domain of pairs that third records may say something new about."""
        domain = Domain("id", ">", after)
        if self.kind not in _ONLY_WHAT_CHANGED:
            return domain
        last = self.search(
            [("state", "=", "done"), ("kind", "in", _COMPARING), ("id", "<", self.id)],
            order="id desc",
            limit=1,
        )
        if not last:
            return domain
        return domain & Domain("write_date", ">=", last.started_at)

    def _count_again(self):
        pairs_sudo = self.env["offer.partner.match"].sudo()
        return pairs_sudo.search_count(self._pairs_to_hear())

    def _run_again(self, after):
        """Hear what the other records of customers say about their pairs."""
        pairs_sudo = self.env["offer.partner.match"].sudo()
        domain = self._pairs_to_hear(after)
        found = pairs_sudo.search(domain, order="id", limit=_PAIRS)
        around = pairs_sudo.browse()
        if self.kind in _ONLY_WHAT_CHANGED:
            for anchor, pairs in found.grouped("anchor_company_id").items():
                around |= pairs_sudo.search(
                    pairs_sudo._pair_domain(pairs._partner_ids(), anchor)
                )
        (found | around)._look_again()
        return found.ids

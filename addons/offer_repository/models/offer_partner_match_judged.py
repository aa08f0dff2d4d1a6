import hashlib

from odoo import api, models

from ..matching import Evidence, Match, Verdict
from .offer_partner_match import APART, UNDECIDED
from .partner_match import PartnerMatch


class OfferPartnerMatch(models.Model):
    """How judgements come back into look-ups, and when they are outdated."""

    _inherit = "offer.partner.match"

    @api.model
    def _with_judgements(self, found, tree_sudo):
        """Return what look-ups found as people see it.

        Who was judged to be somebody else is left out, until key data change; who was
        judged to be the same is certain, even when nothing in the records shows it any
        more.

        :param found: dict of the id of who was looked up to list of
            :class:`~.partner_match.PartnerMatch`; a customer who is just being typed
            has none and was never judged
        :return: dict like ``found``
        """
        judged = self._judged_by_other({*filter(None, found)}, tree_sudo)
        return {
            entity_id: self._judged(entity_id, matches, judged[entity_id])
            if entity_id in judged
            else matches
            for entity_id, matches in found.items()
        }

    @api.model
    def _judged(self, entity_id, matches, judged):
        """Return the matches of one customer as people see them.

        :param judged: dict of :meth:`_judged_by_other`
        """
        seen = []
        for match in matches:
            row_sudo = judged.pop(match.partner_id, None)
            if not row_sudo or row_sudo._is_outdated():
                seen.append(match)
            elif row_sudo.judgement == "same":
                seen.append(match.with_verdict(Verdict.CERTAIN))
        return seen + [
            row_sudo._as_partner_match(entity_id)
            for row_sudo in judged.values()
            if row_sudo.judgement == "same"
        ]

    @api.model
    def _judged_by_other(self, entity_ids, tree_sudo):
        """Return the decided pairs of customers, by customer and by the other one."""
        if not entity_ids:
            return {}
        domain = self._pair_domain(entity_ids, tree_sudo)
        rows_sudo = self.sudo().search([*domain, ("judgement", "not in", UNDECIDED)])
        judged = {}
        for row_sudo in rows_sudo:
            for one in row_sudo._partner_ids() & entity_ids:
                judged.setdefault(one, {})[row_sudo._other_id(one)] = row_sudo
        return judged

    def _as_partner_match(self, entity_id):
        """Return a pair that people decided on as a look-up would have found it."""
        is_left = self.left_partner_id.id == entity_id
        match = Match(
            self.score, self.points, Verdict.CERTAIN, self._evidence_of(is_left)
        )
        return PartnerMatch(self._other_id(entity_id), match)

    def _evidence_of(self, is_left=True):
        """Return the stored evidence, seen from the left customer or the right one."""
        mine, other = ("left", "right") if is_left else ("right", "left")
        return tuple(
            Evidence(row["code"], row["points"], row[mine], row[other])
            for row in self.evidence or ()
        )

    # ------------------------------------------------------------------
    # Key data
    # ------------------------------------------------------------------

    def _is_outdated(self):
        """Tell whether two customers were judged apart by data they have no more."""
        self.ensure_one()
        return self.judgement in APART and self.digest != self._key_data_digest()

    def _key_data_digest(self):
        """Return a fingerprint of what identifies both customers."""
        self.ensure_one()
        sides = (self.left_partner_id, self.right_partner_id)
        # Sorted: after a merge of contacts the sides may be swapped.
        texts = sorted("|".join(side._offer_key_data()) for side in sides)
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()

    def _partner_ids(self):
        return {*self.left_partner_id.ids, *self.right_partner_id.ids}

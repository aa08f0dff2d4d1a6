from odoo import api, models
from odoo.tools import SQL

from ..matching import (
    THIRD_CODES,
    Evidence,
    FirstLook,
    Look,
    Match,
    Verdict,
    add_rows,
    first_look,
    hear,
)
from .offer_partner_match import UNDECIDED
from .partner_match import PartnerMatch

# What people decided, as the look that third records are heard with; a pair judged
# different has nothing in common. Nothing fits better than what people say.
_SURE = 30.0
_JUDGED = {
    "same": Look(Verdict.CERTAIN, _SURE),
    "same_group": Look(Verdict.SAME_GROUP, 0.0),
}
_SHARED = frozenset({"identifiers_one", "identifiers_several"})
_TYPED = 0  # stands for a customer who is just being typed


class OfferPartnerMatch(models.Model):
    """The second look: what the other records of a customer say about a pair.

    Rows of evidence with ``THIRD_CODES`` come from here alone; the rest of a pair is
    what the first look found. So the order in which customers are looked up does not
    matter, and looking again changes nothing.
    """

    _inherit = "offer.partner.match"

    def _look_again(self):
        """Hear third records about these pairs, in sudo; links follow."""
        for anchor_sudo, pairs_sudo in self.sudo().grouped("anchor_company_id").items():
            tree_sudo = anchor_sudo._offer_tree()
            touched = pairs_sudo._hear_thirds(tree_sudo)._partner_ids()
            if touched:
                moved = self.env["offer.identity"].sudo()._derive(touched, tree_sudo)
                self.env["offer.offer"].sudo()._look_again_at(moved, tree_sudo)

    def _hear_thirds(self, tree_sudo):
        """Write what third records say; return the pairs that link differently now."""
        scheme = tree_sudo._offer_scheme()
        known = self._known_around(self._partner_ids(), tree_sudo)
        changed_sudo = self.browse()
        for pair_sudo in self.filtered(lambda pair: pair.scheme == scheme.name):
            left, right = pair_sudo.left_partner_id.id, pair_sudo.right_partner_id.id
            alone = first_look(pair_sudo._as_match(), scheme)
            match = hear(alone, known.thirds(left, right), scheme)
            # Who is ruled out stays a pair: it is heard again when the others change.
            match = match._replace(verdict=match.verdict or Verdict.POSSIBLE)
            was_linking = pair_sudo._linking()
            found = PartnerMatch(right, match)
            if pair_sudo._take_over(left, found, tree_sudo) and (
                was_linking or pair_sudo._linking()
            ):
                changed_sudo |= pair_sudo
        return changed_sudo

    @api.model
    def _known_around(self, partner_ids, tree_sudo):
        """Return what the first look found about all pairs with these customers.

        :return: :class:`~..matching.FirstLook` over ids of partners
        """
        scheme = tree_sudo._offer_scheme()
        rows_sudo = self.sudo().search(self._pair_domain(partner_ids, tree_sudo))
        looks = {
            (row.left_partner_id.id, row.right_partner_id.id): row._look_known(scheme)
            for row in rows_sudo
        }
        return FirstLook((*pair, look) for pair, look in looks.items() if look)

    def _look_known(self, scheme):
        """Return what people judged, or the first look found; ``None`` for apart.

        :return: :class:`~..matching.Look`
        """
        if self.judgement not in UNDECIDED:
            return _JUDGED.get(self.judgement)
        match = first_look(self._as_match(), scheme)
        return Look(match.verdict, match.points) if match.verdict else None

    def _as_match(self):
        """Return the stored comparison, the left customer on the left."""
        verdict = Verdict(self.verdict)
        return Match(self.score, self.points, verdict, self._evidence_of())

    def _with_heard(self, found, scheme):
        """Return a new first look with what third records said about the pair before.

        Until the next second look; otherwise every scan would write every pair twice.
        """
        rows = [
            Evidence(row["code"], row["points"])
            for row in self.evidence or ()
            if row["code"] in THIRD_CODES
        ]
        match = add_rows(found.at_first_look(scheme).match, rows, scheme)
        match = match._replace(verdict=match.verdict or Verdict.POSSIBLE)
        return PartnerMatch(found.partner_id, match)

    # ------------------------------------------------------------------
    # Live
    # ------------------------------------------------------------------

    @api.model
    def _heard(self, entity_id, found, tree_sudo):
        """Return a look-up's matches with what is known of the records found.

        :param entity_id: id of who was looked up, ``None`` when just being typed
        :param found: list of :class:`~.partner_match.PartnerMatch`, first looks
        """
        if not found:
            return found
        scheme = tree_sudo._offer_scheme()
        mine = entity_id or _TYPED
        ids = [match.partner_id for match in found]
        looks = self._query_known(ids, mine, tree_sudo)
        looks |= {
            (min(mine, match.partner_id), max(mine, match.partner_id)): Look(
                match.verdict, match.points
            )
            for match in found
        }
        known = FirstLook((*pair, look) for pair, look in looks.items())
        heard = [
            PartnerMatch(
                match.partner_id,
                hear(match.match, known.thirds(mine, match.partner_id), scheme),
            )
            for match in found
        ]
        return [kept for match in heard if (kept := self._worth_telling(match))]

    @api.model
    def _worth_telling(self, match):
        """Return a match that third records may have ruled out, or ``None``.

        Who shares a number or an address is told of all the same: somebody else may
        fit better, and yet the number is in two hands.
        """
        if match.verdict:
            return match
        if not _SHARED & {row.code for row in match.match.evidence}:
            return None
        possible = match.match._replace(verdict=Verdict.POSSIBLE)
        return PartnerMatch(match.partner_id, possible)

    @api.model
    def _query_known(self, partner_ids, entity_id, tree_sudo):
        """Return the looks at stored pairs with these customers, by pair.

        SQL because every look-up of a form asks. Reads the indexes of both partners.
        """
        self.flush_model(["verdict", "points", "judgement"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT left_partner_id, right_partner_id, judgement, verdict, points
                FROM offer_partner_match
                WHERE (left_partner_id = ANY(%(ids)s)
                       OR right_partner_id = ANY(%(ids)s))
                    AND left_partner_id != %(own)s AND right_partner_id != %(own)s
                    AND judgement != 'different' AND anchor_company_id = ANY(%(tree)s)
                LIMIT 1000
                """,
                ids=partner_ids,
                own=entity_id,
                tree=tree_sudo.ids,
            )
        )
        return {
            (left, right): _JUDGED.get(judgement) or Look(Verdict(how), points)
            for left, right, judgement, how, points in rows
        }

from odoo import SUPERUSER_ID, api, fields, models

from ..conflicts import Kinship
from ..matching import Verdict
from .offer_check import MANAGER
from .offer_conflict_detection import SILENT
from .offer_partner_match import APART


class OfferConflict(models.Model):
    """What becomes of a case when people say whether its customers are one."""

    _inherit = "offer.conflict"

    closing_match_id = fields.Many2one(
        "offer.partner.match",
        string="Closed by Match",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _follow_judgements(self, matches_sudo):
        """Close cases whose customers are different after all; open them again.

        :param matches_sudo: ``offer.partner.match`` that was judged or taken back
        """
        # Superuser, silent: as in _detect, the case is the managers' affair.
        detector = self.with_user(SUPERUSER_ID).with_context(**SILENT)
        for match_sudo in matches_sudo:
            detector._revive_closed_by(match_sudo)
            if match_sudo.judgement in APART:
                detector._reassess_with(match_sudo)

    @api.model
    def _reassess_with(self, match_sudo):
        ids = list(match_sudo._partner_ids())
        for case in self.search(
            [
                ("state", "=", "open"),
                ("offer_ids.commercial_partner_id", "in", ids),
            ]
        ):
            if case._is_for_manager(match_sudo):
                case._tell_of_judgement(match_sudo)
                continue
            values = self._assessment_values(case.identity_id, case.offer_ids)
            case.write(values or case._closed_by_values(match_sudo))

    def _is_for_manager(self, match_sudo):
        """Tell whether a judgement would change a case that a manager has to decide.

        Whoever sells is a party to the case: saying that its customers are different
        must not settle it.
        """
        if match_sudo.judged_by_id.has_group(MANAGER):
            return False
        return match_sudo._partner_ids() <= set(
            self.offer_ids.commercial_partner_id.ids
        )

    def _tell_of_judgement(self, match_sudo):
        """Ask the managers of a case whether its customers are different."""
        for manager in self._told_managers():
            words = self.with_context(lang=manager.lang)
            words._offer_todo(
                manager,
                words.env._(
                    "%(user)s says that the customers are different",
                    user=match_sudo.judged_by_id.name,
                ),
                match_sudo.judgement_reason,
            )

    def _closed_by_values(self, match_sudo):
        return {
            "state": "decided",
            "decision": "none",
            "decision_reason": match_sudo.judgement_reason
            or self._in_house().env._("The customers are different."),
            "decided_by_id": match_sudo.judged_by_id.id,
            "decided_at": fields.Datetime.now(),
            "closing_match_id": match_sudo.id,
        }

    @api.model
    def _revive_closed_by(self, match_sudo):
        """Open again what a judgement closed that does not hold any more."""
        if match_sudo.judgement in APART:
            return
        for case in self.search([("closing_match_id", "=", match_sudo.id)]):
            values = {"closing_match_id": False}
            if not self._open_case(case.identity_id, case.offer_ids):
                values |= {
                    "state": "open",
                    "decision": False,
                    "decision_reason": False,
                    "decided_by_id": False,
                    "decided_at": False,
                }
            case.write(values)


class OfferIdentity(models.Model):
    _inherit = "offer.identity"

    def _kinship(self, partner_ids):
        """Return how sure it is that two of these customers of a case are one.

        :return: :class:`~..conflicts.Kinship`
        """
        self.ensure_one()
        tree_sudo = self.anchor_company_id._offer_tree()
        matches = self.env["offer.partner.match"].sudo()
        # who of a group has no offer may still hold two others together
        group = matches._group_rows(partner_ids, tree_sudo)
        partner_ids = partner_ids.union(*(row._partner_ids() for row in group))
        members = self._members_of(partner_ids, tree_sudo)
        place = {member.partner_id.id: member for member in members}
        family = self._certain_family(partner_ids, place)
        rows = matches.search(
            [
                *matches._apart_domain(),
                ("left_partner_id", "in", list(family)),
                ("right_partner_id", "in", list(family)),
            ]
        )
        grouped = rows.filtered(lambda row: row.judgement == "same_group")
        return Kinship(
            family=family,
            identity={
                family[one]: member.identity_id.id for one, member in place.items()
            },
            different=_families(rows - grouped, family),
            grouped=_families(grouped, family),
            counts_groups=tree_sudo._offer_counts_groups(),
        )

    @api.model
    def _certain_family(self, partner_ids, place):
        """Return by customer who he is for certain: one number for all his records."""
        family = {partner_id: partner_id for partner_id in partner_ids}
        for member in place.values():
            if member.verdict == Verdict.CERTAIN.value:
                certain = member.identity_id.member_ids.filtered(
                    lambda other: other.verdict == Verdict.CERTAIN.value
                ).partner_id.ids
                family |= dict.fromkeys(certain, min(certain))
        return family


def _families(rows, family):
    """Return pairs of customer records as pairs of families."""
    return frozenset(
        frozenset(family[one] for one in row._partner_ids()) for row in rows
    )

from odoo import SUPERUSER_ID, api, fields, models

from ..matching import Match, Verdict
from .offer_conflict_detection import SILENT
from .partner_match import PartnerMatch

# More companies than any group has; a chain this long is a mistake somewhere.
_MAX_GROUP = 500


class OfferConflict(models.Model):
    """Companies of one group as one customer, where the tree wants it so.

    Their identities stay apart; only the case brings their offers together.
    """

    _inherit = "offer.conflict"

    closed_by_group_policy = fields.Boolean(readonly=True, copy=False)

    @api.model
    def _with_group(self, matches, tree):
        """Return the matches and, by policy, the companies of the customer's group.

        :param matches: list of :class:`~.partner_match.PartnerMatch`, the customer's
            own record among them
        """
        if not matches or not tree._offer_counts_groups():
            return matches
        known = {match.partner_id for match in matches}
        certain = [m.partner_id for m in matches if m.verdict == Verdict.CERTAIN]
        group = self.env["offer.partner.match"].sudo()._group_of(certain, tree)
        related = Match(0.0, 0.0, Verdict.SAME_GROUP, ())
        return [
            *matches,
            *(PartnerMatch(one, related) for one in sorted(group - known)),
        ]

    # ------------------------------------------------------------------
    # Switching the policy
    # ------------------------------------------------------------------

    @api.model
    def _follow_group_policy(self, tree):
        """Bring cases in step with the policy; decisions of people stay as they are."""
        detector = self.with_user(SUPERUSER_ID).with_context(**SILENT)
        group_ids = detector.env["offer.partner.match"]._grouped_partners(tree)
        if tree._offer_counts_groups():
            detector._revive_closed_by_policy(tree)
        else:
            detector._close_by_policy(group_ids, self.env.user)
        detector.env["offer.offer"]._look_again_at(group_ids, tree)

    @api.model
    def _close_by_policy(self, group_ids, user):
        """Close open cases that nothing but a group held together."""
        cases = self.search(
            [
                ("state", "=", "open"),
                ("offer_ids.commercial_partner_id", "in", list(group_ids)),
            ]
        )
        for case in cases:
            values = case._assessment_values(case.identity_id, case.offer_ids)
            if values:
                case.write(values)
                continue
            words = case._in_house()
            case.write(
                {
                    "state": "decided",
                    "decision": "none",
                    "decision_reason": words.env._(
                        "Companies of one group are not counted as one customer."
                    ),
                    "decided_by_id": user.id,
                    "decided_at": fields.Datetime.now(),
                    "closed_by_group_policy": True,
                }
            )
            case.activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _revive_closed_by_policy(self, tree):
        """Open again what switching the policy off has closed."""
        for case in self.search(
            [
                ("closed_by_group_policy", "=", True),
                ("identity_id.anchor_company_id", "in", tree.ids),
            ]
        ):
            case.closed_by_group_policy = False
            words = case._in_house()
            case._reopen(
                words.env._(
                    "Opened again: companies of one group count as one customer."
                )
            )

    def _is_reopenable(self):
        return super()._is_reopenable() and not self.closed_by_group_policy

    @api.depends("closed_by_group_policy")
    def _compute_is_undoable(self):
        result = super()._compute_is_undoable()
        self.filtered("closed_by_group_policy").is_undoable = False
        return result


class OfferPartnerMatch(models.Model):
    _inherit = "offer.partner.match"

    @api.model
    def _group_rows(self, partner_ids, tree):
        """Return the judgements "same group" that these customers hang on.

        Two queries a step away from them; a group seldom is more than two steps wide.
        """
        rows, seen, edge = self.browse(), set(partner_ids), set(partner_ids)
        while edge and len(seen) < _MAX_GROUP:
            rows |= self.search(
                [*self._pair_domain(edge, tree), ("judgement", "=", "same_group")]
            )
            beside = set().union(*(row._partner_ids() for row in rows)) - seen
            edge = self._with_further_records(beside, tree) - seen
            seen |= edge
        return rows

    @api.model
    def _group_of(self, partner_ids, tree):
        """Return the ids of the customers of these customers' group, theirs as well."""
        rows = self._group_rows(partner_ids, tree)
        ids = {*partner_ids}.union(*(row._partner_ids() for row in rows))
        return self._with_further_records(ids, tree)

    @api.model
    def _with_further_records(self, partner_ids, tree):
        """Return ids of customers, and those of the same customers' other records."""
        if not partner_ids:
            return set()
        entities = self.env["res.partner"].browse(partner_ids)
        certain = self.env["offer.identity"]._certain_partners(entities, tree)
        return {*partner_ids, *certain.ids}

    @api.model
    def _grouped_partners(self, tree):
        """Return the ids of all customers of a tree that are of some group."""
        rows = self.search(
            [("anchor_company_id", "in", tree.ids), ("judgement", "=", "same_group")]
        )
        pairs = [frozenset(row._partner_ids()) for row in rows]
        return self._with_further_records(frozenset().union(*pairs), tree)

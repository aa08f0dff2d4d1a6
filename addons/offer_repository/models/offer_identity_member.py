from odoo import api, fields, models

from ..matching import Verdict


def _rank(verdict):
    return verdict.rank


class OfferIdentityMember(models.Model):
    """One partner's place in an identity, with what it was put there for."""

    _name = "offer.identity.member"
    _description = "Member of a Customer Identity"
    _order = "identity_id, id"
    _rec_name = "partner_id"

    identity_id = fields.Many2one(
        "offer.identity",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    anchor_company_id = fields.Many2one(
        related="identity_id.anchor_company_id",
        store=True,
        index=True,
    )
    verdict = fields.Selection(
        [
            (Verdict.CERTAIN.value, "Certain"),
            (Verdict.PROBABLE.value, "Probable"),
        ],
        required=True,
        readonly=True,
    )
    # Codes, not sentences: every reader gets them in the own language.
    evidence_codes = fields.Char(readonly=True)
    evidence = fields.Char(compute="_compute_evidence")
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Found By",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="set null",
        help="Whose offer brought the match to light.",
    )

    # One place per customer and tree, which also keeps two transactions from making
    # two identities. The merge wizard makes room first, see _move.
    _partner_tree_uniq = models.UniqueIndex(
        "(partner_id, anchor_company_id)",
        "A customer has one identity in a company tree.",
    )

    @api.depends("evidence_codes")
    @api.depends_context("lang")
    def _compute_evidence(self):
        check = self.env["offer.check"]
        for member in self:
            codes = (member.evidence_codes or "").split()
            member.evidence = ", ".join(check._evidence_labels(codes))

    # ------------------------------------------------------------------
    # Private API, in sudo
    # ------------------------------------------------------------------

    @api.model
    def _learn(self, identity, entity_sudo, matches, place):
        """Give who has no place yet one in an identity, no surer than the way there.

        :param dict place: members of the tree by the id of the customer
        """
        verdicts = {
            member.partner_id.id: Verdict(member.verdict)
            for member in identity.member_ids
        }
        own = self._entity_verdict(verdicts, entity_sudo, matches)
        others = [match for match in matches if match.partner_id != entity_sudo.id]
        ways = [(entity_sudo.id, own, (others or matches)[0].evidence)]
        ways += [
            (match.partner_id, min(own, match.verdict, key=_rank), match.evidence)
            for match in others
        ]
        self.create(
            [
                {
                    "identity_id": identity.id,
                    "partner_id": partner_id,
                    "verdict": verdict.value,
                    "evidence_codes": " ".join(item.code for item in evidence),
                }
                for partner_id, verdict, evidence in ways
                if partner_id not in place
            ]
        )

    @api.model
    def _entity_verdict(self, verdicts, entity_sudo, matches):
        """Return how sure the looked-up customer's own place is."""
        if not verdicts:
            return Verdict.CERTAIN  # the first one is who the identity is about
        if entity_sudo.id in verdicts:
            return verdicts[entity_sudo.id]
        # Were the way there certain, he would be a member already.
        return Verdict.PROBABLE

    @api.model
    def _move(self, src_partners, dst_partner):
        """Give the places of partners that are merged away to the one that stays."""
        merged = src_partners | dst_partner
        members = self.search([("partner_id", "in", merged.ids)])
        for same_tree in members.grouped("anchor_company_id").values():
            stays = same_tree.filtered(lambda member: member.partner_id == dst_partner)
            stays = stays or same_tree.sorted("id")[0]
            identity = stays.identity_id
            identity._absorb(same_tree.identity_id - identity)
            (same_tree - stays).unlink()
            stays.partner_id = dst_partner

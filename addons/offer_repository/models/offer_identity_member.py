from odoo import api, fields, models

from ..matching import Verdict


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

    def _learn(self, identity, entity_sudo, matches):
        """Add what a look-up found to the members of an identity.

        A link is as sure as its weakest step. A surer finding replaces a weaker one;
        a weaker one changes nothing.
        """
        verdicts = {
            member.partner_id.id: Verdict(member.verdict)
            for member in identity.member_ids
        }
        own = self._entity_verdict(verdicts, entity_sudo, matches)
        others = [match for match in matches if match.partner_id != entity_sudo.id]
        self._place(identity, entity_sudo.id, own, (others or matches)[0].evidence)
        for match in matches:
            verdict = min(own, match.verdict, key=lambda verdict: verdict.rank)
            self._place(identity, match.partner_id, verdict, match.evidence)

    @api.model
    def _entity_verdict(self, verdicts, entity_sudo, matches):
        """Return how sure the looked-up customer's own place is."""
        if not verdicts:
            return Verdict.CERTAIN  # the first one is who the identity is about
        ways = [
            min(match.verdict, verdicts[match.partner_id], key=lambda way: way.rank)
            for match in matches
            if match.partner_id in verdicts
        ]
        if entity_sudo.id in verdicts:
            ways.append(verdicts[entity_sudo.id])
        return max(ways, key=lambda way: way.rank)

    @api.model
    def _place(self, identity, partner_id, verdict, evidence):
        member = identity.member_ids.filtered(
            lambda member: member.partner_id.id == partner_id
        )
        values = {
            "verdict": verdict.value,
            "evidence_codes": " ".join(item.code for item in evidence),
        }
        if not member:
            self.create(
                {"identity_id": identity.id, "partner_id": partner_id, **values}
            )
        elif verdict.rank > Verdict(member.verdict).rank:
            member.write({**values, "date": fields.Datetime.now()})

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

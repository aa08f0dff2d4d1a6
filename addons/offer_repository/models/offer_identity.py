from odoo import api, fields, models

from ..matching import Verdict


class OfferIdentity(models.Model):
    """Partners found to be the same customer: linked, never merged.

    Belongs to one tree of companies. A partner is in at most one identity of a tree.
    """

    _name = "offer.identity"
    _description = "Customer Identity"
    _order = "id desc"

    name = fields.Char(string="Customer", required=True, readonly=True)
    # The tree is named by one of its companies: trees have no record of their own.
    anchor_company_id = fields.Many2one(
        "res.company",
        string="Company Tree",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    member_ids = fields.One2many("offer.identity.member", "identity_id", readonly=True)
    member_count = fields.Integer(compute="_compute_member_count")
    conflict_ids = fields.One2many("offer.conflict", "identity_id", readonly=True)

    @api.depends("member_ids")
    def _compute_member_count(self):
        for identity in self:
            identity.member_count = len(identity.member_ids)

    # ------------------------------------------------------------------
    # Private API, in sudo
    # ------------------------------------------------------------------

    @api.model
    def _anchor(self, tree_sudo):
        """Return the company that stands for a tree: its oldest root."""
        return tree_sudo.root_id.sorted("id")[:1]

    @api.model
    def _link(self, entity_sudo, matches, tree_sudo):
        """Return the identity of a customer, with its matches as members.

        Identities that turn out to be one become one, the oldest of them.

        :param entity_sudo: ``res.partner``, the commercial entity
        :param matches: list of :class:`~.offer_partner_key.PartnerMatch` with at least
            one in it, none of them merely possible
        :param tree_sudo: ``res.company``
        """
        ids = [entity_sudo.id, *(match.partner_id for match in matches)]
        members = self.env["offer.identity.member"].search(
            [
                ("partner_id", "in", ids),
                ("anchor_company_id", "in", tree_sudo.ids),
            ]
        )
        identity = members.identity_id.sorted("id")[:1] or self.create(
            {
                # The oldest record usually is the one that was entered with care.
                "name": entity_sudo.browse(min(ids)).display_name,
                "anchor_company_id": self._anchor(tree_sudo).id,
            }
        )
        identity._absorb(members.identity_id - identity)
        members._learn(identity, entity_sudo, matches)
        return identity

    def _absorb(self, others):
        """Take over members and conflicts of identities that are this customer too."""
        self.ensure_one()
        if not others:
            return
        others.member_ids.identity_id = self
        (self.conflict_ids | others.conflict_ids)._unite(self)
        others.unlink()

    @api.model
    def _certain_partners(self, entities_sudo, tree_sudo):
        """Return the customers that are certainly the same as these.

        :return: ``res.partner`` in sudo, the given ones included when known
        """
        # sudo: identities are for managers to read, what is shown of the partners
        # is decided by whoever shows it.
        members_sudo = self.env["offer.identity.member"].sudo()
        own_sudo = members_sudo.search(
            [
                ("partner_id", "in", entities_sudo.ids),
                ("anchor_company_id", "in", tree_sudo.ids),
                ("verdict", "=", Verdict.CERTAIN.value),
            ]
        )
        same_sudo = own_sudo.identity_id.member_ids.filtered(
            lambda member: member.verdict == Verdict.CERTAIN.value
        )
        return same_sudo.partner_id.with_context(active_test=False)

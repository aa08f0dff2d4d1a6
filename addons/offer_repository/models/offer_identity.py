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
        """Return the identity of a customer with an offer, probable matches as guests.

        Certain matches share it anyway, see :meth:`_derive`. Who is certain to be
        somebody already stays there: being probably the same is never passed on.

        :param entity_sudo: ``res.partner``, the commercial entity
        :param matches: list of :class:`~.partner_match.PartnerMatch` with at least
            one in it, none of them merely possible
        :param tree_sudo: ``res.company``
        """
        ids = [entity_sudo.id, *(match.partner_id for match in matches)]
        members = self._members_of(ids, tree_sudo)
        place = {member.partner_id.id: member for member in members}
        identity = self._identity_around(entity_sudo, matches, place)
        identity = identity or self._create_for(min(ids), tree_sudo)
        for match in matches:
            if match.partner_id in place:
                identity._take_in(place[match.partner_id].identity_id)
        members._learn(identity, entity_sudo, matches, place)
        return identity

    def _take_in(self, other):
        """Make guests of who is certain to be nobody else."""
        self.ensure_one()
        certain = other.member_ids.filtered(
            lambda member: member.verdict == Verdict.CERTAIN.value
        )
        if other != self and len(certain) < 2:
            certain.verdict = Verdict.PROBABLE.value
            self._absorb(other)

    @api.model
    def _identity_around(self, entity_sudo, matches, place):
        """Return the customer's identity, or the one of who is most like him."""
        own = place.get(entity_sudo.id)
        known = [match for match in matches if match.partner_id in place]
        if own or not known:
            return own.identity_id if own else self.browse()
        return place[known[0].partner_id].identity_id

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

import math

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..judgements import Link, components
from ..matching import Verdict

# More records than one customer ever has; a chain this long is a mistake somewhere.
_MAX_CONNECTED = 500
# Records of a customer on average, where many customers are looked at together.
_MANY_CONNECTED = 20


class OfferIdentity(models.Model):
    """How identities follow from matches and judgements.

    Nobody writes an identity: its certain members are the customers that certain
    matches and judgements "same" bring together, unless somebody was judged to be
    somebody else. Taking a judgement back takes the link back.
    """

    _inherit = "offer.identity"

    @api.model
    def _derive(self, partner_ids, tree_sudo):
        """Bring the identities around these customers in step, in sudo.

        :param partner_ids: ids of commercial entities
        :param tree_sudo: ``res.company``
        :return: set of the ids of customers that have another place than before
        """
        around = self._with_comembers(partner_ids, tree_sudo)
        limit = max(_MAX_CONNECTED, _MANY_CONNECTED * len(around))
        connected = self._query_connected(around, tree_sudo, limit) | around
        if len(connected) >= limit and len(partner_ids) > 2:
            # Too entangled to be sure of having seen all of everybody.
            moved = [self._derive([one], tree_sudo) for one in sorted(partner_ids)]
            return set().union(*moved)
        rows = self.env["offer.partner.match"].search(
            [
                ("left_partner_id", "in", list(connected)),
                ("right_partner_id", "in", list(connected)),
                ("anchor_company_id", "in", tree_sudo.ids),
            ]
        )
        groups = components(rows._links(), rows._apart_pairs())
        return self._apply(groups, rows, connected, tree_sudo)

    @api.model
    def _with_comembers(self, partner_ids, tree_sudo):
        """Return the customers and those who share an identity with one of them."""
        own = self._members_of(partner_ids, tree_sudo)
        return {*partner_ids, *own.identity_id.member_ids.partner_id.ids}

    @api.model
    def _members_of(self, partner_ids, tree_sudo):
        return self.env["offer.identity.member"].search(
            [
                ("partner_id", "in", list(partner_ids)),
                ("anchor_company_id", "in", tree_sudo.ids),
            ]
        )

    @api.model
    def _query_connected(self, partner_ids, tree_sudo, limit):
        """Return the ids of all customers reached over certain pairs.

        SQL because of the recursion: one query however long the chain. Relies on the
        indexes of both partner columns.
        """
        if not partner_ids:
            return set()
        matches = self.env["offer.partner.match"]
        matches.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE connected (id) AS (
                    SELECT unnest(%(start)s::integer[])
                    UNION
                    SELECT CASE WHEN pair.left_partner_id = connected.id
                                THEN pair.right_partner_id
                                ELSE pair.left_partner_id END
                    FROM connected
                    JOIN offer_partner_match pair
                      ON connected.id IN (pair.left_partner_id, pair.right_partner_id)
                    WHERE pair.anchor_company_id = ANY(%(tree)s)
                      AND (pair.judgement = 'same'
                           OR pair.verdict = %(certain)s
                              AND pair.judgement IN ('pending', 'later'))
                )
                SELECT id FROM connected LIMIT %(limit)s
                """,
                start=list(partner_ids),
                tree=tree_sudo.ids,
                certain=Verdict.CERTAIN.value,
                limit=limit,
            )
        )
        return {partner_id for (partner_id,) in rows}

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model
    def _apply(self, groups, rows, connected, tree_sudo):
        before = self._members_of(connected, tree_sudo)
        members = {member.partner_id.id: member for member in before}
        places = {pid: member.identity_id.id for pid, member in members.items()}
        codes = rows._evidence_codes(groups)
        touched, taken = before.identity_id, self.browse()
        # The largest group keeps the identity: it has most to lose.
        for group in sorted(groups, key=lambda group: (-len(group), min(group))):
            if group & places.keys():
                identity = self._identity_for(group, members, taken, tree_sudo)
                taken |= identity
                identity._place_group(group, members, codes)
        self._create_groups(
            [group for group in groups if not group & places.keys()], codes, tree_sudo
        )
        in_groups = frozenset().union(*groups)
        (touched.exists() | taken)._release(in_groups)
        after = self._members_of(connected, tree_sudo)
        now = {member.partner_id.id: member.identity_id.id for member in after}
        return {pid for pid in connected if places.get(pid) != now.get(pid)}

    @api.model
    def _identity_for(self, group, members, taken, tree_sudo):
        """Return the identity that a group goes on with: its oldest, or a new one."""
        certain = self.env["offer.identity.member"].concat(
            *(
                members[one]
                for one in group & members.keys()
                if members[one].verdict == Verdict.CERTAIN.value
            )
        )
        own = certain.identity_id.sorted("id") - taken
        identity = own[:1] or self._create_for(min(group), tree_sudo)
        identity._absorb(own - identity)
        return identity

    @api.model
    def _create_for(self, partner_id, tree_sudo):
        return self._create_named([partner_id], tree_sudo)

    @api.model
    def _create_named(self, partner_ids, tree_sudo):
        """Return new identities, called after a customer each."""
        anchor_id = self._anchor(tree_sudo).id
        partners_sudo = self.env["res.partner"].sudo().browse(partner_ids)
        return self.create(
            [
                {"name": partner.display_name, "anchor_company_id": anchor_id}
                for partner in partners_sudo
            ]
        )

    @api.model
    def _create_groups(self, groups, codes, tree_sudo):
        """Make identities of groups nobody of whom has one; many at once."""
        if not groups:
            return
        # The oldest record usually is the one that was entered with care.
        identities = self._create_named([min(group) for group in groups], tree_sudo)
        self.env["offer.identity.member"].create(
            [
                identity._member_values(partner_id, codes)
                for identity, group in zip(identities, groups, strict=True)
                for partner_id in sorted(group)
            ]
        )

    def _member_values(self, partner_id, codes):
        return {
            "identity_id": self.id,
            "partner_id": partner_id,
            "verdict": Verdict.CERTAIN.value,
            "evidence_codes": codes.get(partner_id, ""),
        }

    def _place_group(self, group, members, codes):
        """Make these customers, and them alone, the certain members.

        :param members: dict of partner id to ``offer.identity.member``
        """
        self.ensure_one()
        new = [
            self._member_values(partner_id, codes)
            for partner_id in sorted(group - members.keys())
        ]
        self.env["offer.identity.member"].create(new)
        for partner_id in group & members.keys():
            member = members[partner_id]
            values = self._member_values(partner_id, codes)
            if member.identity_id != self or member.verdict != values["verdict"]:
                member.write(values)

    def _release(self, in_groups):
        """Let go who is no certain member any more, and who was judged apart."""
        for identity in self:
            certain = identity.member_ids.filtered(
                lambda member: member.verdict == Verdict.CERTAIN.value
            )
            rest = certain.filtered(lambda m: m.partner_id.id not in in_groups)
            if rest == certain:
                # Nobody else is certain: the customer the identity was made for stays.
                rest -= certain.sorted("id")[:1]
            rest.unlink()
            identity._release_guests()
            if len(identity.member_ids) < 2 and not identity._is_needed():
                identity.unlink()

    def _is_needed(self):
        """Tell whether an identity of one customer stays, for what hangs on it.

        Override to keep it for more.
        """
        return bool(self.conflict_ids)

    def _release_guests(self):
        """Let go probable members that were judged apart from a certain one."""
        guests = self.member_ids.filtered(
            lambda member: member.verdict != Verdict.CERTAIN.value
        )
        if not guests:
            return
        matches = self.env["offer.partner.match"]
        own = (self.member_ids - guests).partner_id.ids
        pairs = matches.search(
            Domain(matches._apart_domain())
            & Domain("left_partner_id", "in", self.member_ids.partner_id.ids)
            & Domain("right_partner_id", "in", self.member_ids.partner_id.ids)
        )
        apart = {
            one
            for pair in pairs
            if not set(own).isdisjoint(pair._partner_ids())
            for one in pair._partner_ids() - set(own)
        }
        guests.filtered(lambda guest: guest.partner_id.id in apart).unlink()


class OfferPartnerMatch(models.Model):
    _inherit = "offer.partner.match"

    def _links(self):
        """Return the pairs that count as one customer, for the components."""
        return [
            Link(
                pair.left_partner_id.id,
                pair.right_partner_id.id,
                math.inf if pair.judgement == "same" else pair.points,
            )
            for pair in self.filtered_domain(self._same_domain())
        ]

    def _apart_pairs(self):
        return [
            (pair.left_partner_id.id, pair.right_partner_id.id)
            for pair in self.filtered_domain(self._apart_domain())
        ]

    def _evidence_codes(self, groups):
        """Return what customers belong to their groups for: their strongest pairs.

        :return: dict of partner id to codes
        """
        group_of = {one: group for group in groups for one in group}
        strongest = {}
        for pair in self.filtered_domain(self._same_domain()).sorted(
            lambda pair: (-pair.points, pair.id)
        ):
            left, right = pair.left_partner_id.id, pair.right_partner_id.id
            if right in group_of.get(left, ()):
                strongest.setdefault(left, pair)
                strongest.setdefault(right, pair)
        return {
            partner_id: " ".join(row["code"] for row in pair.evidence or ())
            for partner_id, pair in strongest.items()
        }

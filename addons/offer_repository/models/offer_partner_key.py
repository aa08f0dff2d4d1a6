from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, lazy

from ..matching import (
    DEFAULT_SCHEME,
    Evidence,
    Key,
    Kind,
    Verdict,
    compare,
    judge,
    keys,
)


@dataclass(frozen=True, slots=True)
class PartnerMatch:
    """One customer that may be the one looked for.

    :ivar partner_id: id of the commercial entity
    """

    partner_id: int
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """How probable it is, until the comparison reckons it itself."""
        return {Verdict.CERTAIN: 0.995, Verdict.PROBABLE: 0.9}.get(self.verdict, 0.4)

    @property
    def points(self) -> float:
        return float(self.verdict.rank)

    def with_verdict(self, verdict: Verdict) -> "PartnerMatch":
        """Return the match as people judged it; see ``offer.partner.match``."""
        return replace(self, verdict=verdict)


class OfferPartnerKey(models.Model):
    """What a customer can be found by, in normal form, one row a value.

    Kept for commercial entities: the addresses of contact persons count for their
    company. Rows follow the partner in every create, write, delete and merge.
    """

    _name = "offer.partner.key"
    _description = "Customer Key"
    _order = "id"
    # Rows are derived and many: who made them when is the partner's affair.
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        [
            (Kind.VAT.value, "Tax number"),
            (Kind.TAX.value, "Tax number, unchecked"),
            (Kind.EMAIL.value, "E-mail"),
            (Kind.PHONE.value, "Phone"),
        ],
        required=True,
    )
    value = fields.Char(required=True)

    # serves _query_holders
    _lookup_idx = models.Index("(value, kind, partner_id)")

    # ------------------------------------------------------------------
    # Keeping in step
    # ------------------------------------------------------------------

    @api.model
    def _sync(self, partners):
        """Bring the keys of these partners' commercial entities up to date.

        :param partners: existing ``res.partner``, contacts as well as companies
        """
        # sudo: keys are nobody's to write; they follow what the user wrote elsewhere.
        entities_sudo = partners.sudo().commercial_partner_id
        if not entities_sudo:
            return
        wanted = self._wanted_keys(entities_sudo)
        stale = self.sudo().browse()
        for row_sudo in self.sudo().search([("partner_id", "in", entities_sudo.ids)]):
            own = wanted[row_sudo.partner_id.id]
            key = row_sudo._as_key()
            if key in own:
                own.remove(key)
            else:
                stale |= row_sudo
        stale.unlink()
        self.sudo().create(
            [
                {"partner_id": partner_id, "kind": key.kind.value, "value": key.value}
                for partner_id, missing in wanted.items()
                for key in sorted(missing)
            ]
        )

    @api.model
    def _wanted_keys(self, entities_sudo):
        """Return the keys each commercial entity should have.

        :return: dict of entity id to set of :class:`~..matching.Key`
        """
        wanted = {entity.id: set() for entity in entities_sudo}
        members = entities_sudo.with_context(active_test=False).search_fetch(
            [("commercial_partner_id", "in", entities_sudo.ids)]
        )
        homes = lazy(self._home_countries)  # most partners have a country
        for member in members:
            entity = member.commercial_partner_id
            # A contact person who has left speaks for the company no more.
            if member.active or not entity.active:
                wanted[entity.id] |= keys(member._offer_party(homes))
        return wanted

    @api.model
    def _home_countries(self):
        """Return the codes of the countries that companies of the database are in."""
        companies_sudo = self.env["res.company"].sudo()
        placed_sudo = companies_sudo.search([("partner_id.country_id", "!=", False)])
        return tuple(sorted(set(placed_sudo.partner_id.country_id.mapped("code"))))

    @api.model
    def _rebuild_all(self, batch=1000):
        """Make the keys of every customer, for the day of the installation.

        :param batch: partners read at a time, which bounds the memory used
        """
        after = 0
        while partners := self._next_entities(after, batch):
            self._sync(partners)
            after = partners[-1].id
            self.env.flush_all()
            self.env.invalidate_all()

    @api.model
    def _cron_rebuild(self, batch=1000):
        """Go through all customers again, after a change that touches their keys.

        Resumes where the time limit of the last run stopped it.
        """
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        after = int(parameters_sudo.get_param("offer_repository.rebuilt_up_to") or 0)
        while partners := self._next_entities(after, batch):
            self._sync(partners)
            after = partners[-1].id
            parameters_sudo.set_param("offer_repository.rebuilt_up_to", after)
            if not self.env["ir.cron"]._commit_progress(len(partners), remaining=1):
                return
            self.env.invalidate_all()
        parameters_sudo.set_param("offer_repository.rebuilt_up_to", False)
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _next_entities(self, after, batch):
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        # An entity is its own commercial partner: companies and people without one.
        domain = Domain("id", ">", after) & (
            Domain("is_company", "=", True) | Domain("parent_id", "=", False)
        )
        return partners_sudo.search(domain, order="id", limit=batch)

    # ------------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------------

    def _as_key(self):
        self.ensure_one()
        return Key(Kind(self.kind), self.value)

    @api.model
    def _keys_of(self, partner_ids):
        """Return the stored keys by customer.

        :return: dict of partner id to frozenset of :class:`~..matching.Key`
        """
        found = defaultdict(set)
        rows_sudo = self.sudo().search([("partner_id", "in", list(partner_ids))])
        for row_sudo in rows_sudo:
            found[row_sudo.partner_id.id].add(row_sudo._as_key())
        return {
            partner_id: frozenset(found.get(partner_id, ()))
            for partner_id in partner_ids
        }

    @api.model
    def _find_matches(self, own_keys, tree_sudo, entity_id=None):
        """Return who in a tree may be the customer with these keys, surest first.

        Reads in sudo: whether a customer is known must not depend on who asks. What
        the caller tells the user about it is the caller's responsibility.

        :param own_keys: frozenset of :class:`~..matching.Key`
        :param tree_sudo: ``res.company``, customers of other companies stay out
        :param entity_id: the customer's own record, which is no match of itself
        :return: list of :class:`PartnerMatch`
        """
        holders = self._query_holders(own_keys)
        candidates_sudo = self._candidates(holders, tree_sudo, entity_id)
        counts = self._count_holders(holders, candidates_sudo)
        found = []
        for partner_id, theirs in self._keys_of(candidates_sudo.ids).items():
            if partner_id == entity_id:
                continue
            evidence = compare(own_keys, theirs, counts)
            verdict = judge(evidence)
            if verdict:
                found.append(PartnerMatch(partner_id, verdict, evidence))
        return sorted(found, key=lambda match: (-match.verdict.rank, match.partner_id))

    @api.model
    def _query_holders(self, own_keys):
        """Return the ids of the partners that hold each key.

        SQL because of LATERAL: a key shared by ten thousand partners must cost no more
        than one shared by a few; such keys are left out. Relies on _lookup_idx.
        """
        if not own_keys:
            return {}
        self.flush_model(["partner_id", "kind", "value"])
        limit = DEFAULT_SCHEME.lookup_holders + 1
        rows = self.env.execute_query(
            SQL(
                """
                SELECT wanted.kind, wanted.value, held.partner_id
                FROM (VALUES %s) AS wanted (kind, value)
                CROSS JOIN LATERAL (
                    SELECT partner_id
                    FROM offer_partner_key
                    WHERE value = wanted.value AND kind = wanted.kind
                    LIMIT %s
                ) AS held
                """,
                SQL(", ").join(
                    SQL("(%s, %s)", key.kind.value, key.value)
                    for key in sorted(own_keys)
                ),
                limit,
            )
        )
        holders = defaultdict(set)
        for kind, value, partner_id in rows:
            holders[Key(Kind(kind), value)].add(partner_id)
        return {key: found for key, found in holders.items() if len(found) < limit}

    @api.model
    def _candidates(self, holders, tree_sudo, entity_id):
        """Return the holders that belong to the tree and not to the family."""
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        ids = set().union(*holders.values()) | {entity_id or 0}
        found_sudo = partners_sudo.search(
            Domain("id", "in", list(ids))
            & Domain("company_id", "in", [False, *tree_sudo.ids])
        )
        entity_sudo = partners_sudo.browse(entity_id)
        family = entity_sudo._offer_family_root()
        return found_sudo.filtered(
            lambda partner: (
                partner == entity_sudo
                or not family
                or partner._offer_family_root() != family
            )
        )

    @api.model
    def _count_holders(self, holders, candidates_sudo):
        """Count how many customers of one company share each key, at most.

        Per company, because branches that keep their own partners hold every customer
        once each, which says nothing against the key.
        """
        company_of = {partner.id: partner.company_id.id for partner in candidates_sudo}
        return {
            key: max(
                Counter(company_of[pid] for pid in found if pid in company_of).values(),
                default=0,
            )
            for key, found in holders.items()
        }

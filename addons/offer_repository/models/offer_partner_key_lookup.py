from collections import Counter
from heapq import nsmallest

from odoo import api, models
from odoo.tools import SQL

from ..matching import Key, Kind, Profile, compare, normalise
from .partner_match import PartnerMatch, surest_first

# A key held by more customers than this proposes nobody: it only costs. Identifiers
# get more room, because a number that an accountant left with fifty clients still
# finds the fifty-first record of one of them.
_STRONG_HOLDERS = 200
_WEAK_HOLDERS = 40
# Of all that share any key, this many are compared: those that share most.
_MAX_CANDIDATES = 80
_STRONG_HIT = 2


class OfferPartnerKey(models.Model):
    """How customers are found: the one service behind every form, import and job."""

    _inherit = "offer.partner.key"

    @api.model
    def _find_matches(self, customer, tree_sudo, entity_id=None):
        """Return who in a tree may be this customer, surest first.

        Reads in sudo: whether a customer is known must not depend on who asks. What
        the caller tells the user about it is the caller's responsibility.

        :param customer: :class:`~..matching.Party` as typed, or the
            :class:`~..matching.Profile` of a stored one
        :param tree_sudo: ``res.company``, customers of other companies stay out
        :param entity_id: the customer's own record, which is no match of itself
        :return: list of :class:`PartnerMatch`, people's judgements applied
        """
        self.env["offer.partner.profile"]._catch_up()
        profile = customer if isinstance(customer, Profile) else normalise(customer)
        return self._find_all_matches({entity_id: profile}, tree_sudo, is_heard=True)[
            entity_id
        ]

    @api.model
    def _find_all_matches(
        self, profiles, tree_sudo, is_later_only=False, is_heard=False
    ):
        """Return the same for many customers, for the price of a few queries.

        :param profiles: dict of entity id, or ``None`` for one who is just being typed,
            to :class:`~..matching.Profile`
        :param is_later_only: compare with customers of greater ids alone; whoever goes
            through all customers finds every pair once that way
        :param is_heard: with what third records say; what is written down goes without,
            a stage of its own hears them when all pairs are there
        :return: dict of entity id to list of :class:`PartnerMatch`, surest first
        """
        own_keys = {entity_id: profile.keys for entity_id, profile in profiles.items()}
        # Who is just being typed is one holder more.
        typed = 1 if None in profiles else 0
        all_keys = frozenset().union(*own_keys.values())
        holders, counts = self._find_holders(all_keys, tree_sudo, typed)
        wanted = {
            entity_id: self._nearest(keys, holders, entity_id)
            for entity_id, keys in own_keys.items()
        }
        if is_later_only:
            wanted = {
                one: [other for other in ids if other > one]
                for one, ids in wanted.items()
            }
        theirs = self._load_candidates(wanted)
        scheme = tree_sudo._offer_scheme()
        found = {
            entity_id: self._compare(profile, theirs[entity_id], counts, scheme)
            for entity_id, profile in profiles.items()
        }
        pairs = self.env["offer.partner.match"]
        if is_heard:
            found = {
                entity_id: pairs._heard(entity_id, matches, tree_sudo)
                for entity_id, matches in found.items()
            }
        judged = pairs._with_judgements(found, tree_sudo)
        return {entity_id: surest_first(seen) for entity_id, seen in judged.items()}

    @api.model
    def _compare(self, profile, theirs, counts, scheme):
        """Return those of some customers who are a match of any verdict."""
        found = []
        for partner_id, their_profile in theirs.items():
            match = compare(profile, their_profile, counts, scheme)
            if match.verdict:
                found.append(PartnerMatch(partner_id, match))
        return found

    @api.model
    def _find_holders(self, keys, tree_sudo, typed):
        """Return who holds each key, and how common it is.

        Common is counted within one company, because branches that keep partners of
        their own hold every customer once each, which says nothing against the key.

        :param typed: holders that are not stored
        :return: dict of :class:`~..matching.Key` to partner ids, without keys that are
            too common to propose anybody, and dict of key to number of holders in the
            company that has most of them
        """
        holders, counts = {}, {}
        for kind, value, partner_ids, company_ids in self._query_holders(
            keys, tree_sudo
        ):
            key = Key(Kind(kind), value)
            limit = _STRONG_HOLDERS if key.kind.is_strong else _WEAK_HOLDERS
            if len(partner_ids) <= limit:
                holders[key] = partner_ids
            counts[key] = max(2, max(Counter(company_ids).values()) + typed)
        return holders, counts

    @api.model
    def _nearest(self, keys, holders, entity_id):
        """Return the ids of those who share most with a customer."""
        hits = Counter()
        for key in keys & holders.keys():
            weight = _STRONG_HIT if key.kind.is_strong else 1
            for partner_id in holders[key]:
                hits[partner_id] += weight
        hits.pop(entity_id, None)
        return nsmallest(_MAX_CANDIDATES, hits, key=lambda pid: (-hits[pid], pid))

    @api.model
    def _query_holders(self, own_keys, tree_sudo):
        """Return (kind, value, partner ids, company ids) of the keys that are held.

        SQL because of LATERAL: a key shared by ten thousand partners must cost no more
        than one shared by a few, so nothing is read beyond the limit. Relies on
        _lookup_idx.
        """
        groups = (
            ([key for key in own_keys if key.kind.is_strong], _STRONG_HOLDERS + 1),
            ([key for key in own_keys if not key.kind.is_strong], _WEAK_HOLDERS + 1),
        )
        queries = [
            SQL(
                """
                SELECT wanted.kind, wanted.value,
                       array_agg(held.partner_id), array_agg(held.company_id)
                FROM unnest(%s::varchar[], %s::varchar[]) AS wanted (kind, value)
                CROSS JOIN LATERAL (
                    SELECT partner_id, company_id
                    FROM offer_partner_key
                    WHERE value = wanted.value AND kind = wanted.kind
                        AND (company_id IS NULL OR company_id = ANY(%s))
                    LIMIT %s
                ) AS held
                GROUP BY wanted.kind, wanted.value
                """,
                [key.kind.value for key in keys],
                [key.value for key in keys],
                tree_sudo.ids,
                limit,
            )
            for keys, limit in groups
            if keys
        ]
        if not queries:
            return []
        return self.env.execute_query(SQL(" UNION ALL ").join(queries))

    @api.model
    def _load_candidates(self, wanted):
        """Return the profiles of those that are not of the customers' own families.

        A company entered below another one is a customer of its own, but never a
        duplicate of it.

        :param wanted: dict of entity id to ids of candidates
        :return: dict of entity id to dict of partner id to :class:`~..matching.Profile`
        """
        candidates = set().union(*wanted.values())
        if not candidates:
            return {entity_id: {} for entity_id in wanted}
        # With the customers themselves, to know who has somebody above.
        entity_ids = {*filter(None, wanted)}
        loaded = self.env["offer.partner.profile"]._load(candidates | entity_ids)
        above = {pid for pid, found in loaded.items() if found.parent_id}
        roots = self._family_roots(above)
        return {
            entity_id: {
                partner_id: loaded[partner_id].profile
                for partner_id in ids
                if partner_id in loaded
                and roots.get(partner_id, partner_id) != roots.get(entity_id, entity_id)
            }
            for entity_id, ids in wanted.items()
        }

    @api.model
    def _family_roots(self, below_ids):
        """Return the top of the hierarchy of those who are below anybody, by id."""
        partners_sudo = self.env["res.partner"].sudo().browse(below_ids)
        return {
            partner.id: partner._offer_family_root().id for partner in partners_sudo
        }

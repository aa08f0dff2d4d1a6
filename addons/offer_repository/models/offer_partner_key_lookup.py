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
        hits, counts = self._find_hits(profile, tree_sudo, entity_id)
        hits.pop(entity_id, None)
        ids = nsmallest(_MAX_CANDIDATES, hits, key=lambda pid: (-hits[pid], pid))
        scheme = tree_sudo._offer_scheme()
        found = []
        for partner_id, theirs in self._load_candidates(ids, entity_id).items():
            match = compare(profile, theirs, counts, scheme)
            if match.verdict:
                found.append(PartnerMatch(partner_id, match))
        judged = self.env["offer.partner.match"]._with_judgements(
            entity_id, found, tree_sudo
        )
        return surest_first(judged)

    @api.model
    def _find_hits(self, profile, tree_sudo, entity_id):
        """Return who shares keys with the customer, and how common the keys are.

        Common is counted within one company, because branches that keep partners of
        their own hold every customer once each, which says nothing against the key.

        :return: Counter of shared keys by partner id, and dict of key to number of
            holders in the company that has most of them
        """
        hits, counts = Counter(), {}
        for kind, value, partner_ids, company_ids in self._query_holders(
            profile.keys, tree_sudo
        ):
            key = Key(Kind(kind), value)
            is_strong = key.kind.is_strong
            if len(partner_ids) <= (_STRONG_HOLDERS if is_strong else _WEAK_HOLDERS):
                weight = _STRONG_HIT if is_strong else 1
                for partner_id in partner_ids:
                    hits[partner_id] += weight
            # What is just being typed is one holder more.
            typed = 0 if entity_id else 1
            counts[key] = max(2, max(Counter(company_ids).values()) + typed)
        return hits, counts

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
    def _load_candidates(self, partner_ids, entity_id):
        """Return the profiles of those that are not of the customer's own family.

        A company entered below another one is a customer of its own, but never a
        duplicate of it.
        """
        loaded = self.env["offer.partner.profile"]._load(partner_ids)
        family_id = self._family_root_id(entity_id) if entity_id else None
        return {
            partner_id: found.profile
            for partner_id, found in loaded.items()
            if not family_id
            or family_id
            != (self._family_root_id(partner_id) if found.parent_id else partner_id)
        }

    @api.model
    def _family_root_id(self, partner_id):
        return self.env["res.partner"].sudo().browse(partner_id)._offer_family_root().id

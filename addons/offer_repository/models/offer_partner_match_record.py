import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import mute_logger

from ..matching import Evidence, Match, Verdict
from .offer_partner_match import APART, UNDECIDED
from .partner_match import PartnerMatch


class OfferPartnerMatch(models.Model):
    """How pairs are written down, and how judgements come back into look-ups."""

    _inherit = "offer.partner.match"

    # ------------------------------------------------------------------
    # From a look-up
    # ------------------------------------------------------------------

    @api.model
    def _record_matches(self, entity_id, matches, tree_sudo):
        """Keep all that a look-up of one customer found, and link what is certain.

        Judgements stay, whatever the look-up says. Pairs that were never judged and are
        not found any more go. Offers of who turns out to be one customer are looked at
        again.

        :param entity_id: id of the commercial entity that was looked up
        :param matches: every :class:`~.partner_match.PartnerMatch` found
        :param tree_sudo: ``res.company``
        """
        self._record_all_matches({entity_id: matches}, tree_sudo)

    @api.model
    def _record_all_matches(self, found, tree_sudo):
        """Do the same for many customers, for the price of a few queries.

        :param found: dict of entity id to matches
        """
        linked = self._write_all_down(found, tree_sudo)
        if linked:
            self.env["offer.offer"].sudo()._look_again_at(linked, tree_sudo)

    @api.model
    def _write_down(self, entity_id, matches, tree_sudo):
        """Keep what a look-up found without a look at offers.

        :return: the ids of who has moved
        """
        return self._write_all_down({entity_id: matches}, tree_sudo)

    @api.model
    def _write_all_down(self, found, tree_sudo):
        wanted = self._wanted_pairs(found)
        # sudo: pairs are nobody's to write, they follow the comparison.
        rows_sudo = self.sudo().search(self._pair_domain(found, tree_sudo))
        changed_sudo, gone_sudo = rows_sudo.browse(), rows_sudo.browse()
        for row_sudo in rows_sudo:
            pair = row_sudo.left_partner_id.id, row_sudo.right_partner_id.id
            match = wanted.pop(pair, None)
            if match and row_sudo._refresh(*match, tree_sudo):
                changed_sudo |= row_sudo
            elif not match and row_sudo.judgement in UNDECIDED:
                gone_sudo |= row_sudo
        touched = gone_sudo._partner_ids()
        gone_sudo.unlink()
        changed_sudo |= self._create_rows([*wanted.values()], tree_sudo)
        touched |= changed_sudo._partner_ids()
        if not touched:
            return set()
        return self.env["offer.identity"].sudo()._derive(touched, tree_sudo)

    @api.model
    def _wanted_pairs(self, found):
        """Return what was found by pair, once where both customers were looked up.

        :return: dict of (left id, right id) to (id of who was looked up, match)
        """
        ids = {match.partner_id for matches in found.values() for match in matches}
        own_ids = self._own_partner_ids(ids.union(found)) if ids else set()
        return {
            (min(one, match.partner_id), max(one, match.partner_id)): (one, match)
            for one, matches in found.items()
            for match in matches
            if one not in own_ids
            and match.partner_id not in own_ids
            and one != match.partner_id
        }

    @api.model
    def _own_partner_ids(self, partner_ids):
        """Return which of these stand for our own companies and colleagues.

        They share addresses and phones, and are nobody's customers.
        """
        ours = Domain("ref_company_ids", "!=", False)
        ours |= Domain("partner_share", "=", False)
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        return set(
            partners_sudo.search(Domain("id", "in", list(partner_ids)) & ours).ids
        )

    @api.model
    def _create_rows(self, found, tree_sudo):
        """Make rows of pairs that are new, none when somebody else just did.

        The other transaction links what it found; a later look-up, with a snapshot of
        its own, brings the rest in step.

        :param found: list of (id of who was looked up, match)
        """
        anchor = self.env["offer.identity"]._anchor(tree_sudo)
        vals_list = [
            {
                "left_partner_id": min(entity_id, match.partner_id),
                "right_partner_id": max(entity_id, match.partner_id),
                "anchor_company_id": anchor.id,
                **self._match_values(entity_id, match, tree_sudo),
            }
            for entity_id, match in found
        ]
        if not vals_list:
            return self.sudo().browse()
        # Flushed by hand, for the savepoint's own way runs the precommit hooks.
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                rows_sudo = self.sudo().create(vals_list)
                self.env.flush_all()
        except UniqueViolation:
            self.env.transaction.clear()  # what was undone must not be found in it
            if len(found) == 1:
                return self.sudo().browse()
            rows = [self._create_rows([one], tree_sudo) for one in found]
            return self.sudo().browse().concat(*rows)
        return rows_sudo

    @api.model
    def _match_values(self, entity_id, found, tree_sudo):
        """Return what the comparison says, with the values on the sides of the row."""
        is_left = entity_id < found.partner_id
        rows = [
            {
                "code": item.code,
                "points": round(item.points, 4),
                "left": item.left if is_left else item.right,
                "right": item.right if is_left else item.left,
            }
            for item in found.evidence
        ]
        return {
            "score": round(found.score, 4),
            "points": round(found.points, 2),
            "verdict": found.verdict.value,
            "evidence": rows,
            "scheme": tree_sudo._offer_scheme().name,
        }

    def _refresh(self, entity_id, found, tree_sudo):
        """Take over what the comparison says now; tell whether that is news."""
        self.ensure_one()
        values = self._match_values(entity_id, found, tree_sudo)
        if self.judgement == "same":
            del values["verdict"]  # a look-up calls it certain because people did
        news = {name: value for name, value in values.items() if self[name] != value}
        if self._is_outdated():
            news |= {"judgement": "pending", "digest": False, "judged_scheme": False}
        if news:
            self.write(news)
        if "judgement" in news:
            self.env["offer.partner.match.log"]._append(self, "reopened")
        return bool(news)

    # ------------------------------------------------------------------
    # Into a look-up
    # ------------------------------------------------------------------

    @api.model
    def _with_judgements(self, found, tree_sudo):
        """Return what look-ups found as people see it.

        Who was judged to be somebody else is left out, until key data change; who was
        judged to be the same is certain, even when nothing in the records shows it any
        more.

        :param found: dict of the id of who was looked up to list of
            :class:`~.partner_match.PartnerMatch`; a customer who is just being typed
            has none and was never judged
        :return: dict like ``found``
        """
        judged = self._judged_by_other({*filter(None, found)}, tree_sudo)
        return {
            entity_id: self._judged(entity_id, matches, judged[entity_id])
            if entity_id in judged
            else matches
            for entity_id, matches in found.items()
        }

    @api.model
    def _judged(self, entity_id, matches, judged):
        """Return the matches of one customer as people see them.

        :param judged: dict of :meth:`_judged_by_other`
        """
        seen = []
        for match in matches:
            row_sudo = judged.pop(match.partner_id, None)
            if not row_sudo or row_sudo._is_outdated():
                seen.append(match)
            elif row_sudo.judgement == "same":
                seen.append(match.with_verdict(Verdict.CERTAIN))
        return seen + [
            row_sudo._as_partner_match(entity_id)
            for row_sudo in judged.values()
            if row_sudo.judgement == "same"
        ]

    @api.model
    def _judged_by_other(self, entity_ids, tree_sudo):
        """Return the decided pairs of customers, by customer and by the other one."""
        if not entity_ids:
            return {}
        domain = self._pair_domain(entity_ids, tree_sudo)
        rows_sudo = self.sudo().search([*domain, ("judgement", "not in", UNDECIDED)])
        judged = {}
        for row_sudo in rows_sudo:
            for one in row_sudo._partner_ids() & entity_ids:
                judged.setdefault(one, {})[row_sudo._other_id(one)] = row_sudo
        return judged

    def _as_partner_match(self, entity_id):
        """Return a pair that people decided on as a look-up would have found it."""
        is_left = self.left_partner_id.id == entity_id
        evidence = [
            Evidence(
                row["code"],
                row["points"],
                row["left" if is_left else "right"],
                row["right" if is_left else "left"],
            )
            for row in self.evidence or ()
        ]
        match = Match(self.score, self.points, Verdict.CERTAIN, tuple(evidence))
        return PartnerMatch(self._other_id(entity_id), match)

    # ------------------------------------------------------------------
    # Key data
    # ------------------------------------------------------------------

    def _is_outdated(self):
        """Tell whether two customers were judged apart by data they have no more."""
        self.ensure_one()
        return self.judgement in APART and self.digest != self._key_data_digest()

    def _key_data_digest(self):
        """Return a fingerprint of what identifies both customers."""
        self.ensure_one()
        sides = (self.left_partner_id, self.right_partner_id)
        # Sorted: after a merge of contacts the sides may be swapped.
        texts = sorted("|".join(side._offer_key_data()) for side in sides)
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()

    def _partner_ids(self):
        return {*self.left_partner_id.ids, *self.right_partner_id.ids}

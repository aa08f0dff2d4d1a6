import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import mute_logger

from ..matching import DEFAULT_SCHEME, Evidence, Match, Verdict
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
        linked = self._write_down(entity_id, matches, tree_sudo)
        self.env["offer.offer"].sudo()._look_again_at(linked, tree_sudo)

    @api.model
    def _write_down(self, entity_id, matches, tree_sudo):
        """Do the same without a look at offers; return the ids of who has moved."""
        found = {match.partner_id: match for match in matches}
        found.pop(entity_id, None)
        own_ids = self._own_partner_ids({entity_id, *found}) if found else set()
        if entity_id in own_ids:
            found = {}
        for partner_id in own_ids:
            found.pop(partner_id, None)
        # sudo: pairs are nobody's to write, they follow the comparison.
        rows_sudo = self.sudo().search(self._pair_domain([entity_id], tree_sudo))
        changed_sudo, gone_sudo = rows_sudo.browse(), rows_sudo.browse()
        for row_sudo in rows_sudo:
            match = found.pop(row_sudo._other_id(entity_id), None)
            if match and row_sudo._refresh(entity_id, match):
                changed_sudo |= row_sudo
            elif not match and row_sudo.judgement in UNDECIDED:
                gone_sudo |= row_sudo
        touched = gone_sudo._partner_ids()
        gone_sudo.unlink()
        changed_sudo |= self._create_rows(entity_id, found.values(), tree_sudo)
        touched |= changed_sudo._partner_ids()
        if not touched:
            return set()
        return self.env["offer.identity"].sudo()._derive(touched, tree_sudo)

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
    def _create_rows(self, entity_id, matches, tree_sudo):
        """Make rows of pairs that are new, none when somebody else just did.

        The other transaction links what it found; a later look-up, with a snapshot of
        its own, brings the rest in step.
        """
        anchor = self.env["offer.identity"]._anchor(tree_sudo)
        vals_list = [
            {
                "left_partner_id": min(entity_id, match.partner_id),
                "right_partner_id": max(entity_id, match.partner_id),
                "anchor_company_id": anchor.id,
                **self._match_values(entity_id, match),
            }
            for match in matches
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
            return self.sudo().browse()
        return rows_sudo

    @api.model
    def _match_values(self, entity_id, found):
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
            "scheme": DEFAULT_SCHEME.name,
        }

    def _refresh(self, entity_id, found):
        """Take over what the comparison says now; tell whether that is news."""
        self.ensure_one()
        values = self._match_values(entity_id, found)
        if self.judgement == "same":
            del values["verdict"]  # a look-up calls it certain because people did
        news = {name: value for name, value in values.items() if self[name] != value}
        if self._is_outdated():
            news |= {"judgement": "pending", "digest": False}
        if news:
            self.write(news)
        if "judgement" in news:
            self.env["offer.partner.match.log"]._append(self, "reopened")
        return bool(news)

    # ------------------------------------------------------------------
    # Into a look-up
    # ------------------------------------------------------------------

    @api.model
    def _with_judgements(self, entity_id, matches, tree_sudo):
        """Return what a look-up found as people see it.

        Who was judged to be somebody else is left out, until key data change; who was
        judged to be the same is certain, even when nothing in the records shows it any
        more.

        :param entity_id: id of the customer looked up; a customer who is just being
            typed was never judged
        :param matches: list of :class:`~.partner_match.PartnerMatch`
        :return: list like ``matches``, surest first
        """
        judged = self._judged_by_other(entity_id, tree_sudo)
        if not judged:
            return matches
        seen = []
        for match in matches:
            row_sudo = judged.pop(match.partner_id, None)
            if not row_sudo or row_sudo._is_outdated():
                seen.append(match)
            elif row_sudo.judgement == "same":
                seen.append(match.with_verdict(Verdict.CERTAIN))
        seen += [
            row_sudo._as_partner_match(entity_id)
            for row_sudo in judged.values()
            if row_sudo.judgement == "same"
        ]
        return sorted(seen, key=lambda match: (-match.verdict.rank, match.partner_id))

    @api.model
    def _judged_by_other(self, entity_id, tree_sudo):
        """Return the decided pairs of a customer, by the id of the other one."""
        if not entity_id:
            return {}
        domain = self._pair_domain([entity_id], tree_sudo)
        rows_sudo = self.sudo().search([*domain, ("judgement", "not in", UNDECIDED)])
        return {row_sudo._other_id(entity_id): row_sudo for row_sudo in rows_sudo}

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

    # ------------------------------------------------------------------
    # Merge of contacts
    # ------------------------------------------------------------------

    @api.model
    def _move(self, src_partners, dst_partner):
        """Give the pairs of partners that are merged away to the one that stays.

        Of several pairs with one other customer, the decision made last stays.
        """
        merged = src_partners | dst_partner
        on_left = Domain("left_partner_id", "in", merged.ids)
        rows = self.search(on_left | Domain("right_partner_id", "in", merged.ids))
        within = rows.filtered(lambda row: row._partner_ids() <= set(merged.ids))
        outside = rows - within
        within.unlink()
        groups = outside.grouped(
            lambda row: (row.anchor_company_id, row._outside_id(merged))
        )
        for (_anchor, other_id), same_pair in groups.items():
            stays = max(same_pair, key=lambda row: row._weight(dst_partner))
            (same_pair - stays).unlink()
            stays._put_between(dst_partner.id, other_id)

    def _outside_id(self, merged):
        [other_id] = self._partner_ids() - set(merged.ids)
        return other_id

    def _weight(self, dst_partner):
        """Return the sort key by which one of several rows for a pair stays."""
        judged_at = self.judged_at or fields.Datetime.from_string("1970-01-01")
        is_decided = self.judgement not in UNDECIDED
        return is_decided, judged_at, dst_partner.id in self._partner_ids(), -self.id

    def _put_between(self, partner_id, other_id):
        left, right = sorted((partner_id, other_id))
        values = {"left_partner_id": left, "right_partner_id": right}
        if (self.left_partner_id.id == other_id) != (left == other_id):
            values["evidence"] = [
                {**row, "left": row["right"], "right": row["left"]}
                for row in self.evidence or ()
            ]
        self.write(values)
        self.flush_recordset()  # before the generic SQL looks for what is left

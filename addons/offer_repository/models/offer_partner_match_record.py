import json

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from .offer_partner_match import UNDECIDED


class OfferPartnerMatch(models.Model):
    """How pairs that look-ups find are written down."""

    _inherit = "offer.partner.match"

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
    def _record_all_matches(self, found, tree_sudo, is_later_only=False):
        """Do the same for many customers, for the price of a few queries.

        :param found: dict of entity id to matches
        :param is_later_only: they were only compared with customers of greater ids;
            pairs with the others stay as they are
        """
        linked = self._write_all_down(found, tree_sudo, is_later_only)
        if linked:
            self.env["offer.offer"].sudo()._look_again_at(linked, tree_sudo)

    @api.model
    def _write_down(self, entity_id, matches, tree_sudo):
        """Keep what a look-up found without a look at offers.

        :return: the ids of who has moved
        """
        return self._write_all_down({entity_id: matches}, tree_sudo)

    @api.model
    def _write_all_down(self, found, tree_sudo, is_later_only=False):
        wanted = self._wanted_pairs(found)
        domain = self._pair_domain(found, tree_sudo)
        if is_later_only:
            # Somebody's decision may have brought up a pair with an earlier one.
            wanted = {pair: match for pair, match in wanted.items() if pair[0] in found}
            domain &= Domain("left_partner_id", "in", list(found))
        # sudo: pairs are nobody's to write, they follow the comparison.
        rows_sudo = self.sudo().search(domain)
        linking_sudo, gone_sudo = rows_sudo.browse(), rows_sudo.browse()
        for row_sudo in rows_sudo:
            pair = row_sudo.left_partner_id.id, row_sudo.right_partner_id.id
            match = wanted.pop(pair, None)
            if match and row_sudo._refresh(*match, tree_sudo):
                linking_sudo |= row_sudo
            elif not match and row_sudo.judgement in UNDECIDED:
                gone_sudo |= row_sudo
        linking_sudo |= self._create_rows([*wanted.values()], tree_sudo)
        touched = (linking_sudo | gone_sudo._linking())._partner_ids()
        gone_sudo.unlink()
        if not touched:
            return set()
        return self.env["offer.identity"].sudo()._derive(touched, tree_sudo)

    def _linking(self):
        """Return the pairs that say who is one customer and who must not be."""
        return self.filtered_domain(self._same_domain() | self._apart_domain())

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
        :return: the rows that say who is one customer and who must not be
        """
        if not found:
            return self.sudo().browse()
        # Flushed by hand, for the savepoint's own way runs the precommit hooks.
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                ids = self._query_insert(found, tree_sudo)
        except UniqueViolation:
            if len(found) == 1:
                return self.sudo().browse()
            rows = [self._create_rows([one], tree_sudo) for one in found]
            return self.sudo().browse().concat(*rows)
        self.invalidate_model(flush=False)
        return self.sudo().browse(ids)._linking()

    @api.model
    def _query_insert(self, found, tree_sudo):
        """Insert pairs; return their ids.

        SQL because of the cost: a first run finds hundreds of thousands.
        """
        scheme = tree_sudo._offer_scheme()
        values = [
            {
                "left_partner_id": min(entity_id, match.partner_id),
                "right_partner_id": max(entity_id, match.partner_id),
                **self._match_values(entity_id, match, tree_sudo),
            }
            for entity_id, match in (
                (entity_id, match.at_first_look(scheme)) for entity_id, match in found
            )
            if match.verdict
        ]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO offer_partner_match (
                    left_partner_id, right_partner_id, left_company_id,
                    right_company_id, anchor_company_id, score, points, verdict,
                    evidence, scheme, date, judgement,
                    create_uid, write_uid, create_date, write_date
                )
                SELECT line.left_partner_id, line.right_partner_id, l.company_id,
                       r.company_id, %(anchor)s, line.score, line.points, line.verdict,
                       line.evidence, line.scheme, %(now)s, 'pending',
                       %(uid)s, %(uid)s, %(now)s, %(now)s
                FROM json_to_recordset(%(values)s::json) AS line (
                    left_partner_id int, right_partner_id int, score numeric,
                    points numeric, verdict varchar, evidence jsonb, scheme varchar
                )
                JOIN res_partner AS l ON l.id = line.left_partner_id
                JOIN res_partner AS r ON r.id = line.right_partner_id
                RETURNING id
                """,
                anchor=self.env["offer.identity"]._anchor(tree_sudo).id,
                values=json.dumps(values),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return [row_id for (row_id,) in rows]

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
        """Take over what the comparison says now.

        :return: whether that may change who is one customer
        """
        self.ensure_one()
        was_linking = self._linking()
        is_news = self._take_over(
            entity_id, self._with_heard(found, tree_sudo._offer_scheme()), tree_sudo
        )
        return bool(is_news and (was_linking or self._linking()))

    def _take_over(self, entity_id, found, tree_sudo):
        """Write what differs from a match; return whether anything does."""
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

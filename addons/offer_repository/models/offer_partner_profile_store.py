from functools import partial

from odoo import api, models
from odoo.tools import SQL, split_every

from odoo.addons.contact_history.models.contact_partner_upkeep import (
    PARTNERS_AT_ONCE,
    Call,
)
from odoo.addons.contact_history.models.sql_functions import array_of, make_function

from ..matching import PROFILE_VERSION, normalise

# No text that anybody types has it; what has it all the same is no key.
_SEPARATOR = "\x1f"

_STORE = SQL(
    """
    (
        the_partner int, the_members int[], the_company int, the_dump text,
        the_version int, the_moment timestamp, kinds_text text,
        values_text text
    ) RETURNS int LANGUAGE plpgsql SET enable_seqscan TO off AS $$
    DECLARE
        the_kinds varchar[] := string_to_array(kinds_text, chr(31));
        the_values varchar[] := string_to_array(values_text, chr(31));
        is_unknown boolean;
        is_stored boolean;
    BEGIN
        SELECT the_members IS NOT NULL AND (
            (
                SELECT count(*) FILTER (WHERE member.id = ANY(the_members))
                    != cardinality(the_members)
                    OR count(*) != cardinality(the_members)
                FROM res_partner AS member
                WHERE member.commercial_partner_id = the_partner
            )
            OR EXISTS (
                SELECT FROM res_partner_bank AS account
                WHERE account.partner_id = the_partner AND account.active
                    AND account.sanitized_acc_number != ''
            )
        ), EXISTS (
            SELECT FROM offer_partner_profile AS held
            WHERE held.partner_id = the_partner AND held.dump = the_dump
                AND held.version = the_version AND held.state != 'stale'
                AND held.company_id IS NOT DISTINCT FROM the_company
        ) INTO is_unknown, is_stored;
        IF is_unknown THEN
            RETURN the_partner;
        END IF;
        IF is_stored THEN
            RETURN NULL;
        END IF;
        WITH profile AS (
            INSERT INTO offer_partner_profile
                (partner_id, company_id, dump, version, state, made_at)
            VALUES (
                the_partner, the_company, the_dump, the_version, 'changed',
                the_moment
            )
            ON CONFLICT (partner_id) DO UPDATE
            SET company_id = excluded.company_id, dump = excluded.dump,
                version = excluded.version, state = excluded.state,
                made_at = excluded.made_at
        ), held AS MATERIALIZED (
            -- by the partner: others may hold the same key by the thousand
            SELECT id, kind, value, company_id FROM offer_partner_key
            WHERE partner_id = the_partner
        ), gone AS (
            DELETE FROM offer_partner_key WHERE id = ANY(ARRAY(
                SELECT held.id FROM held
                WHERE NOT EXISTS (
                    SELECT FROM unnest(the_kinds, the_values)
                        AS wanted (kind, value)
                    WHERE wanted.kind = held.kind AND wanted.value = held.value
                        AND held.company_id IS NOT DISTINCT FROM the_company
                )
            ))
        )
        INSERT INTO offer_partner_key (partner_id, company_id, kind, value)
        SELECT the_partner, the_company, wanted.kind, wanted.value
        FROM unnest(the_kinds, the_values) AS wanted (kind, value)
        WHERE NOT EXISTS (
            SELECT FROM held
            WHERE held.kind = wanted.kind AND held.value = wanted.value
                AND held.company_id IS NOT DISTINCT FROM the_company
        );
        RETURN NULL;
    END $$
    """
)


class OfferPartnerProfile(models.Model):
    """How profiles and keys get into their tables.

    Every partner that is saved comes through here. A function in the database compares
    with what is stored and writes what differs: it plans its statements once a session,
    and a customer without contacts that were there before needs no reading first.
    """

    _inherit = "offer.partner.profile"

    def init(self):
        """Make the function that :meth:`_sql_store` calls.

        Returns the customer when nothing was done, because more hangs on him than the
        caller knew: contacts (``the_members`` are the known ones and the customer, NULL
        when all was read) or bank accounts. Of two transactions that write the same
        profile at once, one starts again. Relies on the indexes of
        commercial_partner_id and of the partner_id of accounts, profiles and keys,
        which a plan made when the tables were still empty would pass over.
        """
        make_function(self.env.cr, "offer_partner_profile_store", _STORE)
        return super().init()

    @api.model
    def _calls(self, created, touched, to_read):
        """Yield what brings profiles in step; see contact.partner.upkeep.

        :param created: ids of partners, ``touched`` and ``to_read`` likewise
        """
        members, others = self._split(created - to_read, touched - to_read)
        others |= (created | touched) & to_read
        lines = [
            self._line(rows, [row["id"] for row in rows])
            for rows in self.env["res.partner"]._offer_cached_members(members)
        ]
        for some in split_every(PARTNERS_AT_ONCE, lines, list):
            yield Call(self._sql_store(some), self._follow_others)
        if others:
            yield Call(None, partial(self._follow_others, others))

    @api.model
    def _split(self, created, touched):
        """Tell whose contacts are probably all known from those to be read.

        :return: dict of entity id to list of its known contacts and itself, and set of
            ids that are to be read
        """
        members, others = {}, set()
        for partner in self.env["res.partner"].browse(created | touched):
            entity_id = partner.commercial_partner_id.id
            members.setdefault(entity_id, {entity_id}).add(partner.id)
            if partner.id != entity_id and partner.id not in created:
                # It may have been a customer of its own until now.
                others |= {entity_id, partner.id}
        return {one: ids for one, ids in members.items() if one not in others}, others

    @api.model
    def _follow_others(self, ids, _value=None):
        """Read those of whom not all was known, and write what differs.

        :param ids: of customers and contacts, with ``None`` for those that are done
        """
        self._forget_cached()
        others = {*filter(None, ids)}
        if others:
            self._follow(others)

    @api.model
    def _store(self, members):
        """Write profiles and keys where they differ from what is there.

        :param members: dict of entity id to rows, see ``_offer_members``
        :return: number of customers written
        """
        news = [
            line
            for rows in members.values()
            for line in [self._line(rows)]
            if not self._is_stored(rows, line)
        ]
        for some in split_every(PARTNERS_AT_ONCE, news, list):
            self.env.cr.execute(SQL("SELECT %s", self._sql_store(some)))
        if news:
            self._forget_cached()
        return len(news)

    @api.model
    def _line(self, rows, member_ids=None):
        """Return the arguments of the function for a customer, without version."""
        profile = normalise(self.env["res.partner"]._offer_party_of(rows))
        # As two texts: writing down arrays took longer than writing the keys.
        keys = [key for key in profile.keys if _SEPARATOR not in key.value]
        return (
            rows[0]["id"],
            member_ids,
            rows[0]["company_id"] or None,
            profile.dump(),
            _SEPARATOR.join([key.kind for key in keys]),
            _SEPARATOR.join([key.value for key in keys]),
        )

    @api.model
    def _is_stored(self, rows, line):
        _entity_id, _member_ids, company_id, dump, *_keys = line
        held = rows[0]["stored"]
        return held and held.dump == dump and held.fits(company_id)

    @api.model
    def _sql_store(self, lines):
        """Return what writes customers, at least one."""
        moment = self.env.cr.now()
        return array_of(
            SQL(
                "offer_partner_profile_store(%s, %s, %s, %s, %s, %s, %s, %s)",
                *line[:4],
                PROFILE_VERSION,
                moment,
                *line[4:],
            )
            for line in lines
        )

    @api.model
    def _forget_cached(self):
        self.invalidate_model(flush=False)
        self.env["offer.partner.key"].invalidate_model(flush=False)

    @api.model
    def _query_drop(self, partner_ids):
        """Remove what is there of partners that are no customers of their own.

        Those deleted, and those that got a company.
        """
        ids = tuple(partner_ids)
        for table in ("offer_partner_profile", "offer_partner_key"):
            self.env.cr.execute(
                SQL("DELETE FROM %s WHERE partner_id IN %s", SQL.identifier(table), ids)
            )
        self._forget_cached()

from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_history.models.sql_values import values_of

from ..matching import PROFILE_VERSION, Profile, normalise
from .stored_profile import StoredProfile


@dataclass(frozen=True, slots=True)
class News:
    """A profile that differs from what is stored.

    :ivar held: the stored row, ``None`` when there is none
    """

    partner_id: int
    company_id: int | None
    dump: str
    profile: Profile
    held: StoredProfile | None

    @property
    def is_unsure(self):
        """Return whether only the table tells what keys there are."""
        return self.held is not None and not self.held.fits(self.company_id)

    def rows(self, profile):
        """Return the keys of a profile as the table has them."""
        return {
            (self.partner_id, self.company_id, key.kind.value, key.value)
            for key in profile.keys
        }


class OfferPartnerProfile(models.Model):
    """How profiles and keys get into their tables.

    Every partner that is saved comes through here, so all of it is SQL, in plain
    statements of VALUES: planning one statement that compares and writes took longer
    than all of them together.
    """

    _inherit = "offer.partner.profile"

    @api.model
    def _store(self, members):
        """Write profiles and keys where they differ from what is there.

        :param members: dict of entity id to rows, see ``_offer_members``
        :return: number of customers written
        """
        news = list(self._find_news(members))
        if news:
            gone, added = self._find_changed_keys(news)
            keys = self.env["offer.partner.key"]
            statements = [
                self._sql_write(news),
                *keys._sql_replace(gone, added),
            ]
            # One trip to the database: each costs as much as the statement itself.
            self.env.cr.execute(SQL("; ").join(statements))
            self.invalidate_model(flush=False)
            keys.invalidate_model(flush=False)
        return len(news)

    @api.model
    def _find_news(self, members):
        partner = self.env["res.partner"]
        for entity_id, rows in members.items():
            profile = normalise(partner._offer_party_of(rows))
            dump, company_id = profile.dump(), rows[0]["company_id"]
            held = rows[0]["stored"]
            if not held or held.dump != dump or not held.fits(company_id):
                yield News(entity_id, company_id, dump, profile, held)

    @api.model
    def _find_changed_keys(self, news):
        """Return the keys to remove and those to add; those that fit stay.

        What the table holds is known from the dump, unless that is of another version
        or somebody doubts it.
        """
        keys = self.env["offer.partner.key"]
        held = keys._query_held([one.partner_id for one in news if one.is_unsure])
        gone, added = [], []
        for one in news:
            there, wanted = held.get(one.partner_id, set()), one.rows(one.profile)
            if one.held and not one.is_unsure:
                there = one.rows(Profile.load(one.held.dump))
            gone += there - wanted
            added += wanted - there
        return gone, added

    @api.model
    def _sql_write(self, news):
        """Return what writes profiles; of two transactions at once, one starts again.

        Partners that a savepoint took back are passed over. Relies on the unique index
        of partner_id.
        """
        lines = [(one.partner_id, one.company_id, one.dump) for one in news]
        return SQL(
            """
            INSERT INTO offer_partner_profile
                (partner_id, company_id, dump, version, state, made_at)
            SELECT line.partner_id, line.company_id::int, line.dump, %s, 'changed', %s
            FROM (VALUES %s) AS line (partner_id, company_id, dump)
            JOIN res_partner AS partner ON partner.id = line.partner_id
            ON CONFLICT (partner_id) DO UPDATE
            SET company_id = excluded.company_id, dump = excluded.dump,
                version = excluded.version, state = excluded.state,
                made_at = excluded.made_at
            """,
            PROFILE_VERSION,
            self.env.cr.now(),
            values_of(lines),
        )

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
        self.invalidate_model(flush=False)
        self.env["offer.partner.key"].invalidate_model(flush=False)

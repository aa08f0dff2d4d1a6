import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..matching import PROFILE_VERSION

# Writes profiles that are news, and of their keys those that are: rows that fit stay.
_STORE = """
    WITH made AS MATERIALIZED (
        SELECT (line->>0)::int AS partner_id, line->>1 AS dump,
               line->2 AS keys
        FROM json_array_elements(%(rows)s::json) AS line
    ), news AS MATERIALIZED (
        SELECT made.*, partner.company_id,
               profile.id IS NOT NULL AS is_known
        FROM made
        JOIN res_partner AS partner ON partner.id = made.partner_id
        LEFT JOIN offer_partner_profile AS profile
            ON profile.partner_id = made.partner_id
        WHERE profile.id IS NULL OR profile.state = 'stale'
            OR profile.version != %(version)s OR profile.dump != made.dump
            OR profile.company_id IS DISTINCT FROM partner.company_id
    ), wanted AS MATERIALIZED (
        SELECT partner_id, company_id, key->>0 AS kind, key->>1 AS value
        FROM news CROSS JOIN json_array_elements(keys) AS key
    ), stored AS (
        INSERT INTO offer_partner_profile
            (partner_id, company_id, dump, version, state, made_at)
        SELECT partner_id, company_id, dump, %(version)s, 'changed',
               now() AT TIME ZONE 'UTC'
        FROM news
        ON CONFLICT (partner_id) DO UPDATE
        SET company_id = excluded.company_id, dump = excluded.dump,
            version = excluded.version, state = excluded.state,
            made_at = excluded.made_at
    ), held AS MATERIALIZED (
        SELECT id, partner_id, company_id, kind, value
        FROM offer_partner_key
        WHERE partner_id = ANY(
            ARRAY(SELECT partner_id FROM news WHERE is_known)
        )
    ), gone AS (
        DELETE FROM offer_partner_key WHERE id = ANY(ARRAY(
            SELECT held.id
            FROM held
            LEFT JOIN wanted USING (partner_id, kind, value)
            WHERE wanted.partner_id IS NULL
                OR wanted.company_id IS DISTINCT FROM held.company_id
        ))
    ), added AS (
        INSERT INTO offer_partner_key (partner_id, company_id, kind, value)
        SELECT wanted.*
        FROM wanted
        LEFT JOIN held USING (partner_id, kind, value)
        WHERE held.partner_id IS NULL
            OR wanted.company_id IS DISTINCT FROM held.company_id
        ORDER BY value
    )
    SELECT count(*) FROM news
"""


class OfferPartnerKey(models.Model):
    """What a customer can be found by, in normal form, one row a value.

    Made of the customer's profile (``offer.partner.profile``), which keeps them in
    step. How they are looked up: ``offer_partner_key_lookup.py``.

    Partner and company are plain numbers: with foreign keys, storing the keys of an
    import took twice as long. Who is deleted takes the keys along all the same, by
    ``offer.partner.profile``, or by the nightly scan where SQL did it.
    """

    _name = "offer.partner.key"
    _description = "Customer Key"
    _order = "id"
    _log_access = False

    partner_id = fields.Integer(string="Customer ID", required=True, index=True)
    # The partner's own: look-ups stay within a tree of companies.
    company_id = fields.Integer(string="Company ID")
    # Plain text: kinds belong to the comparison, which may get more of them.
    kind = fields.Char(required=True)
    value = fields.Char(required=True)

    # serves _query_holders, which is answered from the index alone
    _lookup_idx = models.Index("(value, kind) INCLUDE (partner_id, company_id)")

    @api.model
    def _query_store(self, profiles):
        """Write profiles of customers where they are news, and their keys.

        One statement because of the cost: every partner that is saved comes through
        here, with a dozen keys. Rows that fit stay. Relies on the unique index of the
        profile's partner_id and on the index of partner_id.

        :param profiles: dict of partner id to :class:`~..matching.Profile`
        :return: number of customers written
        """
        rows = [
            [partner_id, profile.dump(), list(profile.keys)]
            for partner_id, profile in profiles.items()
        ]
        self.env["res.partner"].flush_model(["company_id"])
        [(count,)] = self.env.execute_query(
            SQL(
                _STORE,
                rows=json.dumps(rows, ensure_ascii=False),
                version=PROFILE_VERSION,
            )
        )
        return count

    @api.model
    def _query_drop_orphans(self):
        """Remove keys of customers that were deleted or merged in SQL.

        Reads the whole index of partner_id: for the nightly job only.
        """
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM offer_partner_key AS held
                WHERE NOT EXISTS (
                    SELECT FROM offer_partner_profile AS profile
                    WHERE profile.partner_id = held.partner_id
                )
                """
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _query_forget_companies(self, company_ids):
        """Keep keys of customers whose company is deleted: they belong to all then."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE offer_partner_key SET company_id = NULL
                WHERE company_id = ANY(%s)
                """,
                list(company_ids),
            )
        )
        self.invalidate_model(flush=False)

    @api.depends("kind", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.kind}: {row.value}"

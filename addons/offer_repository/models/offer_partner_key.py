import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..matching import PROFILE_VERSION


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
    def _query_store(self, made, known_ids):
        """Write profiles of customers, and make the keys what they should be.

        One statement because of the cost: every partner that is saved comes through
        here, with a dozen keys. Rows that fit stay. Relies on the unique index of the
        profile's partner_id and on the index of partner_id.

        :param made: dict of partner id to (company id or None, profile, its dump)
        :param known_ids: the partners among them that may have keys already
        """
        rows = [
            [partner_id, company_id, dump, list(profile.keys)]
            for partner_id, (company_id, profile, dump) in made.items()
        ]
        self.env.cr.execute(
            SQL(
                """
                WITH made AS MATERIALIZED (
                    SELECT (line->>0)::int AS partner_id, (line->>1)::int AS company_id,
                           line->>2 AS dump, line->3 AS keys
                    FROM json_array_elements(%(rows)s::json) AS line
                ), wanted AS MATERIALIZED (
                    SELECT partner_id, company_id, key->>0 AS kind, key->>1 AS value
                    FROM made CROSS JOIN json_array_elements(keys) AS key
                ), stored AS (
                    INSERT INTO offer_partner_profile
                        (partner_id, company_id, dump, version, state, made_at)
                    SELECT partner_id, company_id, dump, %(version)s, 'changed',
                           now() AT TIME ZONE 'UTC'
                    FROM made
                    ON CONFLICT (partner_id) DO UPDATE
                    SET company_id = excluded.company_id, dump = excluded.dump,
                        version = excluded.version, state = excluded.state,
                        made_at = excluded.made_at
                ), held AS MATERIALIZED (
                    SELECT id, partner_id, company_id, kind, value
                    FROM offer_partner_key WHERE partner_id = ANY(%(known)s)
                ), gone AS (
                    DELETE FROM offer_partner_key WHERE id = ANY(ARRAY(
                        SELECT id FROM held WHERE NOT EXISTS (
                            SELECT FROM wanted
                            WHERE wanted.partner_id = held.partner_id
                                AND wanted.kind = held.kind
                                AND wanted.value = held.value
                                AND wanted.company_id IS NOT DISTINCT FROM held.company_id
                        )
                    ))
                )
                INSERT INTO offer_partner_key (partner_id, company_id, kind, value)
                SELECT * FROM wanted
                WHERE NOT EXISTS (
                    SELECT FROM held
                    WHERE held.partner_id = wanted.partner_id
                        AND held.kind = wanted.kind AND held.value = wanted.value
                        AND held.company_id IS NOT DISTINCT FROM wanted.company_id
                )
                ORDER BY value
                """,
                rows=json.dumps(rows, ensure_ascii=False),
                version=PROFILE_VERSION,
                known=list(known_ids),
            )
        )

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

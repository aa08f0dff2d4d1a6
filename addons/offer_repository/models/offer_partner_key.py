from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_history.models.sql_values import values_of


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
    def _query_held(self, partner_ids):
        """Return the keys that are stored of partners.

        Relies on the index of partner_id.

        :return: dict of partner id to set of (partner id, company id, kind, value)
        """
        if not partner_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, company_id, kind, value
                FROM offer_partner_key WHERE partner_id IN %s
                """,
                tuple(partner_ids),
            )
        )
        held = {}
        for row in rows:
            held.setdefault(row[0], set()).add(row)
        return held

    @api.model
    def _sql_replace(self, gone, added):
        """Yield what removes keys and adds others.

        SQL because of the cost: every partner that is saved comes through here, with a
        dozen keys. Relies on the index of partner_id.

        :param gone: list of (partner id, company id, kind, value); ``added`` alike
        """
        if gone:
            yield SQL(
                """
                DELETE FROM offer_partner_key
                WHERE partner_id IN %s
                    AND (partner_id, coalesce(company_id, 0), kind, value) IN %s
                """,
                tuple({partner_id for partner_id, *_rest in gone}),
                tuple(
                    (partner_id, company_id or 0, kind, value)
                    for partner_id, company_id, kind, value in gone
                ),
            )
        if added:
            yield SQL(
                """
                INSERT INTO offer_partner_key (partner_id, company_id, kind, value)
                VALUES %s
                """,
                values_of(_by_value(added)),
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


def _by_value(rows):
    """Return keys in the order of the index that they go into."""
    return sorted(rows, key=lambda row: row[3])

from odoo import api, fields, models
from odoo.tools import SQL


class OfferPartnerKey(models.Model):
    """What a customer can be found by, in normal form, one row a value.

    Made of the customer's profile (``offer.partner.profile``), which keeps them in
    step. How they are looked up: ``offer_partner_key_lookup.py``.
    """

    _name = "offer.partner.key"
    _description = "Customer Key"
    _order = "id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        index=True,
    )
    # The partner's own: look-ups stay within a tree of companies.
    company_id = fields.Many2one("res.company", ondelete="set null")
    # Plain text: kinds belong to the comparison, which may get more of them.
    kind = fields.Char(required=True)
    value = fields.Char(required=True)

    # serves _query_holders, which is answered from the index alone
    _lookup_idx = models.Index("(value, kind) INCLUDE (partner_id, company_id)")

    @api.model
    def _store(self, wanted, known_ids):
        """Make the keys of customers what they should be; rows that fit stay.

        SQL because of the cost, see ``offer.partner.profile._store``.

        :param wanted: dict of partner id to (company id or None, keys)
        :param known_ids: the partners among them that may have keys already
        """
        missing = {
            (partner_id, company_id, key.kind.value, key.value)
            for partner_id, (company_id, keys) in wanted.items()
            for key in keys
        }
        if known_ids:
            missing -= self._remove_others(missing, known_ids)
        if missing:
            self._query_insert(sorted(missing, key=lambda row: (row[0], *row[2:])))

    @api.model
    def _remove_others(self, wanted, partner_ids):
        """Delete the customers' rows that are not wanted; return those that are."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, partner_id, company_id, kind, value
                FROM offer_partner_key
                WHERE partner_id = ANY(%s)
                """,
                list(partner_ids),
            )
        )
        kept, gone = set(), []
        for row_id, *values in rows:
            row = tuple(values)
            if row in wanted and row not in kept:
                kept.add(row)
            else:
                gone.append(row_id)
        if gone:
            self.env.cr.execute(
                SQL("DELETE FROM offer_partner_key WHERE id = ANY(%s)", gone)
            )
        return kept

    @api.model
    def _query_insert(self, rows):
        partner_ids, company_ids, kinds, values = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO offer_partner_key (partner_id, company_id, kind, value)
                SELECT *
                FROM unnest(%s::int[], %s::int[], %s::varchar[], %s::varchar[])
                """,
                partner_ids,
                company_ids,
                kinds,
                values,
            )
        )

    @api.depends("kind", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.kind}: {row.value}"

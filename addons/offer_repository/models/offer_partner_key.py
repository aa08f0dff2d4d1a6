from odoo import api, fields, models
from odoo.tools import SQL


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

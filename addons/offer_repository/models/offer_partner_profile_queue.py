from odoo import api, models
from odoo.tools import SQL

from ..matching import PROFILE_VERSION, Profile


class OfferPartnerProfile(models.Model):
    """What the jobs (``offer.job``) ask of profiles, and note on them.

    SQL, because of joins that the ORM has no words for and of hundreds of thousands of
    rows. Relies on the unique index of partner_id and on _pending_idx.
    """

    _inherit = "offer.partner.profile"

    @api.model
    def _query_mark_drifted(self):
        """Have profiles made anew where a partner was written after them.

        Most of these writes had nothing to do with it, but a merge or an import in SQL
        shows in no other way.
        """
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.invalidate_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE offer_partner_profile AS profile
                SET state = 'stale'
                FROM res_partner AS member
                WHERE member.commercial_partner_id = profile.partner_id
                    AND member.write_date > profile.made_at
                """
            )
        )

    @api.model
    def _query_missing(self, after, limit):
        """Return the ids of customers without profile, or with a stale one."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id
                FROM res_partner AS partner
                LEFT JOIN offer_partner_profile AS profile
                    ON profile.partner_id = partner.id
                WHERE partner.id > %s
                    AND partner.commercial_partner_id = partner.id
                    AND (profile.id IS NULL OR profile.state = 'stale')
                ORDER BY partner.id
                LIMIT %s
                """,
                after,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_next(self, after, states, limit):
        """Return the next customers with their company's id, by partner id."""
        self._catch_up()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, company_id
                FROM offer_partner_profile
                WHERE partner_id > %s AND state = ANY(%s)
                ORDER BY partner_id
                LIMIT %s
                """,
                after,
                list(states),
                limit,
            )
        )
        return dict(rows)

    @api.model
    def _sample(self, tree_sudo, size):
        """Return profiles of a tree's customers, spread over all of them.

        Our own companies and colleagues are nobody's customers. The same ones as long
        as no customer comes or goes. Reads the whole table: for jobs only.
        """
        self.env["res.partner"].flush_model(["partner_share"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT profile.dump
                FROM offer_partner_profile AS profile
                JOIN res_partner AS partner ON partner.id = profile.partner_id
                WHERE profile.version = %s AND partner.partner_share
                    AND (profile.company_id IS NULL OR profile.company_id = ANY(%s))
                    AND NOT EXISTS (
                        SELECT FROM res_company AS ours
                        WHERE ours.partner_id = partner.id
                    )
                ORDER BY hashint4(partner.id), partner.id
                LIMIT %s
                """,
                PROFILE_VERSION,
                tree_sudo.ids,
                size,
            )
        )
        return [Profile.load(dump) for (dump,) in rows]

    @api.model
    def _query_mark_compared(self, partner_ids):
        self.env.cr.execute(
            SQL(
                """
                UPDATE offer_partner_profile
                SET state = 'compared'
                WHERE partner_id = ANY(%s) AND state = 'changed'
                """,
                list(partner_ids),
            )
        )
        self.invalidate_model(["state"], flush=False)

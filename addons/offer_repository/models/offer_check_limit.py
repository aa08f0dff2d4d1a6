from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .offer_check import LIMITED_KINDS, MANAGER

_LIMIT_PERIOD = timedelta(hours=1)


class OfferCheck(models.AbstractModel):
    """Who may ask, and how often."""

    _inherit = "offer.check"

    @api.model
    def _check_user(self):
        if not self._is_user():
            raise AccessError(self._user_message())

    @api.model
    def _is_user(self):
        return self.env.user.has_group("offer_repository.offer_repository_group_user")

    @api.model
    def _user_message(self):
        return self.env._("Only users of the offer repository can check customers.")

    @api.model
    def _is_limit_reached(self):
        """Tell whether the user was shown enough customers within the hour.

        Asked before looking, so that the refusal says nothing about the customer.
        """
        if self.env.user.has_group(MANAGER):
            return False  # reads all these offers anyway
        return self._query_shown() >= self.env.company._offer_lookup_limit()

    @api.model
    def _query_shown(self):
        """Return how many customers the user was shown within the hour.

        SQL because every look-up asks, and users may not read the log, not even of
        themselves. Relies on _recent of ``contact.disclosure``.
        """
        disclosures = self.env["contact.disclosure"]
        disclosures.flush_model(["user_id", "kind", "date", "partner_id"])
        [(shown,)] = self.env.execute_query(
            SQL(
                """
                SELECT count(DISTINCT partner_id)
                FROM contact_disclosure
                WHERE user_id = %s AND kind = ANY(%s) AND date > %s
                """,
                self.env.uid,
                list(LIMITED_KINDS),
                fields.Datetime.now() - _LIMIT_PERIOD,
            )
        )
        return shown

    @api.model
    def _log_past_rollback(self, rows):
        """Note what was disclosed, even when the transaction undoes all it wrote.

        A test import does: it tells as much as a real one and keeps nothing. Now, for
        the limit counts within the transaction as well, and once more afterwards.
        """
        if not rows:
            return
        self.env["contact.disclosure"]._log(rows)
        self._after_transaction(lambda env: env["offer.check"]._log_existing(rows))

    @api.model
    def _log_existing(self, rows):
        """Note disclosures without those of customers that were undone as well."""
        ids = [row["partner_id"] for row in rows]
        # sudo: rows name customers whom the reader may not read
        known = set(self.env["res.partner"].sudo().browse(ids).exists().ids)
        self.env["contact.disclosure"]._log(
            [row for row in rows if row["partner_id"] in known]
        )

    @api.model
    def _after_transaction(self, work):
        """Call ``work`` with an environment of its own, however this one ends."""
        cr, registry, uid = self.env.cr, self.env.registry, self.env.uid
        context = {"allowed_company_ids": self.env.companies.ids}

        def run():
            with registry.cursor() as own_cr:
                work(api.Environment(own_cr, uid, context))

        cr.postcommit.add(run)
        cr.postrollback.add(run)

    @api.model
    def _limit_message(self):
        return self.env._(
            "Within the last hour you were shown %(limit)s customers of other "
            "branches. Checking pauses until that hour is over. If you need to know "
            "about a customer now, ask your sales manager.",
            limit=self.env.company._offer_lookup_limit(),
        )

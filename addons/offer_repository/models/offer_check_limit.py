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
    def _limit_message(self):
        return self.env._(
            "Within the last hour you were shown %(limit)s customers of other "
            "branches. Checking pauses until that hour is over. If you need to know "
            "about a customer now, ask your sales manager.",
            limit=self.env.company._offer_lookup_limit(),
        )

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .offer_check import MANAGER

WEEKLY = "offer_repository.digest_digest_weekly"
MONTHLY = "offer_repository.digest_digest_monthly"


class DigestDigest(models.Model):
    """What branches cost each other, in Odoo's own digests.

    Computed for each receiver with that person's rights; who is no manager of the offer
    repository gets none of these figures, in whichever digest they are switched on.
    """

    _inherit = "digest.digest"

    kpi_offer_conflicts = fields.Boolean("Offer Conflicts Found")
    kpi_offer_conflicts_value = fields.Integer(compute="_compute_kpi_offer_value")
    kpi_offer_caught = fields.Boolean("Conflicts Caught before Sending")
    kpi_offer_caught_value = fields.Integer(compute="_compute_kpi_offer_value")
    kpi_offer_spread = fields.Boolean("Rival Offers Apart")
    kpi_offer_spread_value = fields.Monetary(compute="_compute_kpi_offer_value")
    kpi_offer_given_away = fields.Boolean("Given Away to Customers")
    kpi_offer_given_away_value = fields.Monetary(compute="_compute_kpi_offer_value")

    @api.depends_context("uid", "start_datetime", "end_datetime", "allowed_company_ids")
    def _compute_kpi_offer_value(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("These figures are for managers of the offer repository.")
            )
        start, end, _companies = self._get_kpi_compute_parameters()
        report = self.env["offer.conflict.report"]
        found = Domain("date", ">=", start) & Domain("date", "<", end)
        counts = ["conflict_id:count_distinct"]
        [(count, spread, away)] = report._read_group(
            found, aggregates=[*counts, "spread_amount:sum", "given_away:sum"]
        )
        before = found & Domain("caught", "=", "before")
        [(caught,)] = report._read_group(before, aggregates=counts)
        for digest in self:
            digest.kpi_offer_conflicts_value = count
            digest.kpi_offer_caught_value = caught
            digest.kpi_offer_spread_value = spread or 0.0
            digest.kpi_offer_given_away_value = away or 0.0

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        report = "offer_repository.offer_conflict_report_action"
        own = [name for name in self._fields if name.startswith("kpi_offer_")]
        return {**actions, **dict.fromkeys(own, report)}

    @api.model
    def _offer_digests(self):
        """Return the digests that managers choose in their preferences, by period."""
        return {
            "weekly": self.env.ref(WEEKLY, False) or self.browse(),
            "monthly": self.env.ref(MONTHLY, False) or self.browse(),
        }

    def _is_offer_digest(self):
        return any(self == digest for digest in self._offer_digests().values())

    def _action_send_to_user(self, user, tips_count=1, consume_tips=True):
        """Leave out who is no manager any more: nothing would be in the mail."""
        if self._is_offer_digest() and not user.has_group(MANAGER):
            return False
        return super()._action_send_to_user(user, tips_count, consume_tips)

    def _check_daily_logs(self):
        """Keep the period that people chose, whether or not they signed in."""
        slower = super()._check_daily_logs()
        return slower.filtered(lambda digest: not digest._is_offer_digest())


class ResUsers(models.Model):
    _inherit = "res.users"

    offer_digest = fields.Selection(
        [("no", "Never"), ("weekly", "Every week"), ("monthly", "Every month")],
        string="What branches cost each other, by mail",
        compute="_compute_offer_digest",
        inverse="_inverse_offer_digest",
        compute_sudo=True,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "offer_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "offer_digest"]

    def _compute_offer_digest(self):
        digests = self.env["digest.digest"]._offer_digests()
        for user in self:
            chosen = (key for key, digest in digests.items() if user in digest.user_ids)
            user.offer_digest = next(chosen, "no")

    def _inverse_offer_digest(self):
        # sudo: nobody may write digests; a user's own place in them is his choice
        digests = self.env["digest.digest"].sudo()._offer_digests()
        for user in self:
            for period, digest_sudo in digests.items():
                if period == user.offer_digest:
                    digest_sudo.user_ids |= user
                else:
                    digest_sudo.user_ids -= user

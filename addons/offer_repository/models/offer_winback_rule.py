from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .offer_offer_loss import LOST_STATES

WINBACK_ACTIVITY = "offer_repository.mail_activity_type_winback"
# A rule looks at losses that became due lately: a new one does not dig up old years.
_DUE_WITHIN = timedelta(days=30)
_BATCH = 200


class OfferWinbackRule(models.Model):
    """When to call a customer again whose order went to somebody else."""

    _name = "offer.winback.rule"
    _description = "Win-back Rule"
    _order = "days, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: every branch.",
    )
    reason_ids = fields.Many2many(
        "crm.lost.reason",
        string="Reasons",
        help="With the reasons below them. Empty: whatever the reason was.",
    )
    days = fields.Integer(
        string="Days after the Loss",
        default=90,
        required=True,
    )
    max_open = fields.Integer(
        string="At Most",
        default=5,
        required=True,
        help="No salesperson gets more of these activities while so many are open.",
    )

    _days_positive = models.Constraint(
        "CHECK(days > 0)",
        "A win-back needs at least one day after the loss.",
    )
    _max_open_positive = models.Constraint(
        "CHECK(max_open > 0)",
        "At least one activity must be allowed. Archive the rule to have none.",
    )

    @api.model
    def _cron_plan(self):
        """Plan what is due; running it twice plans nothing twice."""
        for rule in self.search([("active", "=", True)]):
            rule._plan()

    def _plan(self):
        """Plan the activities of one rule, oldest loss first."""
        offers = self.env["offer.offer"].search(
            self._due_domain(), order="date_lost, id", limit=_BATCH
        )
        open_count = self._open_counts(offers.user_id)
        for offer in offers:
            user = offer.user_id
            if open_count.get(user.id, 0) >= self.max_open:
                continue
            if offer._is_won_back():
                offer.date_winback = fields.Datetime.now()
                continue
            offer._plan_winback(self)
            open_count[user.id] = open_count.get(user.id, 0) + 1

    def _due_domain(self):
        due = fields.Datetime.now() - timedelta(days=self.days)
        domain = (
            Domain("state", "in", LOST_STATES)
            & Domain("date_winback", "=", False)
            & Domain("date_lost", "<=", due)
            & Domain("date_lost", ">", due - _DUE_WITHIN)
            & Domain("user_id.active", "=", True)
        )
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        if self.reason_ids:
            domain &= Domain("lost_reason_id", "child_of", self.reason_ids.ids)
        return domain

    @api.model
    def _open_counts(self, users):
        activity_type = self.env.ref(WINBACK_ACTIVITY)
        groups = self.env["mail.activity"]._read_group(
            [
                ("activity_type_id", "=", activity_type.id),
                ("user_id", "in", users.ids),
            ],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}

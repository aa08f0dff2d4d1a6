from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

MANAGER = "contact_history.contact_history_group_manager"
BATCH = 200


class Occasion(NamedTuple):
    """Why a customer may be followed up.

    :param str key: what makes it unique for the rule: the same occasion never counts
        twice, however often and by however many jobs it is looked for
    :param partner: res.partner, in superuser mode
    :param company: res.company, the branch it happened in
    :param at: naive UTC, when it happened
    :param user: res.users, who had to do with it; may be empty
    :param str about: translated, what the activity is about; may be empty
    """

    key: str
    partner: models.Model
    company: models.Model
    at: object
    user: models.Model
    about: str = ""


class ContactFollowupRule(models.Model):
    """When to turn to a customer again, without anybody having to think of it."""

    _name = "contact.followup.rule"
    _description = "Follow-up rule"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(
        string="Switched on",
        default=True,
        help="Off: nothing is planned; what is planned already stays.",
    )
    occasion = fields.Selection(
        [
            ("silent", "Customer was silent"),
            ("new", "First contact of a new customer"),
        ],
        required=True,
        default="silent",
    )
    delay = fields.Integer(
        string="How long after",
        required=True,
        default=6,
        help="How long after the occasion.",
    )
    delay_unit = fields.Selection(
        [("day", "Days"), ("month", "Months")],
        string="Unit",
        required=True,
        default="month",
    )
    date_from = fields.Date(
        string="Due since",
        required=True,
        default=fields.Date.context_today,
        help="What was due before is left alone. Choose an earlier day to catch up on "
        "it: the limit for each person and day spreads it.",
    )
    quiet_days = fields.Integer(
        string="Not if in touch within (days)",
        default=7,
        help="Who was spoken with in the meantime needs no reminder.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: every branch.",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Customer tags",
        help="Empty: all customers.",
    )
    fallback_user_id = fields.Many2one(
        "res.users",
        string="Otherwise",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Gets the activity where neither the salesperson nor the team leader "
        "can. Empty: then nobody does.",
    )
    note = fields.Text(
        string="What to do",
        translate=True,
        help="Stands in the activity.",
    )
    followup_count = fields.Integer(compute="_compute_followup_count")

    _delay_check = models.Constraint(
        "CHECK(delay > 0)",
        "A follow-up comes at least one day or month after its occasion.",
    )
    _quiet_check = models.Constraint(
        "CHECK(quiet_days >= 0)",
        "The days without contact cannot be negative.",
    )

    def _compute_followup_count(self):
        groups = self.env["contact.followup"]._read_group(
            [("rule_id", "in", self.ids), ("state", "=", "planned")],
            ["rule_id"],
            ["__count"],
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.followup_count = counts.get(rule.id, 0)

    def write(self, vals):
        """Let a rule that is switched on again start today, not where it stopped."""
        if vals.get("active") and "date_from" not in vals:
            asleep = self.filtered(lambda rule: not rule.active)
            super(ContactFollowupRule, asleep).write(
                {"date_from": fields.Date.context_today(self)}
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------------

    def _find_occasions(self, companies, limit):
        """Return what is due now, oldest first, without what was seen before.

        :param companies: res.company to look in, in superuser mode
        :return: list of ``Occasion``
        """
        self.ensure_one()
        if self.company_id:
            companies &= self.company_id
        if not companies:
            return []
        start = fields.Datetime.to_datetime(self.date_from) - self._delay()
        end = fields.Datetime.now() - self._delay()
        find = getattr(self, f"_occasions_{self.occasion}")
        return find(companies, start, end, limit) if start < end else []

    def _delay(self):
        unit = {"day": "days", "month": "months"}[self.delay_unit]
        return relativedelta(**{unit: self.delay})

    def _known_keys(self, since):
        """Return the keys of occasions since then that were seen before.

        For finders that cannot leave them out by themselves.
        """
        self.ensure_one()
        # sudo: what was planned in all branches; only keys are taken
        seen_sudo = self.env["contact.followup"].sudo()
        rows = seen_sudo._read_group(
            [("rule_id", "=", self.id), ("occurred_at", ">=", since)],
            ["occasion_key"],
        )
        return [key for (key,) in rows]

    # ------------------------------------------------------------------
    # Doing it
    # ------------------------------------------------------------------

    @api.model
    def _cron_plan(self):
        """Plan what is due, a batch a rule and run; running it twice plans once."""
        rules = self.search([("active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rules))
        # sudo: a job for all branches
        companies_sudo = self.env["res.company"].sudo().search([("active", "=", True)])
        for rule in rules:
            rule._plan(companies_sudo)
            if not cron._commit_progress(1):
                break

    def _plan(self, companies):
        """Create the activities of one rule that are due today.

        :return: the new contact.followup records
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            # Another job is at it.
            return self.env["contact.followup"]
        planner = self.env["contact.followup.planner"]
        plans = planner._make_plans(self, companies, BATCH)
        return planner._carry_out(plans)

    def action_preview(self):
        """Show what the rule would do today, without doing it."""
        self.ensure_one()
        self.check_access("write")
        preview = self.env["contact.followup.preview"]._make(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": preview._name,
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_open_followups(self):
        """List what the rule has done."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_history.contact_followup_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

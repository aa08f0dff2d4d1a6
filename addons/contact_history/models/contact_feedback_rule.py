from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..response import ANSWERS

# Contacts looked at in one run; most of them belong to who was asked lately.
BATCH = 2000
# A question about a contact that was longer ago than that helps nobody.
_WITHIN = timedelta(days=3)


class ContactFeedbackRule(models.Model):
    """After which contacts customers are asked how it was."""

    _name = "contact.feedback.rule"
    _description = "Feedback rule"
    _order = "channel, id"
    _rec_name = "channel"

    channel = fields.Selection(selection="_selection_channel", required=True)
    active = fields.Boolean(string="Switched on", default=False)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: every branch.",
    )
    delay_hours = fields.Integer(string="After (hours)", default=2, required=True)
    share = fields.Integer(
        string="Of 100 contacts",
        default=100,
        required=True,
        help="How many of 100 contacts are asked about.",
    )
    started_at = fields.Datetime(
        string="Since",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        help="Nobody is asked about what was before the rule was switched on.",
    )

    _company_channel_uniq = models.UniqueIndex(
        "(channel, COALESCE(company_id, 0))",
        "There is a rule for this channel and branch already.",
    )
    _delay_check = models.Constraint(
        "CHECK(delay_hours >= 0 AND delay_hours <= 48)",
        "A customer is asked within 48 hours, or not at all.",
    )
    _share_check = models.Constraint(
        "CHECK(share > 0 AND share <= 100)",
        "Of 100 contacts, 1 to 100 can be asked about.",
    )

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    def write(self, vals):
        if vals.get("active"):
            asleep = self.filtered(lambda rule: not rule.active)
            super(ContactFeedbackRule, asleep).write(
                {"started_at": fields.Datetime.now()}
            )
        return super().write(vals)

    @api.model
    def _cron_ask(self):
        """Ask about what is due, some for each rule and run."""
        rules = self.search([("active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rules))
        for rule in rules:
            rule._ask()
            if not cron._commit_progress(1):
                break

    def _ask(self):
        """Ask about the contacts of one rule that are due.

        :return: the new contact.feedback records
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            # Another job is at it.
            return self.env["contact.feedback"]
        # sudo: a job for all branches
        contacts_sudo = self.env["contact.interaction"].sudo()
        found = contacts_sudo.search(
            self._due_domain(), order="occurred_at, id", limit=BATCH
        )
        return found.filtered(self._is_drawn)._ask_feedback(self)

    def _due_domain(self):
        now = fields.Datetime.now()
        since = max(self.started_at, now - _WITHIN)
        domain = (
            Domain("channel", "=", self.channel)
            & Domain("response_role", "=", ANSWERS)
            & Domain("occurred_at", ">=", since)
            & Domain("occurred_at", "<=", now - timedelta(hours=self.delay_hours))
            & Domain("certainty", "=", "known")
            & Domain("partner_id.email_normalized", "!=", False)
            & Domain("feedback_ids", "=", False)
        )
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        else:
            special = self.search(
                [("channel", "=", self.channel), ("company_id", "!=", False)]
            )
            domain &= Domain("company_id", "not in", special.company_id.ids)
        return domain

    def _is_drawn(self, contact):
        # The same contact is always drawn, or never: chance by its number.
        return contact.id * 7919 % 100 < self.share

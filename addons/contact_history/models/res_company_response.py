from collections import defaultdict
from typing import NamedTuple

from odoo import fields, models

from ..response import DEFAULT_TARGETS, Shift, Target, WorkingHours

SECONDS_PER_HOUR = 3600


class Clock(NamedTuple):
    """By what a branch measures itself.

    ``hours`` is None for a branch that never closes.
    """

    hours: WorkingHours | None
    day_seconds: int
    targets: dict[str, Target]


class ResCompany(models.Model):
    _inherit = "res.company"

    contact_followup_limit = fields.Integer(
        string="Follow-ups a day",
        default=5,
        required=True,
        help="Nobody gets more of them on one day; the others come the next days.",
    )

    contact_feedback_days = fields.Integer(
        string="Days between questions",
        default=90,
        required=True,
        help="No customer is asked more often how a contact was.",
    )
    contact_feedback_user_id = fields.Many2one(
        "res.users",
        string="Turns to unhappy customers",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Empty: the team leader of our person, else our person.",
    )

    contact_response_reminder = fields.Selection(
        [
            ("off", "No activities"),
            ("late", "When the target is missed"),
            ("soon", "When half of the time has gone"),
        ],
        string="Remind who has to answer",
        default="off",
        required=True,
    )
    contact_response_escalation = fields.Integer(
        string="Escalate after (minutes)",
        help="Working minutes after the target was missed. 0: never.",
    )
    contact_response_user_id = fields.Many2one(
        "res.users",
        string="Escalate to",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Where there is no team leader. Also gets what nobody is responsible for.",
    )

    _contact_followup_limit_check = models.Constraint(
        "CHECK(contact_followup_limit >= 0)",
        "The number of follow-ups a day cannot be negative.",
    )

    def _contact_response_clocks(self, since):
        """Return {company id: Clock}, in a few queries for all of them.

        :param since: holidays that ended before are left out; None: all are read.
        """
        # sudo: opening hours and targets of every branch that a contact touches.
        companies_sudo = self.sudo()
        closed = companies_sudo._contact_history_closed(since)
        targets = companies_sudo._contact_response_targets()
        clocks = {
            company_sudo.id: Clock(
                company_sudo._contact_history_hours(closed),
                company_sudo._contact_history_day_seconds(),
                targets[company_sudo.id],
            )
            for company_sudo in companies_sudo
        }
        # A row without a branch exists only while a form is filled in.
        return {**clocks, False: Clock(None, 8 * SECONDS_PER_HOUR, DEFAULT_TARGETS)}

    def _contact_history_hours(self, closed):
        """Return the working hours of the branch, in the zone of its calendar."""
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar or calendar.flexible_hours or not calendar.attendance_ids:
            return None
        worked = calendar.attendance_ids.filtered(
            lambda row: not row.display_type and row.day_period != "lunch"
        )
        shifts = {
            Shift(
                int(row.dayofweek),
                round(row.hour_from * 60),
                min(round(row.hour_to * 60), 1440),
                int(row.week_type) if row.week_type else None,
            )
            for row in worked
            if round(row.hour_from * 60) < round(row.hour_to * 60)
        }
        ordered = sorted(shifts, key=lambda shift: (shift.weekday, shift.start))
        holidays = closed[calendar.id] + closed[self.id, "company"]
        return WorkingHours(calendar.tz or "UTC", tuple(ordered), tuple(holidays))

    def _contact_history_day_seconds(self):
        self.ensure_one()
        hours = self.resource_calendar_id.hours_per_day or 8
        return round(hours * SECONDS_PER_HOUR)

    def _contact_history_closed(self, since):
        """Return holidays: by calendar id, and by (company id, "company")."""
        domain = [
            ("resource_id", "=", False),
            ("time_type", "=", "leave"),
            ("calendar_id", "in", [*self.resource_calendar_id.ids, False]),
        ]
        if since:
            domain.append(("date_to", ">=", since))
        closed = defaultdict(list)
        for leave in self.env["resource.calendar.leaves"].search(domain):
            interval = (leave.date_from, leave.date_to)
            if leave.calendar_id:
                closed[leave.calendar_id.id].append(interval)
                continue
            # A holiday of no calendar is one of the branch, or of all branches.
            for company in leave.company_id or self:
                closed[company.id, "company"].append(interval)
        return closed

    def _contact_response_targets(self):
        """Return {company id: {channel: Target}}: own, those for all, the usual."""
        rows = self.env["contact.response.target"].search(
            [("company_id", "in", [*self.ids, False])]
        )
        found = {company.id: dict(DEFAULT_TARGETS) for company in self}
        # Those for all branches first, so that a branch's own one wins.
        for row in rows.sorted(lambda row: bool(row.company_id)):
            for company in row.company_id or self:
                found[company.id][row.channel] = Target(row.amount, row.unit, row.clock)
        return found

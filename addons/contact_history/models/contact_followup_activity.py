from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

ACTIVITY_TYPES = {
    "call": "mail.mail_activity_data_call",
    "email": "mail.mail_activity_data_email",
    "meeting": "mail.mail_activity_data_meeting",
    "visit": "mail.mail_activity_data_meeting",
    "talk": "mail.mail_activity_data_meeting",
}
TO_DO = "mail.mail_activity_data_todo"


class ContactFollowupPlanner(models.AbstractModel):
    """The activity itself: what the salesperson reads."""

    _inherit = "contact.followup.planner"

    @api.model
    def _schedule(self, plan):
        """Create the activity on the customer, in the language of who gets it."""
        occasion, user = plan.occasion, plan.user
        partner = occasion.partner.with_company(occasion.company).with_context(
            lang=user.lang,
            tz=user.tz,
            mail_activity_quick_update=True,
        )
        words = self.with_context(lang=user.lang, tz=user.tz)
        channel = (plan.habits["preferred"] or {}).get("channel")
        return partner.activity_schedule(
            ACTIVITY_TYPES.get(channel, TO_DO),
            date_deadline=self._next_working_day(occasion.company),
            summary=plan.rule.with_context(lang=user.lang).name,
            note=words._note(plan),
            user_id=user.id,
        )

    @api.model
    def _note(self, plan):
        rule = plan.rule.with_context(lang=self.env.lang)
        lines = [rule.note]
        # Other branches may read activities on a shared customer: they learn no more
        # than the policy of the branch says.
        if plan.occasion.company.contact_history_level != "existence":
            lines += [self._why(plan), self._how(plan)]
        return Markup("<br/>").join(line for line in lines if line)

    @api.model
    def _why(self, plan):
        """Return the occasion in words."""
        occasion = plan.occasion
        if occasion.about:
            return occasion.about
        day = format_date(
            self.env, fields.Datetime.context_timestamp(self, occasion.at)
        )
        if plan.rule.occasion == "silent":
            return self.env._("Last contact from the customer: %(day)s", day=day)
        return self.env._("First contact: %(day)s", day=day)

    @api.model
    def _how(self, plan):
        """Return the channel and the hours the customer likes, in words."""
        preferred, hours = plan.habits["preferred"], plan.habits["hours"]
        parts = []
        if preferred:
            field = self.env["contact.interaction"]._fields["channel"]
            channels = dict(field._description_selection(self.env))
            parts.append(
                self.env._(
                    "Prefers: %(channel)s", channel=channels[preferred["channel"]]
                )
            )
        if hours:
            parts.append(
                self.env._(
                    "mostly between %(start)s and %(end)s",
                    start=f"{hours['start']}:00",
                    end=f"{hours['end']}:00",
                )
            )
        return ", ".join(parts)

    @api.model
    def _next_working_day(self, company):
        """Return today, or the next day on which the branch works."""
        now = fields.Datetime.now()
        hours = company._contact_response_clocks(now)[company.id].hours
        moment = hours and hours.after(now, 1)
        if not moment or moment > now + timedelta(days=60):
            return fields.Date.today()
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=hours.zone), moment
        )
        return local.date()

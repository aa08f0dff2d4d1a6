from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

# What was due before is for the list: an import of old mails reminds nobody.
_DUE_WITHIN = timedelta(days=1)
BATCH = 200


class ContactResponse(models.Model):
    """Activities for who has to answer, and for who leads when nobody does.

    They hang on no document: what waits in a branch is read by who is reminded, not by
    everybody who may open the customer. They go by themselves when somebody answers.
    """

    _inherit = "contact.response"

    reminded_at = fields.Datetime(readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False)
    reminder_ids = fields.Many2many(
        "mail.activity",
        "contact_response_reminder_rel",
        string="Reminders",
        readonly=True,
        copy=False,
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("answered_at"):
            self._drop_reminders()
        return result

    def unlink(self):
        self._drop_reminders()
        return super().unlink()

    def _drop_reminders(self):
        """Take back what is not needed any more; what was done stays done."""
        reminded = self.filtered("reminded_at") | self.filtered("escalated_at")
        if reminded:
            # sudo: activities of whoever was reminded
            reminded.sudo().reminder_ids.filtered("active").unlink()

    # ------------------------------------------------------------------
    # Job
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind of what is due soon or late, and escalate; each turn once."""
        # sudo: a job for all branches
        companies_sudo = (
            self.env["res.company"]
            .sudo()
            .search([("contact_response_reminder", "!=", "off")])
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies_sudo))
        for company_sudo in companies_sudo:
            self._remind(company_sudo)
            self._escalate(company_sudo)
            if not cron._commit_progress(1):
                break

    @api.model
    def _remind(self, company):
        """Create an activity for each turn of a branch that is due soon, or late."""
        is_soon = company.contact_response_reminder == "soon"
        turns_sudo = self._find_due(
            company,
            Domain("reminded_at", "=", False),
            "warn_at" if is_soon else "due_at",
        )
        for turn_sudo in turns_sudo:
            turn_sudo._create_reminder(
                turn_sudo._who_answers(),
                {"reminded_at": fields.Datetime.now()},
                is_escalated=False,
            )

    @api.model
    def _escalate(self, company):
        """Tell who leads of turns that are late for too long, in working time."""
        minutes = company.contact_response_escalation
        if not minutes:
            return
        turns_sudo = self._find_due(
            company, Domain("escalated_at", "=", False), "due_at"
        )
        now = fields.Datetime.now()
        hours = company._contact_response_clocks(now - 2 * _DUE_WITHIN)[
            company.id
        ].hours
        for turn_sudo in turns_sudo:
            until = turn_sudo.due_at + timedelta(minutes=minutes)
            if hours:
                until = hours.after(turn_sudo.due_at, minutes * 60)
            if until and until <= now:
                turn_sudo._create_reminder(
                    turn_sudo._who_leads(),
                    {"escalated_at": now},
                    is_escalated=True,
                )

    @api.model
    def _find_due(self, company, domain, field):
        """Return the turns that reached a moment; read from the index ``_waiting``."""
        now = fields.Datetime.now()
        return self.sudo().search(
            domain
            & Domain("company_id", "=", company.id)
            & Domain("answered_at", "=", False)
            & Domain(field, "<=", now)
            & Domain("due_at", ">=", now - _DUE_WITHIN),
            order="due_at, id",
            limit=BATCH,
        )

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def _who_answers(self):
        partner = self.partner_id
        return self._first_able(
            self.user_id,
            partner.user_id,
            partner.commercial_partner_id.user_id,
            self.company_id.contact_response_user_id,
        )

    def _who_leads(self):
        leader = self.env["contact.followup.planner"]._team_leader(self.user_id)
        return self._first_able(leader, self.company_id.contact_response_user_id)

    def _first_able(self, *users):
        """Return the first who works in the branch and may read the turn."""
        for user in users:
            if (
                user.active
                and not user.share
                and self.company_id in user.company_ids
                and self.with_user(user).sudo(False).has_access("read")
            ):
                return user
        return self.env["res.users"]

    # ------------------------------------------------------------------
    # The activity
    # ------------------------------------------------------------------

    def _create_reminder(self, user, values, is_escalated):
        """Create the activity, if there is somebody for it; never a second time."""
        self.ensure_one()
        if user:
            words = self.with_context(lang=user.lang, tz=user.tz)
            activity = (
                self.env["mail.activity"]
                .with_context(mail_activity_quick_update=True)
                .create(
                    {
                        "activity_type_id": self._activity_type().id,
                        "summary": words._reminder_summary(is_escalated),
                        "note": words._reminder_note(),
                        "date_deadline": fields.Date.today(),
                        "user_id": user.id,
                        "automated": True,
                    }
                )
            )
            values = {**values, "reminder_ids": [fields.Command.link(activity.id)]}
        self.write(values)

    def _activity_type(self):
        name = "call" if self.channel == "call" else "todo"
        return self.env.ref(f"mail.mail_activity_data_{name}")

    def _reminder_summary(self, is_escalated):
        customer = self.partner_id.display_name or self.address or ""
        if is_escalated:
            return self.env._(
                "Nobody answers %(customer)s (%(person)s)",
                customer=customer,
                person=self.user_id.name or self.env._("nobody responsible"),
            )
        if self.due_at <= fields.Datetime.now():
            return self.env._("Late: answer %(customer)s", customer=customer)
        return self.env._("Due soon: answer %(customer)s", customer=customer)

    def _reminder_note(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        text = self.env._(
            "%(channel)s, waiting since %(since)s, due %(due)s",
            channel=channels.get(self.channel, ""),
            since=format_datetime(self.env, self.started_at, dt_format="short"),
            due=format_datetime(self.env, self.due_at, dt_format="short"),
        )
        address = f"/odoo/interactions/{self.interaction_id.id}"
        return Markup('<p><a href="%s">%s</a></p>') % (address, text)

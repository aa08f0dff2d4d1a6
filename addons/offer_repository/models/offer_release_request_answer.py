from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .offer_release_request import MANAGER

_MAX_ANSWER = 2000


class OfferReleaseRequest(models.Model):
    """How managers answer, and what happens when they do not."""

    _inherit = "offer.release.request"

    # ------------------------------------------------------------------
    # Public
    # ------------------------------------------------------------------

    def action_release(self):
        """Let the quotation go out as it was when it was held."""
        self._answer("released")

    def action_refuse(self):
        """Ask why, before the quotation stays where it is."""
        self.ensure_one()
        self._check_answerer("asked")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Do not release %(quotation)s", quotation=self.order_name
            ),
            "res_model": "offer.release.request.refuse",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def refuse(self, answer):
        """Keep the quotation held.

        :param str answer: why, told to the salesperson
        :raise ValidationError: without an answer
        """
        if not isinstance(answer, str) or not answer.strip():
            raise ValidationError(
                self.env._("Please write why: the salesperson is told.")
            )
        self._answer("refused", answer.strip()[:_MAX_ANSWER])
        return True

    def action_undo(self):
        """Take the answer back, while the quotation is not sent."""
        self._check_answerer("released", "refused")
        # sudo: nobody may write requests; who decides was checked above.
        for request_sudo in self.sudo():
            request_sudo.write({"state": "asked", "answer": False})
            request_sudo.override_id.state = "asked"
            request_sudo.activity_unlink(["mail.mail_activity_data_todo"])
            request_sudo._log_answer(self.env._("The answer was taken back."))
            managers_sudo = self.env["offer.check"]._managers_of(
                request_sudo.company_id
            )
            request_sudo._tell_managers(managers_sudo or self.env.user.sudo())

    def action_ask(self):
        """Ask the managers for a quotation that was held without a word."""
        self.ensure_one()
        self._check_own("held")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why send %(quotation)s?", quotation=self.order_name),
            "res_model": "offer.release.request.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def ask(self, reason):
        """Give the reason, or ask the managers, as the rule wants it.

        :param str reason: why the quotation should go out
        """
        self.ensure_one()
        self._check_own("held")
        # sudo: the token is the gate's own note
        stop_sudo = self.sudo().override_id
        overrides = self.env["offer.check.override"]
        if self.level == "reason":
            overrides.give_reason(stop_sudo.token, reason)
            self.sudo().reason = stop_sudo.reason
        else:
            overrides.request_approval(stop_sudo.token, reason)
        return True

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    def _check_own(self, *states):
        """Let only who was held go on, from these states."""
        self.check_access("read")
        for request in self:
            if request.user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(quotation)s was held for %(user)s, who alone can go on.",
                        quotation=request.order_name,
                        user=request.sudo().user_id.name,
                    )
                )
            if request.state not in states:
                raise UserError(request._status_text())
            if request.level == "block":
                raise UserError(request._held_text())

    def _check_answerer(self, *states):
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers decide about releases."))
        for request in self:
            if request.state not in states:
                raise UserError(
                    self.env._(
                        "%(quotation)s: somebody was faster. %(status)s",
                        quotation=request.order_name,
                        status=request._status_text(),
                    )
                )

    def _answer(self, state, answer=False):
        self._check_answerer("asked")
        # sudo: nobody may write requests; who decides was checked above.
        for request_sudo in self.sudo():
            decided = {
                "answered_by_id": self.env.uid,
                "answered_at": fields.Datetime.now(),
            }
            request_sudo.write({"state": state, "answer": answer, **decided})
            request_sudo.override_id.write(
                {
                    "state": "approved" if state == "released" else "refused",
                    "decided_by_id": self.env.uid,
                    "decided_at": decided["answered_at"],
                }
            )
            request_sudo.activity_unlink(["mail.mail_activity_data_todo"])
            request_sudo._tell_asker()

    def _tell_asker(self):
        """Tell the salesperson in his language: a notification and an activity."""
        words = self.with_context(lang=self.user_id.lang)
        values = {
            "quotation": self.order_name,
            "customer": self.customer_name,
            "manager": self.answered_by_id.name,
        }
        if self.state == "released":
            summary = words.env._(
                "%(manager)s released %(quotation)s for %(customer)s", **values
            )
        else:
            summary = words.env._(
                "%(manager)s did not release %(quotation)s for %(customer)s", **values
            )
        words._offer_todo(
            self.user_id,
            summary,
            self.answer,
        )
        words.message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=summary,
            body=self.answer or summary,
        )

    def _log_answer(self, text):
        self._message_log(body=text)

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self, batch=100):
        """Remind managers of requests that are due, then ask the next ones."""
        now = fields.Datetime.now()
        domain = [("state", "=", "asked"), ("date_due", "<=", now)]
        for request in self.search(domain, order="date_due, id", limit=batch):
            request._remind(now)
            self.env["ir.cron"]._commit_progress(1)

    def _remind(self, now):
        """Remind whoever was told once; from the second time on ask the next ones."""
        hours = timedelta(hours=self.company_id.offer_release_hours)
        next_ones = self._next_managers() if self.reminder_count else None
        self.write({"date_due": now + hours, "reminder_count": self.reminder_count + 1})
        if next_ones:
            self._tell_managers(next_ones)
        for manager in self.told_user_ids - (next_ones or self.env["res.users"]):
            words = self.with_context(lang=manager.lang)
            words.message_notify(
                partner_ids=manager.partner_id.ids,
                subject=words.env._(
                    "%(quotation)s for %(customer)s still waits for release",
                    quotation=self.order_name,
                    customer=self.customer_name,
                ),
                body=self.reason or "",
            )

    def _next_managers(self):
        """Return who is asked next: the manager above, else every other one there."""
        told = self.told_user_ids
        for company in self.company_id.parent_ids[::-1]:
            manager = company.offer_conflict_manager_id
            if manager.active and manager not in told:
                return manager
        group = self.env.ref(MANAGER)
        root = self.company_id.root_id
        return group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and user not in told
                and root in user.company_ids
            )
        )

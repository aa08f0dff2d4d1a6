from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .offer_check import MANAGER


class OfferCheckOverride(models.Model):
    """How users answer a stop, and managers decide about it."""

    _inherit = "offer.check.override"

    # ------------------------------------------------------------------
    # Public: the dialog, the external interface
    # ------------------------------------------------------------------

    @api.model
    def give_reason(self, token, reason):
        """Give the reason that a stop asked for; the next try within an hour passes.

        :param str token: of the error that stopped the user
        :raise ValidationError: without a reason
        :raise UserError: when there is no such stop of this user
        """
        stop_sudo = self._own_stop(token, "reason")
        stop_sudo.write({"state": "reasoned", "reason": self._check_reason(reason)})
        return True

    @api.model
    def request_approval(self, token, reason):
        """Ask the manager to approve what was stopped.

        :param str token: of the error that stopped the user
        :raise ValidationError: without a reason
        :raise UserError: when there is no such stop, or nobody to ask
        """
        stop_sudo = self._own_stop(token, "approval")
        reason = self._check_reason(reason)
        managers_sudo = self.env["offer.check"]._managers_of(stop_sudo.company_id)
        if not managers_sudo:
            raise UserError(
                self.env._(
                    "%(branch)s has no manager who could approve this. Ask your "
                    "administrator to set a conflict manager.",
                    branch=stop_sudo.company_id.name,
                )
            )
        stop_sudo.write({"state": "asked", "reason": reason})
        stop_sudo._ask_managers(managers_sudo)
        return True

    def _ask_managers(self, managers_sudo):
        for manager_sudo in managers_sudo:
            words = self.with_context(lang=manager_sudo.lang)
            words._offer_todo(
                manager_sudo,
                words.env._("Approve a customer known already"),
                self.reason,
            )

    def action_approve(self):
        """Let the user go past the stop, once, within 30 days."""
        self._decide("approved")

    def action_refuse(self):
        """Keep the stop."""
        self._decide("refused")

    def action_continue(self):
        """Open the form again with what had been typed.

        What was changed of a customer who is there already is saved: it was asked for.
        """
        self.ensure_one()
        self.check_access("read")
        if self.order_id:
            return self.order_id._get_records_action()
        # sudo: the user's own words
        typed = self.sudo().typed or {}
        if self.partner_id:
            if self.state == "approved" and self.user_id == self.env.user:
                self.partner_id.write(typed)
            return self.partner_id._get_records_action()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "views": [(False, "form")],
            "target": "current",
            "context": {f"default_{name}": value for name, value in typed.items()},
        }

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    @api.model
    def _own_stop(self, token, level):
        """Return the user's stop with a token, in sudo: nobody may write rows."""
        found_sudo = self.sudo()
        if isinstance(token, str) and token and "\0" not in token:
            found_sudo = found_sudo.search(
                [
                    ("token", "=", token),
                    ("user_id", "=", self.env.uid),
                    ("level", "=", level),
                    ("state", "in", ("stopped", "reasoned")),
                ]
            )
        if not found_sudo:
            raise UserError(
                self.env._("This was answered already. Please try to save again.")
            )
        return found_sudo

    def _decide(self, state):
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers decide about approvals."))
        if any(row.state != "asked" for row in self):
            raise UserError(self.env._("Somebody has decided about this already."))
        # sudo: nobody may write rows; who decides was checked above.
        for row_sudo in self.sudo():
            row_sudo.write(
                {
                    "state": state,
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
            row_sudo.activity_unlink(["mail.mail_activity_data_todo"])
            row_sudo._tell_user()

    def _tell_user(self):
        self.ensure_one()
        words = self.with_context(lang=self.user_id.lang)
        values = {"customer": self.subject, "manager": self.decided_by_id.name}
        if self.state == "approved":
            summary = words.env._(
                "%(manager)s approved “%(customer)s”: you can go on.", **values
            )
        else:
            summary = words.env._("%(manager)s refused “%(customer)s”.", **values)
        words._offer_todo(
            self.user_id,
            summary,
        )

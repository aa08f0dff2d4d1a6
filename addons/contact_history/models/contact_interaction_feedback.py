from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

TEMPLATE = "contact_history.contact_feedback_mail_template"
ASKED_AT_ONCE = 100


class ContactInteraction(models.Model):
    """Asking the customer how a contact was."""

    _inherit = "contact.interaction"

    feedback_ids = fields.One2many("contact.feedback", "interaction_id")
    is_feedback_asked = fields.Boolean(compute="_compute_is_feedback_asked")
    feedback_text = fields.Selection(
        related="feedback_ids.mark_text",
        string="How it was",
    )
    feedback_comment = fields.Text(related="feedback_ids.comment")

    @api.depends("feedback_ids")
    def _compute_is_feedback_asked(self):
        for contact in self:
            contact.is_feedback_asked = bool(contact.feedback_ids)

    def action_ask_feedback(self):
        """Ask the customer by e-mail how this contact was."""
        self.ensure_one()
        self.check_access("read")
        reason = self._why_not_ask()
        if reason:
            raise UserError(reason)
        # sudo: people write no questions but by this button, and they may read it
        self.sudo()._ask_feedback()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The customer is asked by e-mail."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _why_not_ask(self):
        """Return the reason why the customer cannot be asked, or None."""
        partner_sudo = self.partner_id.sudo()
        if not partner_sudo.email_normalized:
            return self.env._("The customer has no e-mail address to ask at.")
        if self.sudo().feedback_ids:
            return self.env._("The customer was asked about this contact already.")
        if not self._filter_askable():
            return self.env._(
                "%(customer)s does not want to be asked, waits for our answer, or was "
                "asked within the last %(days)s days.",
                customer=partner_sudo.name,
                days=self.company_id.sudo().contact_feedback_days,
            )
        return None

    def _filter_askable(self, limit=None):
        """Return the contacts whose customer may be asked now, one a customer."""
        contacts_sudo = self.sudo()
        asked = self._asked_lately()
        waiting = contacts_sudo.env["contact.response"]._read_group(
            [
                (
                    "commercial_partner_id",
                    "in",
                    contacts_sudo.commercial_partner_id.ids,
                ),
                ("answered_at", "=", False),
            ],
            ["commercial_partner_id"],
        )
        # Whoever waits for an answer is not asked how content he is.
        left_out = {partner.id for (partner,) in waiting} | asked
        askable = []
        for contact_sudo in contacts_sudo:
            customer = contact_sudo.commercial_partner_id.id
            if len(askable) == limit:
                break
            if customer not in left_out and contact_sudo._is_willing():
                left_out.add(customer)
                askable.append(contact_sudo.id)
        return self.browse(askable)

    def _asked_lately(self):
        """Return ids of the customers asked within the days of their branch."""
        contacts_sudo = self.sudo()
        longest = max(
            contacts_sudo.company_id.mapped("contact_feedback_days"), default=0
        )
        since = fields.Datetime.now() - timedelta(days=longest)
        groups = contacts_sudo.env["contact.feedback"]._read_group(
            [
                (
                    "commercial_partner_id",
                    "in",
                    contacts_sudo.commercial_partner_id.ids,
                ),
                ("asked_at", ">=", since),
            ],
            ["commercial_partner_id"],
            ["asked_at:max"],
        )
        last = {partner.id: moment for partner, moment in groups}
        rested = defaultdict(lambda: timedelta(days=longest))
        for contact_sudo in contacts_sudo:
            days = contact_sudo.company_id.contact_feedback_days
            rested[contact_sudo.commercial_partner_id.id] = timedelta(days=days)
        now = fields.Datetime.now()
        return {one for one, moment in last.items() if now - moment < rested[one]}

    def _is_willing(self):
        partner_sudo = self.partner_id.with_company(self.company_id)
        return partner_sudo._may_contact("email", "feedback")

    def _ask_feedback(self, rule=None):
        """Ask about these contacts, as far as their customers may be asked.

        :param rule: contact.feedback.rule, or None when somebody pressed the button
        :return: contact.feedback, in superuser mode
        """
        template = self.env.ref(TEMPLATE)
        # sudo: see the callers
        asked_sudo = self.env["contact.feedback"].sudo()
        for contact_sudo in self.sudo()._filter_askable(ASKED_AT_ONCE):
            feedback_sudo = asked_sudo.with_context(
                mail_create_nolog=True, mail_create_nosubscribe=True
            ).create(contact_sudo._prepare_feedback(rule))
            feedback_sudo._send_question(template)
            asked_sudo |= feedback_sudo
        return asked_sudo

    def _prepare_feedback(self, rule):
        return {
            "interaction_id": self.id,
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id,
            "rule_id": rule and rule.id,
        }

from odoo import models

from .contact_history_capture import Contact
from .contact_history_feed_mail import NOT_DELIVERED, NOT_SENT
from .contact_history_recorder import ORIGIN


class ContactHistoryCapture(models.AbstractModel):
    """Activities that were done, and what happens to messages afterwards."""

    _inherit = "contact.history.capture"

    def _find_activity(self, message_sudo):
        """Return the contact that a finished activity was, if its type says so."""
        activity_type = message_sudo.mail_activity_type_id
        if not activity_type._contact_history_is_contact():
            return []
        return [
            Contact(
                message_sudo,
                "outgoing",
                activity_type.contact_history_channel,
                partner,
                partner.phone or partner.email,
            )
            for partner in self._document_customers(message_sudo)[:1]
        ]

    def _follow_delivery(self, notifications):
        """Mark contacts whose e-mail reached nobody; it has answered nothing.

        A customer of whom one person has been reached has been reached.
        """
        self._mark_delivery(self._recorded(self._safe(notifications).mail_message_id))

    def _mark_delivery(self, messages_sudo):
        for row_sudo in self._rows_of(messages_sudo):
            notices = row_sudo.message_id.notification_ids.filtered(
                lambda notice, row=row_sudo: (
                    notice.notification_type in ("email", "sms")
                    and notice.res_partner_id.commercial_partner_id
                    == row.commercial_partner_id
                )
            )
            is_lost = bool(notices) and all(
                notice.notification_status in NOT_DELIVERED for notice in notices
            )
            self._mark(row_sudo, is_lost)

    def _follow_sending(self, mails):
        """The same for mails without a message on a document's page."""
        mails_sudo = self._safe(mails).filtered(
            lambda mail: not mail.mail_message_id.notification_ids
        )
        states = {mail.mail_message_id.id: mail.state for mail in mails_sudo}
        for row_sudo in self._rows_of(mails_sudo.mail_message_id):
            self._mark(row_sudo, states[row_sudo.message_id.id] in NOT_SENT)

    def _recorded(self, messages_sudo):
        """Return those that are contacts already; the others are looked at later.

        Also when the job is about to commit them: then this transaction still sees
        their row in the queue, and not yet the contact.
        """
        queue = self.env["contact.history.queue"]
        held = queue._holds(messages_sudo.ids)
        queue._note("follow", [(number, number) for number in sorted(held)])
        return messages_sudo.filtered(lambda message: message.id not in held)

    def _mark(self, row_sudo, is_lost):
        state = "failed" if is_lost else "done"
        if row_sudo.state != state:
            row_sudo.state = state

    def _rows_of(self, messages_sudo, direction="outgoing"):
        # sudo: see the class this extends.
        return (
            self.env["contact.interaction"]
            .sudo()
            .search(
                [
                    ("message_id", "in", messages_sudo.ids),
                    ("origin", "=", ORIGIN),
                    ("direction", "=", direction),
                ]
            )
        )

    def _follow_edit(self, messages):
        """Show of a message what it says now; of one that was emptied, nothing."""
        self._show_edit(self._recorded(self._safe(messages)))

    def _show_edit(self, messages_sudo):
        rows_sudo = self._rows_of(messages_sudo) | self._rows_of(
            messages_sudo, "incoming"
        )
        recorder = self.env["contact.history.recorder"]
        for row_sudo in rows_sudo:
            row_sudo.preview = recorder._preview(row_sudo.message_id)

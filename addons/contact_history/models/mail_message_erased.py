import re

from markupsafe import Markup, escape

from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _contact_history_erase(self, partners_sudo):
        """Take a person out of the messages that were captured as contacts.

        What went to, or came from, that person only is emptied; of what others got as
        well, only the person goes. Files that the person sent are deleted; documents
        of ours that were sent stay where they belong.

        :param partners_sudo: the records that are that person.
        """
        for message_sudo in self.sudo():
            is_author = message_sudo.author_id in partners_sudo
            others = (
                message_sudo.partner_ids
                | message_sudo.notified_partner_ids
                | message_sudo.author_id
            ).filtered("partner_share") - partners_sudo
            if is_author:
                message_sudo.attachment_ids.unlink()
            message_sudo._contact_history_forget_recipient(partners_sudo)
            message_sudo.write(
                {
                    **message_sudo._contact_history_emptied(partners_sudo, others),
                    **(message_sudo._contact_history_anonymous() if is_author else {}),
                }
            )

    def _contact_history_anonymous(self):
        return {
            "author_id": False,
            "email_from": False,
            "incoming_email_to": False,
            "incoming_email_cc": False,
        }

    def _contact_history_emptied(self, partners_sudo, others):
        """Return what is left of subject and text."""
        if others:
            return {
                "subject": _without(self.subject or "", partners_sudo) or False,
                "body": Markup(_without(self.body or "", partners_sudo)),  # noqa: S704
            }
        return {
            # Never taken for a contact again.
            "message_type": "notification",
            "subject": False,
            "body": Markup("<p>%s</p>")
            % escape(self.env._("This message was erased on request of the customer.")),
        }

    def _contact_history_forget_recipient(self, partners_sudo):
        self.partner_ids -= partners_sudo
        self.notification_ids.filtered(
            lambda one: one.res_partner_id in partners_sudo
        ).unlink()
        emails = set(filter(None, partners_sudo.mapped("email_normalized")))
        if any(email in (self.outgoing_email_to or "").lower() for email in emails):
            self.outgoing_email_to = False
        # What is queued or failed would otherwise still be sent.
        mails_sudo = self.env["mail.mail"].sudo()
        mails_sudo.search([("mail_message_id", "=", self.id)]).write(
            {
                "email_to": False,
                "recipient_ids": [(3, partner.id) for partner in partners_sudo],
            }
        )


def _without(text, partners_sudo):
    """Return the text without names and addresses of these people."""
    names = {
        name
        for partner in partners_sudo
        for name in (partner.name, partner.email_normalized)
        if name and len(name) > 2
    }
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[…]", text, flags=re.I)
    return text

from odoo import api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        candidates, chats = [], []
        for message_id, vals in zip(messages._ids, vals_list, strict=True):
            if self._contact_history_is_candidate(vals):
                candidates.append(message_id)
            elif self._contact_history_is_chat(vals):
                chats.append(message_id)
        if candidates:
            capture = self.env["contact.history.capture"]
            capture._note_messages(messages.browse(candidates))
        if chats:
            self.env["contact.history.chat"]._capture(messages.browse(chats))
        return messages

    def write(self, vals):
        result = super().write(vals)
        if "body" in vals:
            self.env["contact.history.capture"]._follow_edit(self)
        return result

    def unlink(self):
        # What waits to be recorded needs the message.
        self.env["contact.history.queue"]._finish(self.ids)
        return super().unlink()

    def _contact_history_is_candidate(self, vals):
        """Return whether a new message may be a contact, without any query.

        Nearly every message of a busy database is tracking, a note or an
        internal comment: these leave here.
        """
        if not vals.get("model") or vals["model"] in self._contact_history_not_on():
            return False
        if vals.get("mail_activity_type_id"):
            return True
        message_type = vals.get("message_type", "comment")
        if message_type == "comment":
            user = self.env.user
            by_us = user._is_internal() and vals.get("author_id") == user.partner_id.id
            return not by_us
        return message_type in ("email", "sms")

    def _contact_history_is_chat(self, vals):
        """Return whether a new message may be one of a live chat, without any query."""
        return (
            vals.get("model") == "discuss.channel"
            and vals.get("message_type", "comment") == "comment"
            and self.env["contact.history.chat"]._is_available()
        )

    @api.model
    def _contact_history_not_on(self):
        """Return the models whose messages are talk among colleagues.

        Override to add a model on which people write without reaching, or being
        reached by, a customer.
        """
        return {"discuss.channel"}

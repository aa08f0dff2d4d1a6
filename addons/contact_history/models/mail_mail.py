from odoo import api, models

from .contact_history_form import is_form_of


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        # A mail for an existing message has notifications, which are captured.
        direct = mails.browse(
            mail.id
            for mail, vals in zip(mails, vals_list, strict=True)
            if not vals.get("mail_message_id")
        )
        if direct and is_form_of(self._name):
            self.env["contact.history.form"]._capture(direct)
        elif direct:
            self.env["contact.history.capture"]._capture_mails(direct)
        return mails

    def write(self, vals):
        result = super().write(vals)
        # Odoo says "exception" before each sending, to be safe: see below for those.
        if vals.get("state") in ("cancel", "outgoing"):
            self.env["contact.history.capture"]._follow_sending(self)
        return result

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Mark contacts whose mail could not be sent; mostly all could."""
        if not failure_type:
            return super()._postprocess_sent_message(
                success_pids, success_emails, failure_reason, failure_type
            )
        capture = self.env["contact.history.capture"]
        # Some are deleted with their message in what follows.
        capture._follow_sending(self)
        messages = self.filtered("is_notification").mail_message_id
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
        # sudo: whoever sends; see contact.history.capture.
        capture._follow_delivery(messages.sudo().notification_ids)
        return result

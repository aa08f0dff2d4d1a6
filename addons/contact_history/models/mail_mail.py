from odoo import api, models

from .contact_history_feed_mail import NOT_SENT
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
        if vals.get("state") in (*NOT_SENT, "outgoing"):
            self.env["contact.history.capture"]._follow_sending(self)
        return result

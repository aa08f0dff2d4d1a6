from odoo import api, models


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
        if direct:
            self.env["contact.history.capture"]._capture_mails(direct)
        return mails

from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Archive offers that leave by a template, past composer and chatter.

        Mails are sent only after that: a sent one may delete itself.
        """
        is_offer = self.model == "sale.order"
        mails = super().send_mail_batch(
            res_ids,
            force_send=force_send and not is_offer,
            raise_exception=raise_exception,
            email_values=email_values,
            email_layout_xmlid=email_layout_xmlid,
        )
        if is_offer:
            self.env["sale.order"].browse(res_ids)._offer_archive_mails(mails, "sent")
            if force_send:
                mails.send(raise_exception=raise_exception)
        return mails

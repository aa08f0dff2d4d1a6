from odoo import api, models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        notifications = super().create(vals_list)
        by_email = notifications.browse(
            notification.id
            for notification, vals in zip(notifications, vals_list, strict=True)
            if vals.get("notification_type") == "email"
        )
        if by_email:
            self.env["contact.history.capture"]._note_notifications(by_email)
        return notifications

    def write(self, vals):
        result = super().write(vals)
        # Odoo says "exception" before each sending, to be safe: see mail.mail.
        if vals.get("notification_status") in ("bounce", "canceled", "ready"):
            self.env["contact.history.capture"]._follow_delivery(self)
        return result

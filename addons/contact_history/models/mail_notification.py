from odoo import api, models

from .contact_history_feed_mail import NOT_DELIVERED


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
            self.env["contact.history.capture"]._capture_notifications(by_email)
        return notifications

    def write(self, vals):
        result = super().write(vals)
        if vals.get("notification_status") in (*NOT_DELIVERED, "ready"):
            self.env["contact.history.capture"]._follow_delivery(self)
        return result

from odoo import api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _contact_history_not_on(self):
        """Leave questions for feedback out: they are no answer to a customer."""
        return super()._contact_history_not_on() | {"contact.feedback"}

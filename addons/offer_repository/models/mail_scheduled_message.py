import json

from odoo import models


class MailScheduledMessage(models.Model):
    """A message that goes out later asks the send gate when it goes."""

    _inherit = "mail.scheduled.message"

    def _post_message(self, raise_exception=True):
        """Hold what the gate stops: its writer is told, and nothing is lost."""
        held = self.browse()
        if not raise_exception:
            held = self.filtered(lambda message: message._offer_is_held())
        result = super(MailScheduledMessage, self - held)._post_message(
            raise_exception=raise_exception
        )
        held.unlink()
        return result

    def _offer_is_held(self):
        """Hold an offer that the gate stops; tell whether it was."""
        if self.model != "sale.order" or self.is_note:
            return False
        order = self.env["sale.order"].browse(self.res_id).exists()
        context = self.send_context or {}
        files = self.sudo().attachment_ids
        if not order or not (
            order._offer_is_sending(files) or context.get("mark_so_as_sent")
        ):
            return False
        order = order.with_user(self.create_uid)
        requests_sudo = order._offer_hold(self._offer_draft)
        if requests_sudo:
            requests_sudo._report_held()
        return bool(requests_sudo)

    def _offer_draft(self):
        """Return what was written; its files leave the message, which goes."""
        files_sudo = self.sudo().attachment_ids
        files_sudo.filtered(lambda file: file.res_model == self._name).write(
            {"res_model": "mail.compose.message", "res_id": 0}
        )
        context = self.send_context or {}
        return {
            "subject": self.subject or "",
            "body": str(self.body or ""),
            "partner_ids": self.partner_ids.ids,
            "attachment_ids": files_sudo.ids,
            "options": {
                "context": {"mark_so_as_sent": bool(context.get("mark_so_as_sent"))},
                "parameters": json.loads(self.notification_parameters or "{}"),
            },
        }

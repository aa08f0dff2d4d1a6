from odoo import models


class MailComposeMessage(models.TransientModel):
    """What is written to a customer is not lost when the send gate holds it."""

    _inherit = "mail.compose.message"

    def _action_send_mail_comment(self, res_ids):
        if self.model != "sale.order" or len(res_ids) != 1:
            return super()._action_send_mail_comment(res_ids)
        order = self.env["sale.order"].browse(res_ids)
        with order._offer_keeping(lambda: self._offer_draft(order)):
            return super()._action_send_mail_comment(res_ids)

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        held_ids = []
        if self.model == "sale.order":
            held_ids = self._offer_hold_mass(res_ids)
        res_ids = [res_id for res_id in res_ids if res_id not in held_ids]
        if not res_ids:
            return self.env["mail.mail"].sudo()
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    def _offer_draft(self, order):
        """Return what is written, as plain values that outlive the composer."""
        values = self._prepare_mail_values(order.ids)[order.id]
        names = self.env["mail.scheduled.message"]._notification_parameters_whitelist()
        return {
            "subject": values.get("subject") or "",
            "body": str(values.get("body") or ""),
            "partner_ids": self._offer_ids(values, "partner_ids", "recipient_ids"),
            "attachment_ids": self._offer_ids(values, "attachment_ids"),
            "options": {
                "context": self._offer_context(),
                "parameters": {
                    name: values[name]
                    for name in names
                    if isinstance(values.get(name), str | bool | int)
                },
            },
        }

    def _offer_ids(self, values, *names):
        """Return ids from a list of ids or of commands."""
        found = next((values[name] for name in names if values.get(name)), [])
        return [item[1] if isinstance(item, list | tuple) else item for item in found]

    def _offer_context(self):
        """Return of the context only what marks the quotation as sent."""
        is_marked = self.env.context.get("mark_so_as_sent")
        return {"mark_so_as_sent": bool(is_marked)}

    def _offer_hold_mass(self, res_ids):
        """Hold those quotations of a mass mailing that the gate stops.

        :return: list of the ids that are held
        """
        files = self.attachment_ids or self.template_id.attachment_ids
        if not files and not self.template_id.report_template_ids:
            return []  # no offer in it, see sale.order._offer_is_sending
        orders = self.env["sale.order"].browse(res_ids)
        requests_sudo = self.env["offer.release.request"].sudo()
        for order in orders:
            requests_sudo |= order._offer_hold(
                lambda order=order: self._mass_draft(order)
            )
        if requests_sudo:
            requests_sudo._report_held()
        return requests_sudo.order_id.ids

    def _mass_draft(self, order):
        draft = self._offer_draft(order)
        draft["options"]["context"] = {"mark_so_as_sent": True}
        return draft

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_backfill(self):
        """Take a quotation over that left the house before there was an archive.

        Its documents are the ones of the mails that sent it, each with the date of
        its mail. Lines and prices are those of today: Odoo keeps no others.

        :return: True when the archive holds it now and did not before
        """
        self.ensure_one()
        if self._offer_heads():
            return False
        messages = self._offer_sent_messages()
        if not messages and self.state == "cancel":
            return False  # nobody outside ever saw it
        for message in messages:
            self._offer_archive(
                "backfilled", documents=message.attachment_ids, message=message
            )
        if not messages:
            self._offer_archive("backfilled", when=self.date_order)
        self._offer_backfill_state()
        return True

    def _offer_sent_messages(self):
        """Return the messages (sudo) that brought the customer a document, in order."""
        # sudo: the archive sees every message, whoever takes quotations over
        messages_sudo = self.sudo().message_ids.sorted(lambda one: (one.date, one.id))
        return messages_sudo.filtered(
            lambda message: (
                self._offer_reaches_customer(message)
                and not self._offer_is_outside(message)
                and any(
                    file.mimetype == "application/pdf"
                    for file in message.attachment_ids
                )
            )
        )

    def _offer_backfill_state(self):
        offer_sudo = self._offer_heads()
        if self.state == "sale":
            offer_sudo._accept(self.date_order)
        elif self.state == "cancel":
            offer_sudo._set_state("cancelled", only_from=("sent",))
        elif self.opportunity_id.won_status == "lost":
            offer_sudo._lose(self.opportunity_id)

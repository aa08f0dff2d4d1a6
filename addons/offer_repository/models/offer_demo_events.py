from datetime import timedelta

from odoo import models
from odoo.tools import float_round

REPORT = "sale.action_report_saleorder"
TEMPLATE = "sale.email_template_edi_sale"


class OfferDemo(models.AbstractModel):
    """The events of the story, each played by the code that plays it every day."""

    _inherit = "offer.demo"

    def _quotation(self, row):
        """Return the quotation of a row, in the hands of its salesperson."""
        order = self._ref(f"sale_order_{row['offer']}")
        return order.with_user(order.user_id).sudo().with_company(order.company_id)

    # ------------------------------------------------------------------
    # Offers
    # ------------------------------------------------------------------

    def _play_send(self, row, when):
        order = self._quotation(row)
        self._check_customer(order, when - timedelta(minutes=40))
        self._send(order, when)

    def _check_customer(self, order, when):
        """Look for the customer in other branches, as the form does."""
        check = self.env["offer.check"].with_user(order.user_id)
        check.with_company(order.company_id).check_customer(
            {
                "model": "sale.order",
                "partner_id": order.partner_id.id,
                "res_id": order.id,
            }
        )
        shown = self.env["contact.disclosure"].search([("date", ">", when)])
        if shown:
            self._query_backdate(shown, when, ("create_date", "date"))

    def _send(self, order, when):
        """Send the quotation by e-mail with its document, as the Send button does."""
        order = order.with_context(mark_so_as_sent=True)
        document, extension = self.env["ir.actions.report"]._render_qweb_pdf(
            REPORT, order.ids
        )
        template = self.env.ref(TEMPLATE)
        message = order.message_post(
            attachments=[
                (f"{order._get_report_base_filename()}.{extension}", document)
            ],
            body=template._render_field("body_html", order.ids)[order.id],
            date=when,
            email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
            message_type="comment",
            partner_ids=order.partner_id.ids,
            subject=template._render_field("subject", order.ids)[order.id],
            subtype_xmlid="mail.mt_comment",
        )
        self._mark_delivered(message)
        self._backdate_conflicts(order, when)

    def _mark_delivered(self, message):
        """Book the e-mails of the message as sent: a demo writes to nobody."""
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        for mail in mails:
            mail._postprocess_sent_message(mail.recipient_ids, [])

    def _play_revise(self, row, when):
        """Change all prices by the given percentage and send again."""
        percentage = float(row["revised"].split(":")[1])
        order = self._quotation(row)
        for line in order.order_line:
            price = line.price_unit * (1 + percentage / 100)
            line.price_unit = float_round(price, precision_rounding=10)
        self._send(order, when)

    def _play_won(self, row, when):
        order = self._quotation(row)
        # Held back, so that the archive gets the day of the story, not today.
        with order._offer_hold_back():
            order.action_confirm()
        order.date_order = when
        order._offer_archive("confirmed", when=when)
        order.opportunity_id.action_set_won()
        self._backdate_lead(order.opportunity_id, when)

    def _play_lost(self, row, when):
        lead = self._quotation(row).opportunity_id
        lead.action_set_lost(lost_reason_id=lead.lost_reason_id.id)
        self._backdate_lead(lead, when)

    def _play_cancelled(self, row, _when):
        self._quotation(row)._action_cancel()

    def _backdate_lead(self, lead, when):
        if lead:
            self._query_backdate(lead, when, ("date_closed", "date_last_stage_update"))

    # ------------------------------------------------------------------
    # Conflicts
    # ------------------------------------------------------------------

    def _backdate_conflicts(self, order, when):
        """Let the cases that this offer brought to light be found at that moment."""
        conflicts = order.offer_ids.conflict_ids
        for conflict in conflicts.filtered(lambda case: case.date_detected > when):
            conflict.date_detected = when
            self._query_backdate(conflict, when)

    def _play_decide(self, row, when):
        """Decide the open case of the named offers, as the manager would."""
        manager = self._ref("user_helena.manager")
        orders = [self._ref(f"sale_order_{key}") for key in row["offers"].split()]
        conflict = orders[0].offer_ids.conflict_ids & orders[1].offer_ids.conflict_ids
        side = row["side"] and self._ref(f"company_{row['side']}")
        self._decide_case(conflict.with_user(manager), row, side)
        conflict.decided_at = when
        conflict.message_ids.date = when

    def _decide_case(self, conflict, row, side):
        conflict._decide(row["decision"], row["reason"], side)

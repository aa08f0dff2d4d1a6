from odoo.fields import Command
from odoo.tests import tagged

from .common_archive import ArchiveCase


class WaysCommon(ArchiveCase):
    def assertArchived(self, order, state, reasons):
        offer = super().assertArchived(order, state, reasons)
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])
        return offer

    def _events(self, order):
        return self._offer_of(order).event_ids.sorted("id").mapped("code")


@tagged("post_install", "-at_install")
class TestArchiveWays(WaysCommon):
    """Ways out of the house that are no plain sending, see docs/archive.md."""

    def test_template_sent_by_a_rule_is_archived_with_its_bytes(self):
        template = self.env.ref("sale.email_template_edi_sale")
        template.auto_delete = True
        order = self._make_order(self.anna)

        template.with_env(order.env).send_mail(order.id, force_send=True)

        revision = self.assertArchived(order, "sent", ["sent"]).current_revision_id
        self.assertEqual(revision.document_ids.raw[:5], b"%PDF-")
        people = revision._personal_values()
        self.assertIn("zakupy@lacznik.example", people["message.recipients"])
        self.assertIn(order.name, people["message.subject"])

    def test_scheduled_message_is_archived_when_it_leaves(self):
        order = self._make_order(self.anna)
        action = order.action_quotation_send()
        composer = (
            order.env["mail.compose.message"]
            .with_context(**action["context"])
            .create({"scheduled_date": "2031-01-01 10:00:00"})
        )
        composer.action_schedule_message()
        self.assertFalse(self._offer_of(order))

        scheduled = self.env["mail.scheduled.message"].search(
            [("model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        scheduled.with_user(self.anna)._post_message()

        offer = self.assertArchived(order, "sent", ["sent"])
        self.assertTrue(offer.current_revision_id.document_ids)

    def test_note_that_names_the_customer_reaches_the_customer(self):
        order = self._make_order(self.anna)
        sheet = self._make_attachment(self.anna, "offer.pdf")

        order.message_post(
            body="For you, in private.",
            partner_ids=self.customer.ids,
            attachment_ids=sheet.ids,
        )

        self.assertArchived(order, "sent", ["sent"])

    def test_sharing_the_link_is_archived_with_its_recipients(self):
        # Odoo lets only those share who may create contacts
        self.anna.group_ids += self.env.ref("base.group_partner_manager")
        order = self._make_order(self.anna)
        share = (
            order.env["portal.share"]
            .with_context(active_model="sale.order", active_id=order.id)
            .create({"partner_ids": [Command.set(self.customer.ids)]})
        )

        share.action_send_mail()

        revision = self.assertArchived(order, "sent", ["link"]).current_revision_id
        people = revision._personal_values()
        self.assertIn("zakupy@lacznik.example", people["message.recipients"])

    def test_sending_the_same_to_somebody_else_is_an_event_with_its_recipients(self):
        order = self._make_order(self.anna)
        self._send(order)
        other = self._make_customer("Other reader", email="other@reader.example")

        self._send(order, partner_ids=[Command.set(other.ids)])

        offer = self.assertArchived(order, "sent", ["sent"])
        self.assertEqual(offer.event_ids.code, "sent_again")
        people = offer.event_ids._personal_values()
        self.assertIn("other@reader.example", people["message.recipients"])
        self.assertNotIn("other@reader.example", offer.event_ids.payload)

    # ------------------------------------------------------------------
    # State
    # ------------------------------------------------------------------

    def test_every_change_of_state_is_an_event(self):
        order = self._make_order(self.anna)
        self._send(order)

        order._action_cancel()
        order.action_draft()
        order.action_confirm()

        self.assertArchived(order, "won", ["sent"])
        self.assertEqual(self._events(order), ["cancelled", "reset", "accepted"])

    def test_mass_cancelling_closes_each_offer(self):
        orders = self._make_order(self.anna) | self._make_order(self.anna)
        for order in orders:
            self._send(order)
        wizard = orders.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(orders.ids)]}
        )

        wizard.action_mass_cancel()

        for order in orders:
            self.assertArchived(order, "cancelled", ["sent"])

    def test_lost_opportunity_gives_its_reason(self):
        reason = self.env["crm.lost.reason"].create({"name": "Price too high"})
        order, lead = self._order_of_lead()

        lead.action_set_lost(lost_reason_id=reason.id)

        offer = self.assertArchived(order, "lost", ["sent"])
        self.assertEqual(offer.lost_reason_id, reason)
        self.assertEqual(offer.close_reason, "Price too high")
        self.assertEqual(self._events(order), ["lost"])

    def test_opportunity_lost_by_plain_writing_loses_its_offers(self):
        order, lead = self._order_of_lead()

        lead.write({"active": False, "probability": 0})
        self.assertArchived(order, "lost", ["sent"])

        lead.action_restore()
        self.assertArchived(order, "sent", ["sent"])
        self.assertFalse(self._offer_of(order).lost_reason_id)
        self.assertEqual(self._events(order), ["lost", "reopened"])

    def test_archived_opportunity_that_is_not_lost_leaves_offers_alone(self):
        order, lead = self._order_of_lead()
        lead.probability = 40

        lead.action_archive()

        self.assertArchived(order, "sent", ["sent"])

    # ------------------------------------------------------------------
    # Acceptance
    # ------------------------------------------------------------------

    def test_confirmation_tells_which_revision_was_accepted(self):
        order = self._make_order(self.anna)
        self._send(order)
        order.order_line.price_unit = 76000
        self._send(order)

        order.action_confirm()

        offer = self._offer_of(order)
        self.assertEqual(offer.accepted_revision_id.number, 2)
        self.assertEqual(offer.accepted_revision_id.amount_total, 76000)

    def test_accepting_one_variant_replaces_the_others_with_a_reason(self):
        first = self._make_order(self.anna)
        second = first.copy({"order_line": False})
        second.order_line = [self._line_command((self.mill, 1, 45000))]
        for order in (first, second):
            self._send(order)
        self.assertEqual(self._offer_of(first).variant_ids, self._offer_of(second))

        second.action_confirm()

        self.assertEqual(self._offer_of(second).state, "won")
        closed = self._offer_of(first)
        self.assertEqual(closed.state, "superseded")
        self.assertIn(second.name, closed.close_reason)
        self.assertEqual(self._events(first), ["superseded"])

    def test_copy_for_another_customer_is_no_variant(self):
        first = self._make_order(self.anna)
        other = self._make_customer("Other", email="o@other.example")
        second = first.copy({"partner_id": other.id})
        for order in (first, second):
            self._send(order)

        second.action_confirm()

        self.assertEqual(self._offer_of(first).state, "sent")

    def test_copy_of_an_order_is_no_variant(self):
        order = self._make_order(self.anna)
        order.action_confirm()

        again = order.copy()

        self.assertFalse(again.sudo().offer_variant_root)

    def test_pending_payment_marks_as_sent_and_is_archived(self):
        # what the portal does when a customer promises to pay by bank transfer
        order = self._make_order(self.anna)
        transaction = self._make_transaction(order, "pending")

        transaction._post_process()

        # marked as sent first, then the mail with the document
        offer = self.assertArchived(order, "sent", ["sent", "sent"])
        self.assertTrue(offer.current_revision_id.document_ids)

    def test_payment_confirms_and_is_archived(self):
        order = self._make_order(self.anna, require_payment=True)
        self._send(order)
        transaction = self._make_transaction(order, "done")

        transaction._check_amount_and_confirm_order()

        offer = self._offer_of(order)
        self.assertEqual(offer.state, "won")
        self.assertTrue(offer.accepted_revision_id)

    def _make_transaction(self, order, state):
        method = self.env["payment.method"].create(
            {"name": "Transfer", "code": "archive_test"}
        )
        provider = self.env["payment.provider"].create(
            {"name": "Bank", "company_id": self.warszawa.id}
        )
        return self.env["payment.transaction"].create(
            {
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"archive-{state}",
                "sale_order_ids": [Command.set(order.ids)],
                "state": state,
            }
        )

    def _order_of_lead(self):
        lead = self._as(self.anna)["crm.lead"].create(
            {"name": "Lathe", "type": "opportunity", "user_id": self.anna.id}
        )
        order = self._make_order(self.anna, opportunity_id=lead.id)
        self._send(order)
        return order, lead

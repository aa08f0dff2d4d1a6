from odoo import fields
from odoo.tests import tagged

from .common_archive import ArchiveCase


@tagged("post_install", "-at_install")
class TestArchiveState(ArchiveCase):
    """An offer knows what became of it, and of its quotation."""

    def _make_lead(self, user):
        return self._as(user)["crm.lead"].create(
            {"name": "Lathe", "type": "opportunity", "user_id": user.id}
        )

    # ------------------------------------------------------------------
    # State
    # ------------------------------------------------------------------

    def test_confirming_a_sent_quotation_wins_without_a_new_revision(self):
        order = self._make_order(self.anna)
        self._send(order)

        order.action_confirm()

        self.assertArchived(order, "won", ["sent"])

    def test_confirming_what_was_never_sent_archives_it(self):
        order = self._make_order(self.anna)

        order.action_confirm()

        self.assertArchived(order, "won", ["confirmed"])

    def test_confirming_other_content_than_sent_archives_what_was_agreed(self):
        order = self._make_order(self.anna)
        self._send(order)
        order.order_line.product_uom_qty = 2

        order.action_confirm()

        offer = self.assertArchived(order, "won", ["sent", "confirmed"])
        self.assertEqual(offer.amount_total, 160000)

    def test_cancelling_closes_the_offer_and_sending_again_reopens_it(self):
        order = self._make_order(self.anna)
        self._send(order)

        order._action_cancel()
        self.assertArchived(order, "cancelled", ["sent"])

        order.action_draft()
        self.assertArchived(order, "cancelled", ["sent"])
        self._send(order)
        self.assertArchived(order, "sent", ["sent"])

    def test_cancelling_a_draft_archives_nothing(self):
        order = self._make_order(self.anna)

        order._action_cancel()

        self.assertFalse(self._offer_of(order))

    def test_taking_a_sent_quotation_back_to_draft_leaves_the_offer_out(self):
        # the customer still holds it
        order = self._make_order(self.anna)
        self._send(order)

        order.action_draft()

        self.assertArchived(order, "sent", ["sent"])

    def test_losing_the_opportunity_loses_its_offers_until_it_is_restored(self):
        lead = self._make_lead(self.anna)
        order = self._make_order(self.anna, opportunity_id=lead.id)
        self._send(order)

        lead.action_set_lost()
        self.assertArchived(order, "lost", ["sent"])

        lead.action_unarchive()
        self.assertArchived(order, "sent", ["sent"])

    def test_lost_opportunity_leaves_won_offers_won(self):
        lead = self._make_lead(self.anna)
        order = self._make_order(self.anna, opportunity_id=lead.id)
        order.action_confirm()

        lead.action_set_lost()

        self.assertArchived(order, "won", ["confirmed"])

    def test_offer_past_its_validity_expires(self):
        today = fields.Date.context_today(self.env.user)
        over = self._make_sent_offer(self.anna, validity_date=self._days_ago(1))
        last_day = self._make_sent_offer(self.anna, validity_date=today)
        endless = self._make_sent_offer(self.anna)
        endless.date_valid_until = False
        self.assertEqual(
            (over | last_day | endless).mapped("is_live"), [False, True, True]
        )

        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_offer_expire"
            ).method_direct_trigger()

        (over | last_day | endless).invalidate_recordset()
        self.assertEqual(over.state, "expired")
        self.assertEqual((last_day | endless).mapped("state"), ["sent", "sent"])

    def test_searching_live_offers_agrees_with_the_field(self):
        over = self._make_sent_offer(self.anna, validity_date=self._days_ago(1))
        live = self._make_sent_offer(self.anna)
        won = self._make_sent_offer(self.anna)
        won.order_id.action_confirm()
        all_of_them = over | live | won

        for wanted in (True, False):
            found = all_of_them.search(
                [("id", "in", all_of_them.ids), ("is_live", "=", wanted)]
            )
            self.assertEqual(
                found, found & all_of_them.filtered(lambda o, w=wanted: o.is_live == w)
            )
            self.assertTrue(found)

    # ------------------------------------------------------------------
    # Following the quotation
    # ------------------------------------------------------------------

    def test_reassigned_quotation_takes_its_offer_along(self):
        order = self._make_order(self.anna)
        self._send(order)

        order.sudo().user_id = self.piotr

        self.assertEqual(self._offer_of(order).user_id, self.piotr)
        self.assertTrue(self._offer_of(order).with_user(self.piotr).has_access("read"))
        self.assertFalse(self._offer_of(order).with_user(self.anna).has_access("read"))

    def test_copy_of_a_quotation_starts_without_archive(self):
        order = self._make_order(self.anna)
        self._send(order)

        copy = order.copy()

        self.assertFalse(copy.offer_ids)
        self.assertFalse(self._offer_of(copy))
        self.assertEqual(copy.offer_revision_count, 0)
        self.assertEqual(order.offer_revision_count, 1)

    def test_deleting_the_quotation_keeps_the_archive(self):
        order = self._make_order(self.anna)
        offer = self._offer_of(order) or self._make_sent_offer(self.anna)
        sent_order = offer.order_id
        sent_order._action_cancel()

        sent_order.sudo().unlink()

        offer.invalidate_recordset()
        self.assertFalse(offer.order_id)
        self.assertEqual(len(offer.revision_ids), 1)

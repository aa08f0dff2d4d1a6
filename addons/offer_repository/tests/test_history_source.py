from odoo.tests import freeze_time, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestHistorySource(OfferCommon):
    def _entries(self, user, partner=None, **kwargs):
        partner = (partner or self.customer).with_env(self._as(user))
        page = partner.contact_history_page(**kwargs)
        return [entry for entry in page["entries"] if entry["source"] == "offer"]

    def test_sent_offer_is_on_the_customers_page_at_the_time_it_left(self):
        order = self._make_order(self.anna)
        with freeze_time("2026-11-20 10:00:00"):
            self._send(order)

        (entry,) = self._entries(self.anna)

        self.assertEqual(entry["occurred_at"], "2026-11-20 10:00:00")
        self.assertIn(order.name, entry["subject"])
        self.assertEqual(entry["label"], "Sent")
        self.assertEqual(len(entry["attachments"]), 1)
        self.assertEqual(entry["res_model"], "offer.offer")

    def test_newest_revision_says_what_became_of_the_offer(self):
        order = self._make_order(self.anna)
        with freeze_time("2026-11-20 10:00:00"):
            self._send(order)
        order.order_line.price_unit = 70000
        with freeze_time("2026-11-21 10:00:00"):
            self._send(order)
        order.action_confirm()

        entries = self._entries(self.anna)

        self.assertEqual([entry["label"] for entry in entries], ["Won", "Sent"])

    def test_offers_of_contacts_are_on_the_companys_page(self):
        contact = self._make_customer(
            "Jan Łącznik", parent_id=self.customer.id, is_company=False
        )
        self._make_sent_offer(self.anna, partner=contact)

        self.assertEqual(len(self._entries(self.anna)), 1)

    def test_other_branch_sees_no_offer(self):
        self._make_sent_offer(self.anna)

        self.assertEqual(self._entries(self.ewa), [])
        self.assertEqual(self._entries(self.piotr), [])

    def test_pages_neither_repeat_nor_skip_offers(self):
        with freeze_time("2026-11-20 10:00:00"):
            offers = [self._make_sent_offer(self.anna) for _index in range(5)]
        partner = self.customer.with_env(self._as(self.anna))

        seen, cursor = [], None
        while True:
            page = partner.contact_history_page(cursor=cursor, limit=2)
            seen += [
                entry["res_id"]
                for entry in page["entries"]
                if entry["source"] == "offer"
            ]
            cursor = page["next_cursor"]
            if not cursor:
                break

        self.assertEqual(sorted(seen), sorted(offer.id for offer in offers))

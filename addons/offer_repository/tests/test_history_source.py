from odoo.exceptions import UserError
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

    def test_offers_are_found_by_kind_branch_and_person_and_by_nothing_else(self):
        self._make_sent_offer(self.anna)
        branch, stranger = self.anna.company_id, self.ewa.company_id
        for filters, count in (
            ({"kinds": ["offer"]}, 1),
            ({"kinds": ["interaction"]}, 0),
            ({"branches": branch.ids}, 1),
            ({"branches": stranger.ids}, 0),
            ({"people": self.anna.ids}, 1),
            ({"people": self.ewa.ids}, 0),
            ({"channels": ["email"]}, 0),
            ({"text": "offer"}, 0),
            ({"attachments": True}, 0),
        ):
            with self.subTest(filters=filters):
                self.assertEqual(len(self._entries(self.anna, filters=filters)), count)

    def test_offers_are_read_upwards_from_a_day_too(self):
        for day in (20, 21, 22):
            with freeze_time(f"2026-11-{day} 10:00:00"):
                self._make_sent_offer(self.anna)
        partner = self.customer.with_env(self._as(self.anna))
        wanted = {"kinds": ["offer"]}

        page = partner.contact_history_page(
            start="2026-11-21 00:00:00", limit=1, filters=wanted
        )
        days, cursor = [page["entries"][0]["occurred_at"][:10]], page["previous_cursor"]
        while cursor:
            page = partner.contact_history_page(cursor=cursor, limit=1, filters=wanted)
            days.insert(0, page["entries"][0]["occurred_at"][:10])
            cursor = page["previous_cursor"]

        self.assertEqual(days, ["2026-11-22", "2026-11-21", "2026-11-20"])

    def test_quotation_and_opportunity_lead_to_the_customers_history(self):
        lead = self.env["crm.lead"].create(
            {"name": "Lathe", "partner_id": self.customer.id, "user_id": self.anna.id}
        )
        order = self._make_order(self.anna)
        for document in (order, lead.with_env(self._as(self.anna))):
            action = document.action_open_contact_history()
            with self.subTest(model=document._name):
                self.assertEqual(action["tag"], "contact_history.timeline")
                self.assertEqual(action["context"]["active_id"], self.customer.id)

    def test_document_without_a_customer_says_what_to_do(self):
        lead = self.env["crm.lead"].create({"name": "Nobody yet"})

        with self.assertRaisesRegex(UserError, "Nobody yet"):
            lead.action_open_contact_history()

    def test_buttons_are_on_the_forms(self):
        for model in ("sale.order", "crm.lead", "account.move"):
            arch = self.env[model].get_view(view_type="form")["arch"]
            with self.subTest(model=model):
                self.assertIn("action_open_contact_history", arch)

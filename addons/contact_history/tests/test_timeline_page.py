from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..timeline import thread_of
from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelinePage(ContactHistoryCase):
    def _walk(self, **kwargs):
        """Read the whole history page by page."""
        entries, cursor = [], None
        while True:
            page = self._page(cursor=cursor, **kwargs)
            entries += page["entries"]
            cursor = page["next_cursor"]
            if not cursor:
                return entries

    def test_page_of_a_contact_shows_the_whole_company_newest_first(self):
        old = self._log(minutes_ago=50)
        new = self._log(minutes_ago=5, partner_id=self.customer.id)
        other = self.env["res.partner"].create({"name": "Somebody else"})
        self._log(partner_id=other.id)
        expected = [f"interaction:{new.id}", f"interaction:{old.id}"]
        for partner in (self.customer, self.contact):
            keys = [entry["key"] for entry in self._entries(partner=partner)]
            self.assertEqual(keys, expected)

    def test_page_tells_everything_about_an_own_contact(self):
        interaction = self._log(
            subject="Price list",
            preview="Please send it.",
            user_id=self.user_north.id,
            direction="incoming",
            duration=60,
        )

        page = self._page()

        self.assertEqual(page["partner"], {"id": self.customer.id, "name": "Mill GmbH"})
        self.assertEqual(page["counts"], {"entries": 1, "redacted": 0})
        self.assertEqual(
            page["entries"],
            [
                {
                    "key": f"interaction:{interaction.id}",
                    "source": "interaction",
                    "kind": "interaction",
                    "channel": "email",
                    "direction": "incoming",
                    "state": "done",
                    "label": None,
                    "occurred_at": "2026-03-10 12:00:00",
                    "date_only": False,
                    "duration": 60,
                    "certainty": "known",
                    "user_name": "North",
                    "company_name": "North",
                    "partner_name": "Mary Mill",
                    "subject": "Price list",
                    "preview": "Please send it.",
                    "attachments": [],
                    "res_model": None,
                    "res_id": None,
                    "level": "content",
                    "redacted": False,
                    "reason": None,
                    "thread": thread_of("email", "Price list", None),
                    "is_pinned": False,
                    "can_pin": True,
                }
            ],
        )

    def test_pages_one_after_the_other_miss_and_repeat_nothing(self):
        # Many at the same second, of both branches, so that the order of equal
        # times is put to the test.
        rows = [
            self._log((self.north, self.south)[number % 2], minutes_ago=number // 5)
            for number in range(17)
        ]
        rows.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
        for limit in (1, 3, 5, 16, 17, 18):
            with self.subTest(limit=limit):
                keys = [entry["key"] for entry in self._walk(limit=limit)]
                self.assertEqual(keys, [f"interaction:{row.id}" for row in rows])

    def test_contact_logged_while_reading_does_not_shift_the_next_page(self):
        rows = [self._log(minutes_ago=number) for number in range(4)]
        first = self._page(limit=2)

        self._log(minutes_ago=-30)
        second = self._page(limit=2, cursor=first["next_cursor"])

        self.assertEqual(
            [entry["key"] for entry in second["entries"]],
            [f"interaction:{row.id}" for row in rows[2:]],
        )

    def test_filters_choose_channel_and_direction(self):
        self._log(channel="call", direction="incoming", subject="in call")
        self._log(channel="call", direction="outgoing", subject="out call")
        self._log(channel="sms", direction="outgoing", subject="out sms")
        cases = [
            ({"channels": ["call"]}, {"in call", "out call"}),
            ({"directions": ["outgoing"]}, {"out call", "out sms"}),
            ({"channels": ["call"], "directions": ["outgoing"]}, {"out call"}),
            ({"channels": ["call", "sms"]}, {"in call", "out call", "out sms"}),
            ({"channels": ["letter"]}, set()),
            ({"channels": [], "directions": []}, {"in call", "out call", "out sms"}),
        ]
        for filters, expected in cases:
            with self.subTest(filters=filters):
                entries = self._entries(filters=filters)
                self.assertEqual({entry["subject"] for entry in entries}, expected)

    def test_input_of_no_client_of_ours_is_refused_in_words(self):
        cases = [
            ({"cursor": "nonsense"}, "position"),
            ({"cursor": {"no": "text"}}, "position"),
            ({"limit": 0}, "1 to 200"),
            ({"limit": 201}, "1 to 200"),
            ({"limit": "40"}, "1 to 200"),
            ({"limit": True}, "1 to 200"),
            ({"filters": {"price": [1]}}, "price"),
            ({"filters": {"channels": "call"}}, "channels"),
            ({"filters": ["call"]}, "filters"),
            ({"filters": {"branches": ["1"]}}, "branches"),
            ({"start": "some day"}, "some day"),
            ({"start": {"no": "text"}}, "no"),
        ]
        for kwargs, words in cases:
            with self.subTest(**kwargs), self.assertRaisesRegex(ValidationError, words):
                self._page(**kwargs)

    def test_empty_history_is_an_empty_page(self):
        page = self._page()

        self.assertEqual(page["entries"], [])
        self.assertIsNone(page["next_cursor"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_customer_one_may_not_read_has_no_page(self):
        self._log()
        self.customer.company_id = self.south

        with self.assertRaises(AccessError):
            self._page()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_employee_without_the_group_has_no_page(self):
        self._log()
        self.user_north.group_ids = self.env.ref("base.group_user")

        with self.assertRaises(AccessError):
            self._page()

    def test_deleted_customer_has_no_page(self):
        lone = self.env["res.partner"].create({"name": "Lone"})
        lone.unlink()

        with self.assertRaises(MissingError):
            self._page(partner=lone)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_company_switch_one_has_no_right_to_is_refused(self):
        self._secret()
        partner = self.customer.with_user(self.user_north)

        with self.assertRaises(AccessError):
            partner.with_context(
                allowed_company_ids=self.south.ids
            ).contact_history_page()

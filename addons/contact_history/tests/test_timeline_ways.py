from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineWays(ContactHistoryCase):
    """Up and down the history, and what lies on top of it."""

    def _keys(self, page):
        return [entry["key"] for entry in page["entries"]]

    def _day(self, minutes_ago):
        return fields.Datetime.to_string(NOW - timedelta(minutes=minutes_ago))

    def test_jumping_to_a_moment_goes_both_ways_and_misses_nothing(self):
        # Many at the same second, of both branches, and robots' notes between them.
        rows = [
            self._log((self.north, self.south)[number % 2], minutes_ago=number // 4)
            for number in range(18)
        ]
        rows.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
        expected = [f"interaction:{row.id}" for row in rows]
        for limit in (1, 3, 7, 18):
            for minutes in (-1, 0, 2, 9):
                with self.subTest(limit=limit, minutes=minutes):
                    page = self._page(limit=limit, start=self._day(minutes))
                    older, newer = self._keys(page), []
                    self.assertTrue(page["previous_cursor"])
                    down, up = page["next_cursor"], page["previous_cursor"]
                    while down:
                        page = self._page(limit=limit, cursor=down)
                        older += self._keys(page)
                        down = page["next_cursor"]
                    while up:
                        page = self._page(limit=limit, cursor=up)
                        newer = self._keys(page) + newer
                        up = page["previous_cursor"]
                    self.assertEqual(newer + older, expected)

    def test_day_begins_with_what_happened_before_its_end(self):
        self._log(minutes_ago=0, subject="after")
        self._log(minutes_ago=10, subject="before")

        page = self._page(start=self._day(5))

        self.assertEqual([e["subject"] for e in page["entries"]], ["before"])

    @freeze_time("2026-03-10 12:00:00")
    def test_planned_lies_on_top_overdue_first_and_on_no_other_page(self):
        for days, summary in ((2, "later"), (-3, "overdue")):
            self.contact.activity_schedule(
                "mail.mail_activity_data_call",
                NOW.date() + timedelta(days=days),
                summary,
                user_id=self.user_north.id,
            )
        self._log(minutes_ago=1)
        self._log(minutes_ago=2)

        page = self._page(limit=1)
        second = self._page(limit=1, cursor=page["next_cursor"])
        filtered = self._page(filters={"channels": ["email"]})

        self.assertEqual([e["subject"] for e in page["planned"]], ["overdue", "later"])
        self.assertEqual(len(page["entries"]), 1)
        self.assertEqual(second["planned"], [])
        self.assertEqual(filtered["planned"], [])

    def test_pinned_lies_on_top_for_all_of_the_branch_only(self):
        old = self._log(minutes_ago=9000, subject="Framework agreement")
        self._log(minutes_ago=1)

        old.with_user(self.user_north).action_pin()

        for user in (self.user_north, self.colleague_north):
            page = self._page(user, limit=1)
            self.assertEqual(
                [e["subject"] for e in page["pinned"]], ["Framework agreement"]
            )
            self.assertTrue(page["pinned"][0]["is_pinned"])
        self.assertEqual(self._page(self.user_south)["pinned"], [])
        (south_sees, *_rest) = reversed(self._entries(self.user_south))
        self.assertFalse(south_sees["is_pinned"])
        self.assertFalse(south_sees["can_pin"])

        old.with_user(self.colleague_north).action_unpin()
        self.assertEqual(self._page()["pinned"], [])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_pinning_needs_to_see_the_contact(self):
        secret = self._secret()
        confidential = self._log(is_confidential=True, user_id=self.user_north.id)

        for contact, user in (
            (secret, self.user_north),
            (confidential, self.colleague_north),
        ):
            with self.assertRaises(AccessError):
                contact.with_user(user).action_pin()

    def test_confidential_pinned_contact_is_nobody_elses(self):
        contact = self._log(is_confidential=True, user_id=self.user_north.id)
        contact.with_user(self.user_north).action_pin()

        self.assertEqual(len(self._page(self.user_north)["pinned"]), 1)
        self.assertEqual(self._page(self.colleague_north)["pinned"], [])

    def test_robots_are_out_until_they_are_wanted(self):
        self._log(subject="Out of office", is_automatic=True)
        self._log(subject="A person", minutes_ago=5)
        self._secret(is_automatic=True, minutes_ago=7)
        self.contact._message_log(body="Imported by a job")

        without = [e["subject"] for e in self._entries()]
        page = self._page(filters={"system": True})

        self.assertEqual(without, ["A person"])
        kinds = {e["kind"] for e in page["entries"]}
        self.assertEqual(kinds, {"interaction", "system"})
        previews = " ".join(e["preview"] or "" for e in page["entries"])
        self.assertIn("Imported by a job", previews)
        self.assertEqual(page["counts"]["redacted"], 0)

    def test_pages_over_several_sources_miss_and_repeat_nothing(self):
        for number in range(6):
            self.contact._message_log(body=f"Note {number}")
            self._log(minutes_ago=number)
        messages = self.contact.message_ids.filtered(
            lambda message: message.message_type == "notification"
        )
        for place, message in enumerate(messages):
            message.date = NOW - timedelta(minutes=place // 2)
        wanted = {"system": True}
        whole = self._keys(self._page(limit=200, filters=wanted))
        self.assertGreaterEqual(len(whole), 12)

        for limit in range(1, 8):
            page = self._page(limit=limit, filters=wanted, start=self._day(2))
            older, newer = self._keys(page), []
            down, up = page["next_cursor"], page["previous_cursor"]
            while down:
                page = self._page(limit=limit, filters=wanted, cursor=down)
                older += self._keys(page)
                down = page["next_cursor"]
            while up:
                page = self._page(limit=limit, filters=wanted, cursor=up)
                newer = self._keys(page) + newer
                up = page["previous_cursor"]
            self.assertEqual(newer + older, whole, f"limit {limit}")

    def test_changes_show_no_field_that_the_reader_may_not_see(self):
        field = self.env["res.partner"]._fields["email"]
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": self.contact._message_log(body="").id,
                "field_id": self.env["ir.model.fields"]._get("res.partner", "email").id,
                "old_value_char": "old@mill.example",
                "new_value_char": "new@mill.example",
            }
        )

        def shown():
            entries = self._entries(filters={"system": True})
            return " ".join(entry["preview"] or "" for entry in entries)

        self.assertIn("old@mill.example → new@mill.example", shown())
        self.patch(field, "groups", "base.group_system")
        self.assertNotIn("new@mill.example", shown())

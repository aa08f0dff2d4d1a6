from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..timeline import Filters
from .common import NOW, ContactHistoryCase

COLLECTOR = "odoo.addons.contact_history.models.contact_history_timeline"


@tagged("post_install", "-at_install")
class TestTimelineSources(ContactHistoryCase):
    def _source(self, code):
        return self.env[f"contact.history.source.{code}"]

    def _plan(self, partner=None, days=1, **values):
        return (partner or self.contact).activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=NOW.date() + timedelta(days=days),
            user_id=self.user_north.id,
            **values,
        )

    def test_sources_are_found_in_their_order(self):
        sources = self.env["contact.history.timeline"]._get_sources()
        codes = [source._source_code for source in sources]

        self.assertEqual(codes[:2], ["interaction", "activity"])
        self.assertEqual(len(codes), len(set(codes)))

    def test_unavailable_source_is_not_asked(self):
        self._plan()
        source = type(self._source("activity"))

        with patch.object(source, "_is_available", lambda self: False):
            self.assertFalse(self._page()["planned"])

    @freeze_time("2026-03-10 12:00:00")
    def test_planned_activities_are_part_of_the_history(self):
        activity = self._plan(summary="Ask again", note="<p>About the price</p>")
        self._log(minutes_ago=1)

        (first,) = self._page()["planned"]

        self.assertEqual(first["key"], f"activity:{activity.id}")
        self.assertEqual(first["occurred_at"], "2026-03-11 00:00:00")
        self.assertTrue(first["date_only"])
        self.assertEqual(first["state"], "planned")
        self.assertEqual(first["label"], "Call")
        self.assertEqual(first["subject"], "Ask again")
        self.assertEqual(first["preview"], "About the price")
        self.assertEqual(first["user_name"], "North")
        self.assertIn("Mary Mill", first["partner_name"])
        self.assertEqual(first["res_id"], self.contact.id)

    def test_activities_are_left_out_when_channels_are_chosen(self):
        self._plan()

        self.assertFalse(self._page(filters={"channels": ["call"]})["planned"])

    def test_activities_on_unreadable_contacts_are_not_shown(self):
        self._plan(summary="visible")
        hidden = self.env["res.partner"].create(
            {"name": "Hidden", "parent_id": self.customer.id}
        )
        self._plan(hidden, summary="hidden")
        hidden.company_id = self.south

        self.colleague_north.group_ids += self.env.ref("base.group_partner_manager")

        planned = self._page(self.colleague_north)["planned"]
        subjects = [entry["subject"] for entry in planned]

        self.assertEqual(subjects, ["visible"])

    def test_who_may_not_post_on_the_customer_sees_own_activities_only(self):
        self._plan(summary="of North")

        self.assertEqual(len(self._page(self.user_north)["planned"]), 1)
        self.assertFalse(self._page(self.colleague_north)["planned"])

    @mute_logger(COLLECTOR)
    def test_broken_source_is_told_and_breaks_nothing(self):
        self._log()

        def broken(self, *args):
            self.env.cr.execute("SELECT nothing FROM nowhere")

        with (
            patch.object(type(self._source("activity")), "_read_entries", broken),
            mute_logger("odoo.sql_db"),
        ):
            page = self._page()

        self.assertEqual(len(page["entries"]), 1)
        self.assertEqual(
            page["problems"],
            ["A part of the history could not be loaded: Planned activities."],
        )

    def test_broken_source_is_logged_without_personal_data(self):
        def broken(self, *args):
            raise ValueError("broken")

        with (
            patch.object(type(self._source("activity")), "_read_entries", broken),
            self.assertLogs(COLLECTOR, "ERROR") as logs,
        ):
            self._page()

        self.assertIn("contact.history.source.activity", logs.output[0])
        self.assertNotIn("Mill", str(logs.output))

    @mute_logger(COLLECTOR)
    def test_source_that_delivers_nonsense_counts_as_broken(self):
        nonsense = [{"id": 1, "occurred_at": date(2026, 1, 1), "price": 12}]

        with patch.object(
            type(self._source("activity")), "_read_entries", lambda *args: nonsense
        ):
            page = self._page()

        self.assertEqual(len(page["problems"]), 1)

    def test_source_without_override_delivers_nothing(self):
        source = self._source("interaction").env["contact.history.source"]

        self.assertTrue(source._is_available())
        self.assertEqual(source._read_entries(self.customer, None, 10, Filters()), [])

    def test_sources_can_ask_whether_an_entry_is_wanted(self):
        source = self.env["contact.history.source"]
        wanted = Filters(frozenset({"call"}), frozenset({"incoming"}))

        self.assertTrue(source._matches_filters(Filters()))
        self.assertTrue(source._matches_filters(wanted, "call", "incoming"))
        self.assertFalse(source._matches_filters(wanted, "sms", "incoming"))
        self.assertFalse(source._matches_filters(wanted, "call", "outgoing"))
        self.assertFalse(source._matches_filters(wanted))

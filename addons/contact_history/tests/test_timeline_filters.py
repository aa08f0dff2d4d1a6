from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineFilters(ContactHistoryCase):
    def _subjects(self, user=None, **filters):
        return {entry["subject"] for entry in self._entries(user, filters=filters)}

    def test_branch_and_person_are_chosen(self):
        self.user_north.company_ids = [Command.link(self.south.id)]
        self._log(subject="north", user_id=self.user_north.id)
        self._log(subject="colleague", user_id=self.colleague_north.id)
        self._log(self.south, subject="south")

        self.assertEqual(self._subjects(branches=self.south.ids), {"south"})
        self.assertEqual(
            self._subjects(branches=self.north.ids), {"north", "colleague"}
        )
        self.assertEqual(self._subjects(people=self.user_north.ids), {"north"})
        self.assertEqual(self._subjects(branches=self.stranger.ids), set())

    def test_files_are_looked_for_in_contact_and_message(self):
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        self._log(subject="contact", attachment_ids=[Command.link(file.id)])
        message = self.contact.message_post(body="x", attachments=[("b.txt", b"y")])
        self._log(subject="message", message_id=message.id)
        self._log(subject="none")

        self.assertEqual(self._subjects(attachments=True), {"contact", "message"})

    def test_kinds_decide_which_sources_are_asked(self):
        self._log(subject="contact")

        self.assertEqual(self._subjects(kinds=["interaction"]), {"contact"})
        self.assertEqual(self._subjects(kinds=["other"]), set())

    def test_filtering_tells_nothing_that_a_branch_does_not_show(self):
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        self._secret(attachment_ids=[Command.link(file.id)], direction="incoming")
        cases = [
            ({"branches": self.south.ids}, "existence"),
            ({"people": self.user_south.ids}, "metadata"),
            ({"channels": ["email"]}, "metadata"),
            ({"directions": ["incoming"]}, "metadata"),
            ({"attachments": True}, "content"),
            ({"text": "SECRET"}, "content"),
        ]
        levels = ["existence", "metadata", "subject", "content"]
        for filters, needed in cases:
            for level in levels:
                self.south.contact_history_level = level
                found = self._entries(filters=filters)
                is_shown = levels.index(level) >= levels.index(needed)
                with self.subTest(filters=filters, level=level):
                    self.assertEqual(bool(found), is_shown)

    def test_level_of_a_channel_goes_before_that_of_the_branch(self):
        self._secret(channel="call", minutes_ago=1)
        self._secret(channel="email", minutes_ago=2)
        company = type(self.env["res.company"])
        for levels, text, shown in (
            ({None: "metadata", "call": "content"}, True, ["call"]),
            ({None: "content", "call": "existence"}, True, ["email"]),
            ({None: "content", "call": "existence"}, False, [None, "email"]),
        ):
            self.patch(
                company,
                "_contact_history_levels",
                lambda self, levels=levels: {one.id: levels for one in self},
            )
            filters = {"text": "SECRET"} if text else {}
            with self.subTest(levels=levels, text=text):
                entries = self._entries(filters=filters)
                self.assertEqual([e["channel"] for e in entries], shown)

    def test_options_name_branches_people_and_kinds(self):
        self._log(user_id=self.colleague_north.id)
        self._secret()
        partner = self.customer.with_user(self.user_north)

        options = partner.contact_history_options()

        names = {choice["name"] for choice in options["branches"]}
        self.assertEqual(names, {"Meridian", "North", "South"})
        people = {choice["name"] for choice in options["people"]}
        self.assertEqual(people, {"North", "North2"})
        self.assertIn(
            {"code": "interaction", "name": "Contacts"},
            options["kinds"],
        )

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_options_and_chart_need_access(self):
        partner = self.customer.with_user(self.user_north)
        self.customer.company_id = self.south
        for method in ("contact_history_options", "contact_history_chart"):
            with self.assertRaises(AccessError):
                getattr(partner, method)()
        self.customer.company_id = False
        self.user_north.group_ids = self.env.ref("base.group_user")
        for method in ("contact_history_options", "contact_history_chart"):
            with self.assertRaises(AccessError):
                getattr(partner, method)()

    @freeze_time("2026-03-10 12:00:00")
    def test_chart_counts_own_contacts_by_month_and_channel(self):
        self._log(channel="call")
        self._log(channel="email", minutes_ago=60 * 24 * 20)
        self._log(channel="email", minutes_ago=60 * 24 * 21)
        self._log(channel="email", minutes_ago=60 * 24 * 500)
        self._log(channel="sms", is_automatic=True)
        self._secret(channel="visit")
        self._log(
            channel="letter", is_confidential=True, user_id=self.colleague_north.id
        )

        chart = self.customer.with_user(self.user_north).contact_history_chart()

        self.assertEqual(chart["months"][0], "2025-04-01")
        self.assertEqual(chart["months"][-1], "2026-03-01")
        self.assertEqual(
            chart["series"],
            [
                {"channel": "email", "values": [0] * 10 + [2, 0]},
                {"channel": "call", "values": [0] * 11 + [1]},
            ],
        )

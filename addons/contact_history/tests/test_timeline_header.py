from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW
from .common_response import ResponseCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTimelineHeader(ResponseCase):
    def _header(self, user=None, partner=None):
        partner = partner or self.customer
        return partner.with_user(user or self.user_north).contact_history_header()

    def test_header_of_nobody_is_empty(self):
        nobody = self.env["res.partner"].create({"name": "Nobody"})

        self.assertEqual(
            self._header(partner=nobody),
            {
                "last": {"incoming": None, "outgoing": None},
                "waiting": None,
                "usual": None,
                "preferred": None,
                "hours": None,
                "planned": None,
                "responsible": None,
                "ways": [],
                "facts": [],
                "notices": [],
            },
        )

    def test_refusals_are_asked_for_once(self):
        self.customer.phone = "+48 22 123 45 67"
        self._ask(minutes_ago=30)
        partners = type(self.env["res.partner"])
        asked = partners._contact_said
        with patch.object(partners, "_contact_said", autospec=True) as said:
            said.side_effect = asked

            header = self._header()

        self.assertEqual(said.call_count, 1)
        self.assertEqual({way["barred"] for way in header["ways"]}, {None})
        self.assertEqual(header["preferred"]["channel"], "email")

    def test_note_of_a_talk_answers_and_is_no_channel_to_prefer(self):
        self._ask(minutes_ago=30)
        for minutes in (20, 10):
            self._log(channel="talk", direction="incoming", minutes_ago=minutes)

        header = self._header()

        self.assertIsNone(header["waiting"])
        self.assertEqual(header["preferred"]["channel"], "email")
        self.assertEqual(header["preferred"]["total"], 1)
        self.assertEqual(header["last"]["incoming"]["channel"], "talk")

    def test_refused_channel_is_not_called_the_preferred_one(self):
        for minutes in (50, 40, 30):
            self._log(channel="call", state="answered", minutes_ago=minutes)
        self._ask(minutes_ago=20)
        self.assertEqual(self._header()["preferred"]["channel"], "call")

        self.env["contact.consent"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.north.id,
                "channel": "call",
                "decision": "refused",
            }
        )

        self.assertEqual(self._header()["preferred"]["channel"], "email")

    def test_header_tells_what_one_has_to_know(self):
        for minutes in (200, 180, 160):
            self._ask(minutes_ago=minutes)
            self._answer(minutes_ago=minutes - 4, user_id=self.user_north.id)
        self._ask(minutes_ago=61, user_id=self.user_north.id)
        self.contact.activity_schedule(
            "mail.mail_activity_data_call",
            "2026-03-12",
            "Call back",
            user_id=self.user_north.id,
        )

        header = self._header()

        self.assertEqual(
            header["waiting"],
            {
                "since": "2026-03-10 10:59:00",
                "due_at": "2026-03-10 11:59:00",
                "light": "red",
                "channel": "email",
                "user": "North",
                "count": 1,
            },
        )
        self.assertEqual(header["last"]["incoming"]["at"], "2026-03-10 10:59:00")
        self.assertEqual(header["last"]["outgoing"]["user"], "North")
        self.assertEqual(header["usual"], {"minutes": 4, "count": 3})
        self.assertEqual(
            header["preferred"],
            {"channel": "email", "count": 4, "total": 4, "sureness": "high"},
        )
        self.assertEqual(
            header["hours"],
            {"start": 8, "end": 11, "count": 4, "total": 4, "sureness": "high"},
        )
        self.assertEqual(
            header["planned"],
            {"date": "2026-03-12", "summary": "Call back", "user": "North"},
        )
        # The ways to turn to somebody are the person's own, the rest is the company's.
        of_contact = self._header(partner=self.contact)
        self.assertEqual({**of_contact, "ways": header["ways"]}, header)

    def test_header_names_who_is_responsible_and_what_must_not_be_overlooked(self):
        self.customer.user_id = self.colleague_north
        self.env["mail.blacklist"].create({"email": self.contact.email})

        header = self._header(partner=self.contact)

        self.assertEqual(header["responsible"], "North2")
        codes = [notice["code"] for notice in header["notices"]]
        self.assertEqual(codes, ["email_blacklisted"])
        self.assertEqual(self._header()["notices"], [])

    def _ways(self, partner):
        ways = self._header(partner=partner)["ways"]
        return [(way["channel"], way["href"], way["barred"]) for way in ways]

    def test_header_shows_the_ways_to_turn_to_the_person(self):
        self.contact.write(
            {
                "country_id": self.env.ref("base.pl").id,
                "phone": "22 123-45-67 wew. 12, 601 234 567",
                "email": "Mary <Mary@Mill.example>",
            }
        )

        self.assertEqual(
            self._ways(self.contact),
            [
                ("call", "tel:+48221234567;ext=12", None),
                ("call", "tel:+48601234567", None),
                ("email", "mailto:mary@mill.example", None),
            ],
        )
        ways = self._header(partner=self.contact)["ways"]
        self.assertEqual(ways[0]["address"], "+48 22 123 45 67 ext. 12")

    def test_person_without_an_address_is_reached_at_the_company(self):
        self.customer.write({"phone": "+48 22 123 45 67", "email": False})
        self.contact.write({"phone": False, "email": False})

        self.assertEqual(self._ways(self.contact), [("call", "tel:+48221234567", None)])
        (way,) = self._header(partner=self.contact)["ways"]
        self.assertEqual(way["partner_id"], self.customer.id)

    def test_way_that_the_customer_refused_is_barred(self):
        self.contact.write({"phone": "+48 22 123 45 67", "email": "m@mill.example"})
        self.env["contact.consent"].create(
            {
                "partner_id": self.contact.id,
                "company_id": self.south.id,
                "channel": "call",
                "decision": "refused",
                "date": NOW,
            }
        )

        self.assertEqual(
            self._ways(self.contact),
            [
                ("call", "tel:+48221234567", "refused"),
                ("email", "mailto:m@mill.example", None),
            ],
        )

    def test_header_tells_nothing_of_other_branches_and_confidential_contacts(self):
        self._secret(direction="incoming")
        self._ask(is_confidential=True, user_id=self.colleague_north.id)

        header = self._header()

        self.assertIsNone(header["last"]["incoming"])
        self.assertIsNone(header["waiting"])
        self.assertIsNone(header["preferred"])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_customer_and_log_one_may_not_read_have_no_header(self):
        self.customer.company_id = self.south
        with self.assertRaises(AccessError):
            self._header()

        self.customer.company_id = False
        self.user_north.group_ids = self.env.ref("base.group_user")
        with self.assertRaises(AccessError):
            self._header()

    def _subjects(self, **filters):
        return {entry["subject"] for entry in self._entries(filters=filters)}

    def test_words_are_found_in_subject_text_note_and_address(self):
        self._log(subject="Price list")
        self._log(subject="a", preview="about the PRICE of it")
        self._log(subject="b", note="price 100 %")
        self._log(subject="c", address="price@mill.example")
        self._log(subject="d")

        self.assertEqual(self._subjects(text="price"), {"Price list", "a", "b", "c"})
        self.assertEqual(self._subjects(text="100 %"), {"b"})

    def test_words_find_nothing_that_another_branch_does_not_show(self):
        self._secret()
        for level, count in (("metadata", 0), ("subject", 0), ("content", 1)):
            self.south.contact_history_level = level
            found = self._entries(filters={"text": "SECRET"})
            self.assertEqual(len(found), count, level)

    def test_unanswered_shows_what_waits(self):
        self._ask(minutes_ago=50, subject="old")
        self._answer(minutes_ago=40, subject="answer")
        self.assertEqual(self._subjects(unanswered=True), set())

        self._ask(minutes_ago=30, subject="first")
        self._ask(minutes_ago=20, subject="second")
        self._ask(minutes_ago=10, subject="robot", is_automatic=True)
        self._secret(direction="incoming")

        self.assertEqual(self._subjects(unanswered=True), {"first", "second"})

    def test_header_costs_a_fixed_number_of_queries(self):
        partner = self.customer.with_user(self.user_north)
        # What Odoo keeps of rights and rules is not what is counted.
        partner.contact_history_header()
        counts = []
        for _part in range(2):
            for minutes in range(5):
                self._ask(minutes_ago=minutes)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partner.contact_history_header()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])
        # Two are looks of addons that know the customer's other records, four ask for
        # each of two channels whether the customer may be contacted.
        self.assertLessEqual(counts[0], 22)

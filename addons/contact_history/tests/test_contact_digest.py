from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import NOW, ContactHistoryCase
from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactDigest(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.user_north.email = "north@example.com"
        cls.user_north.contact_digest = "weekly"
        cls._ask(minutes_ago=300)
        cls._answer(minutes_ago=290, user_id=cls.user_north.id)
        cls._secret(direction="incoming", minutes_ago=200)

    def _due(self):
        self.env.flush_all()
        users = self.env["res.users"]
        return users.search(users._contact_digest_due())

    def _send(self):
        before = self.env["mail.mail"].search([]).ids
        self.env.flush_all()
        self.user_north._send_contact_digest()
        return self.env["mail.mail"].search([("id", "not in", before)])

    def test_mail_has_the_figures_of_ones_own_branches(self):
        self._ask(minutes_ago=120, user_id=self.user_north.id)
        mail = self._send()

        self.assertEqual(mail.email_to, self.user_north.email_formatted)
        self.assertIn("10 min", mail.body_html)
        self.assertIn("Mary Mill", mail.body_html)
        self.assertNotIn("SECRET", mail.body_html)
        self.assertIn(self.user_north._contact_digest_url(), mail.body_html)
        self.assertIn("List-Unsubscribe", mail.headers)

    def test_mail_is_no_contact(self):
        before = self.env["contact.interaction"].search_count([])
        self._send()

        self.assertEqual(self.env["contact.interaction"].search_count([]), before)

    def test_it_comes_once_a_period(self):
        self.assertIn(self.user_north, self._due())
        self._send()
        self.assertNotIn(self.user_north, self._due())

        with freeze_time(NOW + timedelta(days=7)):
            self.assertIn(self.user_north, self._due())
            self.user_north.contact_digest = "monthly"
            self.assertNotIn(self.user_north, self._due())

    def test_who_lost_access_gets_nothing(self):
        self.user_north.group_ids = self.env.ref("base.group_user")

        self.assertFalse(self._send())

    def test_nobody_gets_it_unasked(self):
        self.assertEqual(self.colleague_north.contact_digest, "off")

    def test_everybody_switches_it_on_for_oneself(self):
        self.colleague_north.with_user(self.colleague_north).contact_digest = "monthly"

        self.assertIn(self.colleague_north, self._due())


@tagged("post_install", "-at_install")
class TestContactDigestSwitch(HttpCase, ContactHistoryCase):
    def test_off_switch_asks_first_and_then_switches_off(self):
        self.user_north.contact_digest = "weekly"
        address = self.user_north._contact_digest_url()
        path = address[address.index("/contact_history") :]
        self.assertIn("Switch this mail off", self.url_open(path).text)
        self.assertEqual(self.user_north.contact_digest, "weekly")

        self.url_open(path, data={"List-Unsubscribe": "One-Click"})

        self.user_north.invalidate_recordset()
        self.assertEqual(self.user_north.contact_digest, "off")
        self.assertEqual(self.url_open(path[:-1] + "x").status_code, 404)

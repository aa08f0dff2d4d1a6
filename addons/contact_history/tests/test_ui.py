from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineTour(HttpCase, ContactHistoryCase):
    """The page in a real browser, as a salesperson of one of two branches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._log(
            subject="Own subject",
            direction="outgoing",
            user_id=cls.user_north.id,
        )
        cls._secret(direction="incoming", minutes_ago=30)

    def _start(self, tour, user):
        self.start_tour(f"/odoo/contacts/{self.customer.id}", tour, login=user.login)

    def test_timeline_of_a_customer_of_two_branches(self):
        self._start("contact_history_timeline", self.user_north)

        logged = self.env["contact.interaction"].search(
            [("subject", "=", "Logged in the tour")]
        )
        self.assertEqual(logged.user_id, self.user_north)
        self.assertEqual(logged.company_id, self.north)
        self.assertEqual(logged.partner_id, self.customer)

    def test_top_threads_pins_robots_and_full_screen(self):
        self._log(subject="Agreement", minutes_ago=60 * 24 * 300)
        self._log(subject="Re: Own subject", minutes_ago=60)
        self._log(subject="Out of office", is_automatic=True, minutes_ago=5)
        self.contact.activity_schedule(
            "mail.mail_activity_data_call",
            summary="Call Mary",
            user_id=self.user_north.id,
        )

        self._start("contact_history_timeline_ways", self.user_north)

        pinned = self.env["contact.interaction"].search([("is_pinned", "=", True)])
        self.assertEqual(pinned.mapped("subject"), ["Agreement"])
        self.assertEqual(pinned.pinned_user_id, self.user_north)
        settings = self.user_north.res_users_settings_ids
        self.assertTrue(settings.contact_history_filters["system"])

    def test_employee_without_access_has_no_page(self):
        self.user_north.group_ids = self.env.ref("base.group_user")

        self._start("contact_history_no_access", self.user_north)


@tagged("post_install", "-at_install")
class TestTimelineNarrow(HttpCase, ContactHistoryCase):
    """The same on a telephone."""

    browser_size = "400x800"
    touch_enabled = True

    def test_history_on_a_telephone(self):
        self._log(
            subject="Own subject",
            direction="outgoing",
            user_id=self.user_north.id,
        )

        self.start_tour(
            f"/odoo/contact-history?active_id={self.customer.id}",
            "contact_history_narrow",
            login=self.user_north.login,
        )

        logged = self.env["contact.interaction"].search(
            [("subject", "=", "On the way")]
        )
        self.assertEqual(logged.partner_id, self.customer)

    def test_who_waits_can_be_dealt_with_on_a_telephone(self):
        question = self._log(
            partner_id=self.customer.id,
            subject="How much?",
            direction="incoming",
            user_id=self.user_north.id,
        )

        self.start_tour(
            "/odoo/waiting-for-us",
            "contact_history_waiting_narrow",
            login=self.user_north.login,
        )

        self.assertTrue(question.needs_no_answer)

    def test_unknown_number_can_be_assigned_on_a_telephone(self):
        self._log(
            partner_id=False,
            address="+48 22 555 01 01",
            channel="call",
            direction="incoming",
            state="missed",
        )

        self.start_tour(
            "/odoo/unassigned-contacts",
            "contact_history_unassigned_narrow",
            login=self.user_north.login,
        )


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    def test_unit_tests_of_the_client(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._suite('@contact_history')}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )

    def _suite(self, name):
        """Return how Hoot calls a suite in its address: a 32 bit hash of its name."""
        value = 0
        for character in name:
            value = ((value << 5) - value + ord(character)) & 0xFFFFFFFF
        return f"{value:08x}"

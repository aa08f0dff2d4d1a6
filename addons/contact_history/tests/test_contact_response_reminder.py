from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW
from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactResponseReminder(ResponseCase):
    """E-mails have an hour, half of it is the time to remind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.north.write(
            {
                "contact_response_reminder": "soon",
                "contact_response_escalation": 30,
                "contact_response_user_id": cls.manager_north.id,
            }
        )

    def _run(self):
        self.env.flush_all()
        self.turns._remind(self.north.sudo())
        self.turns._escalate(self.north.sudo())

    def _activities(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("automated", "=", True)]
        )

    def test_due_soon_is_reminded_of_once(self):
        self._ask(minutes_ago=20, user_id=self.user_north.id)
        self._run()
        self.assertFalse(self._activities(self.user_north))

        with freeze_time("2026-03-10 12:15:00"):
            self._run()
            self._run()

        activity = self._activities(self.user_north)
        self.assertEqual(activity.summary, "Due soon: answer Mill GmbH, Mary Mill")
        self.assertIn("E-mail", activity.note)

    def test_late_only_where_the_branch_wants_it_so(self):
        self.north.contact_response_reminder = "late"
        self._ask(minutes_ago=45, user_id=self.user_north.id)
        self._run()
        self.assertFalse(self._activities(self.user_north))

        with freeze_time("2026-03-10 12:20:00"):
            self._run()

        summary = self._activities(self.user_north).summary
        self.assertTrue(summary.startswith("Late:"))

    def test_answer_takes_the_reminder_back(self):
        self._ask(minutes_ago=50, user_id=self.user_north.id)
        self._run()
        self.assertTrue(self._activities(self.user_north))

        self._answer(user_id=self.colleague_north.id)

        self.assertFalse(self._activities(self.user_north))

    def test_needs_no_answer_takes_the_reminder_back(self):
        question = self._ask(minutes_ago=50, user_id=self.user_north.id)
        self._run()

        question.with_user(self.user_north).action_needs_no_answer()

        self.assertFalse(self._activities(self.user_north))

    def test_late_for_too_long_goes_to_who_leads(self):
        self._ask(minutes_ago=80, user_id=self.user_north.id)
        self._run()
        self.assertFalse(self._activities(self.manager_north))

        with freeze_time("2026-03-10 12:15:00"):
            self._run()
            self._run()

        activity = self._activities(self.manager_north)
        self.assertEqual(
            activity.summary, "Nobody answers Mill GmbH, Mary Mill (North)"
        )

    def test_nobody_is_chased_at_night(self):
        # 15:30 in Warsaw: due at 8:30 the next morning.
        self.env.cr.precommit.run()
        with freeze_time("2026-03-10 14:30:00"):
            self._ask(minutes_ago=-150, user_id=self.user_north.id)
            self._run()
        with freeze_time("2026-03-10 22:00:00"):
            self.north.contact_response_reminder = "late"
            self._run()
            self.assertFalse(self._activities(self.user_north))
        with freeze_time("2026-03-11 07:31:00"):
            self._run()
            self.assertTrue(self._activities(self.user_north))

    def test_what_nobody_is_responsible_for_goes_to_the_named_person(self):
        self._ask(minutes_ago=50)
        self._run()

        self.assertEqual(len(self._activities(self.manager_north)), 1)

    def test_unknown_sender_is_not_forgotten(self):
        self._ask(minutes_ago=50, partner_id=False, address="new@example.com")
        self._run()

        self.assertIn("new@example.com", self._activities(self.manager_north).summary)

    def test_old_mails_remind_nobody(self):
        self._ask(minutes_ago=3 * 24 * 60, user_id=self.user_north.id)
        self._run()

        self.assertFalse(self._activities(self.user_north))

    def test_reminder_is_for_the_reminded_only(self):
        self._ask(minutes_ago=50, user_id=self.user_north.id)
        self._run()
        activity = self._activities(self.user_north)

        def sees(user):
            return bool(activity.with_user(user).search([("id", "=", activity.id)]))

        self.assertTrue(sees(self.user_north))
        self.assertFalse(sees(self.user_south))

    def test_confidential_contact_is_escalated_to_who_may_know(self):
        self.north.contact_response_user_id = self.colleague_north
        self._ask(minutes_ago=110, user_id=self.user_north.id, is_confidential=True)
        self._run()

        self.assertTrue(self._activities(self.user_north))
        self.assertFalse(self._activities(self.colleague_north))

    def test_switched_off_by_default(self):
        self.assertEqual(self.south.contact_response_reminder, "off")

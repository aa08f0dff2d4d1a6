from datetime import timedelta

from odoo.tests import tagged

from .common_mail import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureActivity(CaptureCase):
    """Finished activities are contacts, when their type says so."""

    def _finish(self, xmlid, record=None, **values):
        activity = (
            (record or self.contact)
            .with_user(self.user_north)
            .activity_schedule(xmlid, user_id=self.user_north.id, **values)
        )
        activity.action_feedback(feedback="He takes two")
        return self._interactions()

    def test_finished_call_is_a_contact(self):
        self.contact.phone = "+48 22 123 45 67"

        found = self._finish("mail.mail_activity_data_call", summary="Ask again")

        self.assertEqual(len(found), 1)
        self.assertEqual((found.channel, found.direction), ("call", "outgoing"))
        self.assertEqual(found.partner_id, self.contact)
        self.assertEqual(found.user_id, self.user_north)
        self.assertEqual(found.company_id, self.north)
        self.assertEqual(found.address_normalized, "+48221234567")
        self.assertIn("Ask again", found.preview)
        self.assertIn("He takes two", found.preview)
        self.assertEqual(found.res_id, self.contact.id)

    def test_finished_call_answers_who_was_waiting(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        # before the letter, whose date is March: later it would count as the answer
        self._interactions().occurred_at -= timedelta(days=365)
        self._receive("mary@mill.example", answer_to=sent)
        waits = [("commercial_partner_id", "=", self.customer.id)]
        turn = self.env["contact.response"].search(waits)
        self.assertEqual(turn.state, "waiting")

        self._finish("mail.mail_activity_data_call")

        self.assertEqual(turn.state, "answered")

    def test_work_within_the_house_is_no_contact(self):
        for xmlid in ("todo", "email", "upload_document"):
            self._finish(f"mail.mail_activity_data_{xmlid}")

        self.assertFalse(self._interactions())

    def test_admin_decides_what_a_type_is(self):
        visit = self.env["mail.activity.type"].create(
            {"name": "Visit", "contact_history_channel": "visit"}
        )
        self.contact.with_user(self.user_north).activity_schedule(
            activity_type_id=visit.id, user_id=self.user_north.id
        ).action_feedback()

        self.assertEqual(self._interactions().channel, "visit")

    def test_activity_on_a_colleague_is_no_contact(self):
        self._finish("mail.mail_activity_data_call", self.colleague_north.partner_id)

        self.assertFalse(self._interactions())

    def test_meeting_is_left_to_the_calendar(self):
        if "calendar.event" not in self.env:
            self._finish("mail.mail_activity_data_meeting")
            self.assertEqual(self._interactions().channel, "meeting")
            return

        self._finish("mail.mail_activity_data_meeting")

        self.assertFalse(self._interactions())

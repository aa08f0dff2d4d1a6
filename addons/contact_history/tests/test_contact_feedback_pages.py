from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactFeedbackPages(HttpCase, ContactHistoryCase):
    """What the customer does, without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._log(
            occurred_at=fields.Datetime.now() - timedelta(hours=3),
            channel="call",
            direction="incoming",
            state="answered",
            user_id=cls.user_north.id,
        )
        cls.call.with_user(cls.user_north).action_ask_feedback()
        cls.feedback = cls.call.feedback_ids
        cls.token = cls.feedback.sudo().rating_ids.access_token

    def _post(self, url, **data):
        self.authenticate(None, None)
        return self.url_open(url, data={"csrf_token": Request.csrf_token(self), **data})

    def test_click_on_a_smiley_and_a_word(self):
        page = self.url_open(f"/rate/{self.token}/1")
        self.assertEqual(page.status_code, 200)
        # A program that looks at links must not answer for the customer.
        self.assertFalse(self.feedback.answered_at)

        self._post(f"/rate/{self.token}/submit_feedback", rate=1, feedback="Too slow")

        self.feedback.invalidate_recordset()
        self.assertEqual(self.feedback.mark_text, "ko")
        self.assertEqual(self.feedback.comment, "Too slow")

    def test_off_switch_asks_first_and_then_switches_off(self):
        address = self.feedback._refusal_url()
        path = address[address.index("/contact_history") :]
        page = self.url_open(path)
        self.assertIn("Do not ask me again", page.text)
        partner = self.contact.with_company(self.north)
        self.assertTrue(partner._may_contact("email", "feedback"))

        self._post(path)
        self._post(path)

        self.env.invalidate_all()
        self.assertFalse(partner._may_contact("email", "feedback"))
        self.assertTrue(partner._may_contact("email", "service"))
        self.assertEqual(len(partner.sudo().contact_consent_ids), 1)
        self.assertEqual(self.url_open(path[:-1] + "x").status_code, 404)

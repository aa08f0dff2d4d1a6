from odoo import fields
from odoo.tests import tagged

from .common_privacy import PrivacyCase


@tagged("post_install", "-at_install")
class TestContactFeedbackPrivacy(PrivacyCase):
    """What somebody said of a contact is handed out, and forgotten on request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._log(
            channel="call",
            direction="incoming",
            state="answered",
            occurred_at=fields.Datetime.now(),
            user_id=cls.user_north.id,
        )
        cls.call.with_user(cls.user_north).action_ask_feedback()
        cls.feedback = cls.call.feedback_ids
        cls.feedback.rating_apply(
            1, rating=cls.feedback.rating_ids, feedback="SECRET words"
        )

    def test_it_is_handed_out(self):
        rows = self._json(self._ask())["feedback"]

        self.assertEqual([row["comment"] for row in rows], ["SECRET words"])
        self.assertEqual(rows[0]["mark"], "Unhappy")

    def test_words_go_and_the_mark_stays(self):
        self._erase().action_erase()
        self.env.invalidate_all()

        self.assertFalse(self.feedback.comment)
        self.assertFalse(self.feedback.partner_id)
        self.assertEqual(self.feedback.mark, 1)
        self.assertFalse(self.feedback.rating_ids)
        self.assertFalse(self.feedback.message_ids)

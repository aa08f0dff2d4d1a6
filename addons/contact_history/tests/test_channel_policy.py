from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestChannelPolicy(ContactHistoryCase):
    """A branch shows more, or less, of one channel than of the others."""

    def _policy(self, **values):
        return self.env["contact.channel.policy"].create(
            {"company_id": self.south.id, "channel": "email", **values}
        )

    def test_level_of_the_channel_counts_before_that_of_the_branch(self):
        self.south.contact_history_level = "content"
        self._policy(level="existence")
        self._secret(channel="email")
        self._secret(channel="call", minutes_ago=1)

        mail, call = self._entries()

        self.assertEqual((mail["level"], call["level"]), ("existence", "content"))
        self.assertNotIn("SECRET", str(mail))
        self.assertIsNone(mail["channel"])
        self.assertIn("SECRET", str(call))

    def test_more_of_one_channel_is_logged_and_less_of_the_others_stays(self):
        self._policy(level="subject")
        shown = self._secret(channel="email")
        self._secret(channel="call", minutes_ago=1)

        mail, call = self._entries()

        self.assertEqual((mail["level"], call["level"]), ("subject", "metadata"))
        logged = self.env["contact.disclosure"].search(
            [("user_id", "=", self.user_north.id)]
        )
        self.assertEqual((logged.res_id, logged.level), (shown.id, "subject"))

    def test_filters_do_not_tell_what_the_channel_hides(self):
        self.south.contact_history_level = "content"
        self._policy(level="existence")
        self._secret(channel="email")
        for filters in (
            {"channels": ["email"]},
            {"directions": ["incoming"]},
            {"text": "SECRET"},
        ):
            with self.subTest(filters=filters):
                self.assertFalse(self._entries(filters=filters))

    def test_line_for_all_branches_and_an_empty_level(self):
        self._policy(company_id=False, level="existence")
        self._policy(level=False)
        self._secret(channel="email")

        self.assertEqual(self._entries()[0]["level"], "metadata")

    def test_confidential_stays_home_whatever_the_channel_shows(self):
        self._policy(level="content")
        self._secret(channel="email", is_confidential=True)

        self.assertFalse(self._entries())

    def test_page_costs_no_query_more_for_each_line(self):
        for channel in ("email", "call", "sms", "chat", "letter"):
            self._secret(channel=channel)
        self._entries()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._entries()
        without = self.env.cr.sql_log_count - before
        for channel in ("email", "call", "sms", "chat", "letter"):
            self._policy(channel=channel, level="existence")
        # What Odoo keeps in memory is read again after such a change, once.
        self._entries()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._entries()

        self.assertLessEqual(self.env.cr.sql_log_count - before, without)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_users_do_not_set_what_others_see(self):
        policy = self._policy()
        for user in (self.user_south, self.user_north):
            with self.assertRaises(AccessError):
                policy.with_user(user).write({"level": "content"})
            with self.assertRaises(AccessError):
                policy.with_user(user).read(["level"])

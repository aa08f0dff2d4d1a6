from datetime import timedelta

from odoo.tests import tagged

from .common import NOW
from .test_contact_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestInsightJobs(FollowupCase):
    """The jobs as Odoo calls them: running them twice does nothing twice."""

    def setUp(self):
        super().setUp()
        self.patch(
            type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 100
        )

    def _run(self, name):
        cron = self.env.ref(f"contact_history.ir_cron_{name}")
        for _time in range(2):
            self.env.flush_all()
            cron.ir_actions_server_id.with_user(cron.user_id).run()

    def test_followups_are_planned(self):
        partner = self._new_customer("Silent")

        self._run("contact_followup_plan")

        self.assertEqual(len(self._activities(partner)), 1)

    def test_customers_are_asked(self):
        self.env["contact.feedback.rule"].create(
            {
                "channel": "call",
                "active": True,
                "company_id": self.north.id,
                "started_at": NOW - timedelta(days=2),
            }
        )
        call = self._log(minutes_ago=200, channel="call", state="answered")

        self._run("contact_feedback_ask")

        self.assertEqual(len(call.feedback_ids), 1)

    def test_who_has_to_answer_is_reminded(self):
        self.north.contact_response_reminder = "late"
        self._ask(minutes_ago=90, user_id=self.user_north.id)

        self._run("contact_response_remind")

        turn = self._turns(state="waiting")
        self.assertEqual(turn.reminder_ids.user_id, self.user_north)
        self.assertEqual(len(turn.reminder_ids), 1)

    def test_figures_are_mailed(self):
        self.user_north.write(
            {"contact_digest": "weekly", "email": "north@example.com"}
        )

        self._run("res_users_contact_digest")

        mails = self.env["mail.mail"].search(
            [("email_to", "=", self.user_north.email_formatted)]
        )
        self.assertEqual(len(mails), 1)
        self.assertEqual(self.user_north.contact_digest_at, NOW)

import logging
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_mail import CaptureCase

FEED = "contact.history.feed.message"


class BackfillCase(CaptureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jobs = cls.env["contact.history.backfill"]
        # The one that installation has started.
        cls.jobs.search([]).unlink()
        cls.log = cls.env["contact.interaction"]

    def _forget(self):
        """Put the log back to where it was before the addon."""
        self.log.search([]).unlink()
        self.env.flush_all()

    def _facts(self):
        names = (
            "external_id",
            "partner_id",
            "channel",
            "direction",
            "occurred_at",
            "user_id",
            "company_id",
            "subject",
            "preview",
            "is_automatic",
            "certainty",
        )
        return {
            tuple(
                row[name].id if row._fields[name].type == "many2one" else row[name]
                for name in names
            )
            for row in self.log.search([])
        }

    def _run(self, jobs, batch=50):
        pairing = self.env["contact.response.pairing"]
        while job := self.jobs._next_job():
            job._read_batch(batch)
            while self.log.search([("is_pairing_due", "=", True)], limit=1):
                due = self.log.search([("is_pairing_due", "=", True)])
                pairing._pair(due._clock_spans(), due, is_changed=True)
                due.is_pairing_due = False
        return jobs


@tagged("post_install", "-at_install")
class TestBackfill(BackfillCase):
    def _correspond(self):
        """Write and receive what a customer relation consists of."""
        sent = self._compose(
            self.contact, partner_ids=self.contact, subject="Price list"
        )
        self._receive("mary@mill.example", answer_to=sent)
        self._receive(
            "mary@mill.example", answer_to=sent, subject="Automatic reply: away"
        )
        self._receive("Helper <helper@elsewhere.example>", answer_to=sent)
        self.portal_user.partner_id.with_user(self.portal_user).sudo().message_post(
            body="When does it come?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.portal_user.partner_id.id,
        )
        self.env["mail.mail"].create(
            {
                "recipient_ids": [Command.set(self.contact.ids)],
                "author_id": self.user_north.partner_id.id,
                "subject": "On its own",
                "auto_delete": False,
            }
        )
        self._finish_a_call()
        self.contact.message_post(body="A note for colleagues")
        return sent

    def _finish_a_call(self):
        activity = self.contact.with_user(self.user_north).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.user_north.id
        )
        activity.action_feedback(feedback="Agreed on Monday")

    def test_what_was_there_before_is_found_as_if_it_were_captured_live(self):
        self._forget()
        self._correspond()
        live = self._facts()
        self._forget()

        jobs = self._run(self.jobs._start())

        self.assertEqual(len(live), 7)
        self.assertEqual(self._facts(), live)
        self.assertEqual(set(jobs.mapped("state")), {"done"})
        self.assertEqual(set(jobs.mapped("progress")), {100})
        self.assertEqual(sum(jobs.mapped("recorded_count")), 7)
        self.assertEqual(
            sum(jobs.mapped("looked_count")), sum(jobs.mapped("total_count"))
        )

    def test_what_was_captured_live_is_not_found_again(self):
        self._forget()
        self._correspond()

        jobs = self._run(self.jobs._start())
        again = self._run(self.jobs._start())

        self.assertEqual(len(self.log.search([])), 7)
        self.assertFalse(any((jobs | again).mapped("recorded_count")))
        self.assertFalse(jobs & again)

    def test_interrupted_reading_goes_on_where_it_was(self):
        self._correspond()
        self._forget()
        jobs = self.jobs._start()
        letters = jobs.filtered(lambda job: job.feed == "message")
        for job in jobs - letters:
            job.state = "done"

        letters._read_batch(2)
        self.assertEqual((letters.state, letters.looked_count), ("running", 2))
        self.assertTrue(0 < letters.progress < 100)
        self.assertIn(letters, self.jobs._start())
        first = letters.last_id
        self._run(letters, batch=2)

        self.assertGreater(letters.last_id, first)
        self.assertEqual(letters.looked_count, letters.total_count)
        self.assertGreaterEqual(letters.recorded_count, 4)

    def test_nobody_is_mailed(self):
        self._correspond()
        self._forget()
        counted = ("mail.mail", "mail.message", "mail.notification", "mail.activity")
        before = {name: self.env[name].search_count([]) for name in counted}

        with self.mock_mail_gateway():
            self._run(self.jobs._start())

        self.assertTrue(self.log.search([]))
        self.assertFalse(self._new_mails)
        self.assertFalse(self._mails)
        self.assertEqual(
            {name: self.env[name].search_count([]) for name in counted}, before
        )

    def test_response_times_are_measured_afterwards(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        self._receive("mary@mill.example", answer_to=sent)
        question = self._interactions(direction="incoming").message_id
        answer = self._compose(self.contact, partner_ids=self.contact)
        answer.date = question.date + timedelta(minutes=10)
        self._forget()

        self._run(self.jobs._start())

        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(turn.wall_seconds, 600)

    def test_question_of_long_ago_is_waited_for_no_more(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        self._receive("mary@mill.example", answer_to=sent)
        installed = self.jobs._installed_at()
        message = self._interactions(direction="incoming").message_id
        waits = [("answered_at", "=", False)]
        waits.append(("commercial_partner_id", "=", self.customer.id))
        for days, expected in ((8, 0), (1, 1)):
            self._forget()
            sent.date = installed - timedelta(days=days + 1)
            message.date = installed - timedelta(days=days)
            self._run(self.jobs._start())
            found = self.env["contact.response"].search_count(waits)
            self.assertEqual(found, expected, f"{days} days before")
        self.assertFalse(self.log.search([("no_answer_user_id", "!=", False)]))

    def test_letter_that_cannot_be_read_stops_no_other(self):
        self._correspond()
        self._forget()
        bad = self.env["mail.message"].search(
            [("email_from", "ilike", "helper@elsewhere.example")]
        )
        recorder = type(self.env["contact.history.recorder"])
        preview = recorder._preview

        def break_on_bad(recorder, message):
            if message.id == bad.id:
                raise RuntimeError("no text at all")
            return preview(recorder, message)

        self.patch(recorder, "_preview", break_on_bad)
        logger = "odoo.addons.contact_history.models.contact_history_backfill"
        with self.assertLogs(logger, logging.WARNING):
            jobs = self._run(self.jobs._start())

        self.assertEqual(sum(jobs.mapped("problem_count")), 1)
        self.assertIn(f"mail.message,{bad.id}", jobs.mapped("problems"))
        self.assertEqual(len(self.log.search([])), 6)

    def test_cancelled_reading_stops_and_can_be_started_again(self):
        self._correspond()
        self._forget()
        admin = self.env.ref("base.user_admin")
        jobs = self.jobs._start()
        job = self.jobs._next_job()
        job._read_batch(1)

        jobs.with_user(admin).action_cancel()

        self.assertEqual(set(jobs.mapped("state")), {"cancelled"})
        self.assertFalse(self.jobs._next_job())
        action = (
            self.env["res.config.settings"]
            .with_user(admin)
            .create({})
            .action_contact_history_backfill()
        )
        self.assertEqual(action["res_model"], "contact.history.backfill")
        self._run(self.jobs)
        self.assertEqual(len(self.log.search([])), 7)

    def test_job_works_on_all_feeds(self):
        self._correspond()
        self._forget()
        jobs = self.jobs._start()
        self.env.flush_all()

        with self.enter_registry_test_mode():
            self.env.ref(
                "contact_history.ir_cron_contact_history_backfill"
            ).method_direct_trigger()

        self.env.invalidate_all()
        self.assertEqual(set(jobs.mapped("state")) - {"done", "waiting"}, set())
        self.assertEqual(len(self.log.search([])), 7)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_administrators_start_see_or_cancel_it(self):
        jobs = self.jobs._start()
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                self.jobs.with_user(user).action_start()
            with self.assertRaises(AccessError):
                jobs.with_user(user).action_cancel()
            with self.assertRaises(AccessError):
                jobs.with_user(user).read(["feed"])

    def test_every_feed_has_a_name_and_a_place(self):
        feeds = self.env["contact.history.feed"]._get_feeds()

        codes = [feed._feed_code for feed in feeds]
        self.assertLess(codes.index("delivery"), codes.index("message"))
        self.assertEqual(codes[-1], "waiting")
        self.assertTrue(all(feed._feed_name() for feed in feeds))
        self.assertEqual(len(codes), len(set(codes)))

    def test_time_of_installation_is_known(self):
        self.assertLess(self.jobs._installed_at(), fields.Datetime.now())

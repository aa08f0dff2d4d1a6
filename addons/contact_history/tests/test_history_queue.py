from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_mail import CaptureCase

QUEUE = "odoo.addons.contact_history.models.contact_history_queue"


@tagged("post_install", "-at_install", "mail_flow")
class TestHistoryQueue(CaptureCase):
    """A mail is noted when posted, and recorded once, whatever happens between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["contact.history.queue"]
        cls.queue.search([]).unlink()
        cls.cron = cls.env.ref("contact_history.ir_cron_contact_history_queue")

    def _run_job(self):
        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", lambda *a, **k: 100
        ):
            self.queue._cron_record()

    def _rows(self):
        """Return what is recorded, by SQL: searching would record it."""
        self.env.flush_all()
        self.cr.execute(
            "SELECT count(*) FROM contact_interaction WHERE origin = 'mail.message' "
            "AND commercial_partner_id = %s",
            [self.customer.id],
        )
        return self.cr.fetchone()[0]

    def _post(self):
        return self._compose(
            self.contact, subject="Price list", partner_ids=self.contact
        )

    def test_posting_notes_the_mail_and_wakes_the_job(self):
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        triggers.unlink()
        self._post()
        waiting = self._committed()

        self.assertEqual(waiting.mapped("kind"), ["delivery"])
        self.assertFalse(self._rows())
        self.assertTrue(triggers.search([("cron_id", "=", self.cron.id)]))

    def test_job_records_as_the_sender_and_empties_the_queue(self):
        self._post()
        self._committed()
        self._run_job()

        row = self._interactions()
        self.assertEqual((row.partner_id, row.direction), (self.contact, "outgoing"))
        self.assertEqual(row.user_id, self.user_north)
        self.assertEqual(row.create_uid, self.user_north)
        self.assertEqual(row.company_id, self.north)
        self.assertFalse(self.queue.search([]))

    def test_answer_of_a_customer_starts_the_clock_when_it_is_recorded(self):
        sent = self._post()
        self._receive(self.contact.email, "<p>How much?</p>", answer_to=sent)
        self._committed()
        self._run_job()

        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        incoming = self._interactions(direction="incoming")
        self.assertEqual(turn.interaction_id, incoming)
        self.assertEqual(turn.started_at, incoming.message_id.date)
        self.assertEqual(incoming.company_id, self.north)

    def test_branch_of_the_posting_counts_and_not_the_one_of_the_job(self):
        portal = self.contact.with_user(self.portal_user).sudo()
        portal = portal.with_context(allowed_company_ids=self.south.ids)
        portal.message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.portal_user.partner_id.id,
        )
        self._committed()
        self._run_job()

        self.assertEqual(self._interactions().company_id, self.south)

    def test_many_mails_at_once_are_all_paired_and_told(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@many.example"} for n in range(60)]
        )
        for person in people:
            person.message_post(
                body="Hello",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
                author_id=person.id,
                email_from=person.email,
            )
        self._committed()
        news = self.env["bus.bus"].search([("message", "like", "contact_history.ch")])
        news.unlink()
        self._run_job()
        self.cr.flush()

        rows = self._interactions(direction="incoming")
        self.assertEqual(len(rows), 60)
        self.assertFalse(any(rows.mapped("is_pairing_due")))
        news = news.search([("message", "like", "contact_history.ch")])
        self.assertEqual(len(news), 60)

    def test_own_transaction_finds_what_it_posted(self):
        self._post()
        self.assertEqual(len(self._interactions()), 1)
        self.cr.flush()
        self.assertFalse(self.queue.search([]))

    def test_rolled_back_posting_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self._post()
            self.cr.flush()
            raise ZeroDivisionError

        self.cr.flush()
        self.assertFalse(self.queue.search([]))
        self.assertFalse(self._interactions())

    def test_reader_of_the_page_records_a_little_before_looking(self):
        self._post()
        self._committed()

        page = self._page()

        self.assertEqual(
            [entry["subject"] for entry in page["entries"]], ["Price list"]
        )
        self.assertFalse(page["problems"])
        self.assertFalse(self.queue.search([]))

    def test_reader_of_the_waiting_list_finds_the_customer_who_just_wrote(self):
        self._receive(self.contact.email, "<p>How much?</p>", answer_to=self._post())
        self._committed()

        found = (
            self.env["contact.response"]
            .with_user(self.user_north)
            .web_search_read(
                [("commercial_partner_id", "=", self.customer.id)], {"partner_id": {}}
            )
        )

        self.assertEqual(found["length"], 1)

    def test_reader_is_told_when_much_is_waiting(self):
        self._post()
        self._committed()
        with patch(f"{QUEUE}.FEW", 0):
            page = self._page()

        self.assertEqual(
            page["problems"],
            ["Contacts of the last minutes are still being recorded."],
        )
        self.assertTrue(self.queue.search([]))

    def test_reader_never_fails_when_the_job_was_faster(self):
        self._post()
        self._committed()
        clash = SerializationFailure("could not serialize access")
        with patch.object(
            self.env.registry["contact.history.recorder"], "_record", side_effect=clash
        ):
            page = self._page()

        self.assertTrue(page["problems"])
        self.assertEqual(len(self.queue.search([])), 1)

    def test_crash_of_the_job_leaves_the_queue_as_it_was(self):
        self._post()
        self._committed()
        clash = SerializationFailure("could not serialize access")
        with (
            patch.object(
                self.env.registry["contact.response.pairing"],
                "_is_awaited",
                side_effect=clash,
            ),
            self.assertRaises(SerializationFailure),
            self.cr.savepoint(),
        ):
            self._run_job()
        self.assertFalse(self._rows())

        self._run_job()
        self.assertEqual(len(self._interactions()), 1)

    def test_message_that_cannot_be_recorded_is_set_aside_and_tried_again(self):
        sent = self._post()
        bad = self._committed()
        self._receive(self.contact.email, "<p>How much?</p>", answer_to=sent)
        self._committed()

        def broken(*_args):
            raise KeyError("Mary Mill")

        with (
            patch.object(
                self.env.registry["contact.history.capture"],
                "_capture_notifications",
                broken,
            ),
            mute_logger(f"{QUEUE}_work"),
        ):
            self._run_job()
        self.assertEqual(bad.problem, "KeyError")
        self.assertEqual(self.queue.search([]), bad)
        self.assertEqual(self._interactions().direction, "incoming")

        bad.action_retry()
        self._run_job()
        self.assertFalse(bad.exists())
        self.assertEqual(len(self._interactions()), 2)

    def test_only_administrators_see_and_retry(self):
        self._post()
        rows = self._committed()
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                rows.with_user(user).action_retry()

    def test_mail_that_failed_before_it_was_recorded_reached_nobody(self):
        message = self._post()
        self._committed()
        notices = self.env["mail.notification"].search(
            [("mail_message_id", "=", message.id)]
        )
        notices.write({"notification_status": "bounce"})
        rows = self._committed()
        self.assertEqual(rows.mapped("kind"), ["delivery", "follow"])

        self._run_job()
        self.assertEqual(self._interactions().state, "failed")
        self.assertFalse(self.queue.search([]))

    def test_edited_message_shows_what_it_says_at_last(self):
        message = self._post()
        self._committed()
        message.body = "<p>Corrected</p>"
        self._committed()
        self._run_job()

        self.assertEqual(self._interactions().preview, "Corrected")

    def test_deleted_message_leaves_its_contact(self):
        message = self._post()
        self._committed()
        message.sudo().unlink()

        row = self._interactions()
        self.assertEqual(row.partner_id, self.contact)
        self.assertFalse(row.message_id)

    def test_deleted_customer_leaves_the_contact(self):
        self._post()
        self._committed()
        self.contact.unlink()

        self.assertEqual(len(self._interactions(subject="Price list")), 1)

    def test_finished_activity_is_recorded_at_once(self):
        activity = self.contact.activity_schedule("mail.mail_activity_data_call")
        activity.action_feedback("Talked")

        self.env.flush_all()
        self.cr.flush()
        self.assertEqual(self._rows(), 1)
        self.assertFalse(self.queue.search([]))

    def test_note_among_colleagues_is_not_even_noted(self):
        self.contact.with_user(self.user_north).message_post(body="Internal")
        self.cr.flush()

        self.assertFalse(self.queue.search([]))

    def test_posting_costs_one_query(self):
        def count(subject):
            self.cr.flush()
            message = self.contact.with_user(self.user_north)
            before = self.cr.sql_log_count
            with self.mock_mail_gateway():
                message.message_post(
                    body=subject,
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=self.contact.ids,
                )
            self.env.flush_all()
            half = self.cr.sql_log_count
            self.cr.precommit.run()
            return half - before, self.cr.sql_log_count - half

        count("warm")
        with patch.object(
            self.env.registry["contact.history.capture"], "_note_notifications"
        ):
            without, _none = count("without")
        posting, noting = count("with")

        self.assertEqual(posting, without)
        self.assertEqual(noting, 1)

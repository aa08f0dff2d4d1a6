from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

CRON = "contact_history.ir_cron_contact_history_queue"


@tagged("post_install", "-at_install", "mail_flow")
class TestHistoryQueueRace(BaseCase):
    """The queue in real transactions that commit, with the real scheduler."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._env() as env:
            env["contact.history.queue"].search([]).unlink()
            self.cron_id = env.ref(CRON).id
            self.customer_id = (
                env["res.partner"]
                .create({"name": "Queue race", "email": "queue@race.example"})
                .id
            )
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._env() as env:
            env["contact.history.queue"].search([]).unlink()
            log = env["contact.interaction"]
            log.search([("partner_id", "=", self.customer_id)]).unlink()
            customer = env["res.partner"].browse(self.customer_id)
            customer.message_ids.unlink()
            customer.unlink()

    @contextmanager
    def _env(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _post(self, env):
        """Post what the customer wrote, as the gateway does."""
        customer = env["res.partner"].browse(self.customer_id)
        return customer.message_post(
            body="How much?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=customer.id,
            email_from=customer.email,
        )

    def _count(self):
        """Return how many contacts there are, and how many wait."""
        with self._env() as env:
            contacts = env["contact.interaction"].search_count(
                [("partner_id", "=", self.customer_id)]
            )
            return contacts, env["contact.history.queue"].search_count([])

    def _run_scheduler(self):
        """Let Odoo's own scheduler run the job, with the commits that it makes."""
        with self.registry.cursor() as cr:
            self.registry["ir.cron"]._process_jobs_loop(cr, job_ids=[self.cron_id])

    def test_scheduler_finds_the_job_woken_and_records(self):
        self._run_scheduler()
        with self._env() as env:
            self._post(env)
        self.assertEqual(self._count(), (0, 1))

        with self.registry.cursor() as cr:
            ready = self.registry["ir.cron"]._get_all_ready_jobs(cr)
        self.assertIn(self.cron_id, [job["id"] for job in ready])
        self._run_scheduler()

        self.assertEqual(self._count(), (1, 0))

    def test_commit_tells_the_waiting_scheduler(self):
        with (
            patch.object(self.registry["ir.cron"], "_notifydb") as wake,
            self._env() as sender,
        ):
            self._post(sender)
            self._post(sender)
            self.assertFalse(wake.called)
            sender.cr.commit()
            self.assertEqual(wake.call_count, 1)

    def test_rolled_back_posting_leaves_nothing(self):
        with self._env() as sender:
            self._post(sender)
            sender.cr.flush()
            sender.cr.rollback()
            self._post(sender)
            sender.cr.commit()

        self.assertEqual(self._count(), (0, 1))

    def test_crash_after_the_commit_loses_nothing(self):
        with self._env() as env:
            self._post(env)

        class Crash(BaseException):
            """What ends a process in the middle."""

        def crash(*_args):
            raise Crash

        with (
            patch.object(self.registry["contact.interaction"], "_announce", crash),
            self.assertRaises(Crash),
            self._env() as env,
        ):
            env["contact.history.queue"]._cron_record()
        self.assertEqual(self._count(), (0, 1))

        self._run_scheduler()
        self.assertEqual(self._count(), (1, 0))

    def test_two_workers_never_do_the_same(self):
        with self._env() as env:
            self._post(env)
        with self._env() as first, self._env() as second:
            taken = first["contact.history.queue"]._take_next(10)
            self.assertEqual(len(taken), 1)
            self.assertFalse(second["contact.history.queue"]._take_next(10))
            taken._work()
            # The second one sees the row still, and leaves it alone.
            self.assertEqual(second["contact.history.queue"]._catch_up(), 1)

        self.assertEqual(self._count(), (1, 0))

    def test_reader_with_an_older_view_neither_fails_nor_doubles(self):
        with self._env() as env:
            self._post(env)
        with self._env() as reader:
            # The snapshot is taken now: the job's commit stays unseen.
            reader.cr.execute("SELECT 1")
            self._run_scheduler()
            with mute_logger("odoo.sql_db"):
                self.assertEqual(reader["contact.history.queue"]._catch_up(), 1)
            self.assertTrue(reader["res.partner"].browse(self.customer_id).name)

        self.assertEqual(self._count(), (1, 0))

    def test_change_while_the_job_records_comes_after_it(self):
        with self._env() as env:
            message_id = self._post(env).id
        with self._env() as job, self._env() as editor:
            editor.cr.execute("SELECT 1")
            job["contact.history.queue"]._take_next(10)._work()
            job.cr.commit()
            editor["mail.message"].browse(message_id).body = "<p>Two, please</p>"
            editor.cr.commit()

        self._run_scheduler()
        with self._env() as env:
            row = env["contact.interaction"].search(
                [("partner_id", "=", self.customer_id)]
            )
            self.assertEqual(row.preview, "Two, please")

    def test_stop_in_the_middle_goes_on_later(self):
        with self._env() as sender:
            for _number in range(5):
                self._post(sender)
        with (
            patch.object(self.registry["ir.cron"], "_commit_progress") as progress,
            self._env() as sender,
        ):
            progress.side_effect = lambda *_args, **_kwargs: sender.cr.commit() or 0
            sender["contact.history.queue"]._cron_record(batch=2)
        self.assertEqual(self._count(), (2, 3))

        self._run_scheduler()
        self.assertEqual(self._count(), (5, 0))

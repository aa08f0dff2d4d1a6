from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from .common import NOW
from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactResponseJob(ResponseCase):
    """What is not paired at once is paired by the job, and nothing is lost."""

    def test_large_batch_is_left_to_the_job(self):
        values = [
            {
                "partner_id": self.contact.id,
                "company_id": self.north.id,
                "channel": "email",
                "direction": ("incoming", "outgoing")[number % 2],
                "origin": "test",
                "occurred_at": NOW - timedelta(minutes=100 - number),
            }
            for number in range(60)
        ]
        rows = self.env["contact.interaction"].create(values)
        self.assertTrue(all(rows.mapped("is_pairing_due")))
        self.assertFalse(self._turns())

        self._run_job()

        self.assertEqual(len(self._turns(state="answered")), 30)
        self.assertFalse(any(rows.mapped("is_pairing_due")))

    def _run_job(self):
        pairing = self.env["contact.response.pairing"]
        progress = self.env["ir.cron"]
        self.patch(type(progress), "_commit_progress", lambda *args, **kwargs: 100)
        pairing._cron_pair()

    def test_job_closes_what_two_transactions_left_open(self):
        self._ask(minutes_ago=50)
        answer = self._answer(minutes_ago=40)
        # What is left when neither of two transactions saw the other's row.
        self._turns().write({"answer_id": False, "answered_at": False})

        self._run_job()

        self.assertEqual(self._turns().answer_id, answer)

    def test_clash_with_another_transaction_is_left_to_the_job(self):
        pairing = type(self.env["contact.response.pairing"])

        def clash(*_args, **_kwargs):
            raise SerializationFailure("could not serialize access")

        with patch.object(pairing, "_pair", clash):
            question = self._ask(minutes_ago=50)
        self.assertTrue(question.is_pairing_due)

        self._run_job()

        self.assertEqual(self._turns().interaction_id, question)

    def test_clash_of_the_contact_itself_is_not_swallowed(self):
        def clash(*_args, **_kwargs):
            raise SerializationFailure("could not serialize access")

        pairing = self.env["contact.response.pairing"]
        question = self._ask()
        with (
            self.assertRaises(SerializationFailure),
            patch.object(type(self.env), "flush_all", clash),
        ):
            pairing._pair_safely(question, {}, question, True)

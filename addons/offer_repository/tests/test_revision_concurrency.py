from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

# A whole company pressing "Send" in the same second: every one of these has its
# transaction open before the first one commits.
_WRITERS = 50
_SENDS = 1


@tagged("post_install", "-at_install")
class TestRevisionConcurrency(BaseCase):
    """Appends of several real transactions at once, committed and cleaned up after.

    A test's own transaction cannot show this: under REPEATABLE READ the trouble is
    what a transaction does not see of another one's commit.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # Odoo holds this lock while it runs tests; its own test mode does the same
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env.ref("base.main_company")
            self.company_id = company.id
            self.start = env["offer.revision"]._chain_head(company.id)
            offers = env["offer.offer"].create(
                [
                    {
                        "name": f"CONCURRENCY {number}",
                        "company_id": company.id,
                        "currency_id": company.currency_id.id,
                    }
                    for number in range(_WRITERS)
                ]
            )
            self.offer_ids = offers.ids
        self.addCleanup(self._delete_rows)

    def _delete_rows(self):
        with self.registry.cursor() as cr:
            for query in (
                "DELETE FROM offer_event WHERE offer_id IN %s",
                "UPDATE offer_offer SET current_revision_id = NULL WHERE id IN %s",
                "DELETE FROM offer_revision WHERE offer_id IN %s",
                "DELETE FROM offer_offer WHERE id IN %s",
            ):
                cr.execute(SQL(query, tuple(self.offer_ids)))

    def _snapshot(self, env, offer, amount):
        return {
            "content": {"totals": {"total": Decimal(amount)}},
            "people": {"customer.name": "Concurrency"},
            "revision": {
                "currency_id": offer.currency_id.id,
                "amount_total": amount,
            },
            "lines": [],
        }

    def _send(self, offer_id, barrier):
        """Append in transactions whose snapshots were all taken before any commit."""
        for amount in range(1, _SENDS + 1):
            with self.registry.cursor() as cr:
                cr.execute("SELECT 1")  # takes the snapshot
                barrier.wait(timeout=60)
                env = api.Environment(cr, SUPERUSER_ID, {})
                self._archive_once(env, offer_id, amount)
                # the same again makes an event, in a chain of its own
                self._archive_once(env, offer_id, amount)

    def test_concurrent_sends_all_succeed_without_gap_or_fork(self):
        barrier = Barrier(_WRITERS)

        with ThreadPoolExecutor(_WRITERS) as pool:
            jobs = [
                pool.submit(self._send, offer_id, barrier)
                for offer_id in self.offer_ids
            ]
            for job in jobs:
                job.result(timeout=120)

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            revisions = env["offer.revision"].search(
                [("offer_id", "in", self.offer_ids)], order="chain_seq"
            )
            first = self.start[0] + 1
            self.assertEqual(
                revisions.mapped("chain_seq"),
                list(range(first, first + _WRITERS * _SENDS)),
            )
            events = env["offer.event"].search(
                [("offer_id", "in", self.offer_ids)], order="chain_seq"
            )
            self.assertEqual(len(events), _WRITERS * _SENDS)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["offer.revision"]._verify_company(company), [])

    def test_slow_sender_keeps_nobody_waiting(self):
        """A mass mailing or a confirmation goes on long after it has archived."""
        slow_id, fast_id = self.offer_ids[:2]
        with self.registry.cursor() as slow_cr:
            slow = api.Environment(slow_cr, SUPERUSER_ID, {})
            self._archive_once(slow, slow_id, 1)
            with self.registry.cursor() as fast_cr:
                fast_cr.execute("SET LOCAL lock_timeout = '2s'")
                fast = api.Environment(fast_cr, SUPERUSER_ID, {})
                self._archive_once(fast, fast_id, 2)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            offers = env["offer.offer"].browse([fast_id, slow_id])
            places = [offer.current_revision_id.chain_seq for offer in offers]
            self.assertEqual(places[1], places[0] + 1)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["offer.revision"]._verify_company(company), [])

    def test_same_offer_sent_by_two_at_once_gets_two_revisions(self):
        """The one who comes later is run anew, as Odoo runs every request."""
        offer_id = self.offer_ids[0]
        barrier = Barrier(2)

        def send(amount):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                first = iter([True])

                def once():
                    cr.execute("SELECT 1")
                    if next(first, False):
                        barrier.wait(timeout=60)
                    self._archive_once(env, offer_id, amount)

                with mute_logger("odoo.sql_db", "odoo.service.model"):
                    retrying(once, env)

        with ThreadPoolExecutor(2) as pool:
            for job in [pool.submit(send, amount) for amount in (1, 2)]:
                job.result(timeout=120)

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            revisions = env["offer.offer"].browse(offer_id).revision_ids
            self.assertEqual(sorted(revisions.mapped("number")), [1, 2])
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["offer.revision"]._verify_company(company), [])

    def test_row_of_a_savepoint_that_was_rolled_back_leaves_no_gap(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            with cr.savepoint() as savepoint:
                self._archive_once(env, self.offer_ids[0], 1)
                savepoint.rollback()
            env.invalidate_all()
            self._archive_once(env, self.offer_ids[1], 2)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            offer = env["offer.offer"].browse(self.offer_ids[1])
            place = offer.current_revision_id.chain_seq
            self.assertEqual(place, self.start[0] + 1)

    def _archive_once(self, env, offer_id, amount):
        offer = env["offer.offer"].browse(offer_id)
        when = fields.Datetime.to_datetime("2026-11-23")
        event = {"reason": "sent", "date": when, "files": []}
        offer._archive(self._snapshot(env, offer, amount), event)

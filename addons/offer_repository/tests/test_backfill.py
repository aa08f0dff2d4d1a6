from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestBackfill(OfferCommon):
    def _forget_archive(self, orders):
        """Put quotations back to where they were before there was an archive."""
        offers = self.env["offer.offer"].search([("order_id", "in", orders.ids)])
        self.env.flush_all()
        revisions = offers.revision_ids.ids or [0]
        for query, ids in (
            ("DELETE FROM offer_event WHERE offer_id = ANY(%s)", offers.ids),
            (
                "UPDATE offer_offer SET current_revision_id = NULL, "
                "accepted_revision_id = NULL WHERE id = ANY(%s)",
                offers.ids,
            ),
            ("DELETE FROM offer_revision_line WHERE revision_id = ANY(%s)", revisions),
            (
                "DELETE FROM ir_attachment WHERE res_model = 'offer.revision' "
                "AND res_id = ANY(%s)",
                revisions,
            ),
            ("DELETE FROM offer_revision WHERE id = ANY(%s)", revisions),
            (
                "DELETE FROM offer_conflict_offer_rel WHERE offer_offer_id = ANY(%s)",
                offers.ids,
            ),
            ("DELETE FROM offer_offer WHERE id = ANY(%s)", offers.ids),
        ):
            self.env.cr.execute(SQL(query, ids))
        self.env.invalidate_all()

    def _run(self, jobs, batch=50):
        while jobs.filtered(lambda job: job.state == "running"):
            for job in jobs.filtered(lambda job: job.state == "running"):
                job._take_over_batch(batch)

    def _start(self):
        return self.env["offer.backfill"]._start(self.warszawa)

    def test_quotations_are_taken_over_with_the_documents_of_their_mails(self):
        order = self._make_order(self.anna)
        message = self._send(order)
        sent_at = fields.Datetime.to_datetime("2025-03-01 09:00:00")
        message.sudo().date = sent_at
        self._forget_archive(order)

        self._run(self._start())

        offer = self._offer_of(order)
        self.assertEqual(offer.state, "sent")
        self.assertEqual(offer.date_first_sent, sent_at)
        revision = offer.revision_ids
        self.assertEqual((revision.reason, revision.date), ("backfilled", sent_at))
        self.assertEqual(revision.document_ids.raw, message.sudo().attachment_ids.raw)
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])

    def test_states_are_taken_over_and_drafts_left(self):
        won, cancelled, never_out, draft = (
            self._make_order(self.anna) for _index in range(4)
        )
        won.action_confirm()
        self._send(cancelled)
        (cancelled | never_out)._action_cancel()
        orders = won | cancelled | never_out | draft
        self._forget_archive(orders)

        job = self._start()
        self._run(job)

        self.assertEqual(self._offer_of(won).state, "won")
        self.assertTrue(self._offer_of(won).accepted_revision_id)
        self.assertEqual(self._offer_of(cancelled).state, "cancelled")
        self.assertFalse(self._offer_of(never_out))
        self.assertFalse(self._offer_of(draft))
        self.assertEqual((job.looked_count, job.taken_count), (3, 2))
        self.assertEqual(job.progress, 100)

    def test_interrupted_job_goes_on_and_running_twice_changes_nothing(self):
        orders = self.env["sale.order"].browse()
        for _index in range(5):
            orders |= self._make_order(self.anna)
        orders.action_quotation_sent()
        self._forget_archive(orders)
        job = self._start()

        job._take_over_batch(2)
        self.assertEqual((job.state, job.looked_count), ("running", 2))
        self.assertEqual(job.progress, 40)
        self.assertEqual(self._start(), job)
        self._run(job, batch=2)
        again = self._start()
        self._run(again)

        self.assertEqual(job.taken_count, 5)
        self.assertEqual((again.looked_count, again.taken_count), (5, 0))
        self.assertEqual(
            self.env["offer.revision"].search_count(
                [("offer_id.order_id", "in", orders.ids)]
            ),
            5,
        )

    def test_nobody_is_mailed(self):
        order = self._make_order(self.anna)
        self._send(order)
        rival = self._make_order(self.ewa)
        self._send(rival)
        self.root.offer_conflict_manager_id = self.manager
        self._forget_archive(order)
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count(
            [("model", "=", "sale.order"), ("res_id", "=", order.id)]
        )

        self._run(self._start())

        self.assertTrue(self._offer_of(order))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(
            self.env["mail.message"].search_count(
                [("model", "=", "sale.order"), ("res_id", "=", order.id)]
            ),
            messages,
        )

    def test_cron_works_jobs_off(self):
        order = self._make_order(self.anna)
        self._send(order)
        self._forget_archive(order)
        job = self._start()
        self.env.flush_all()

        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_backfill"
            ).method_direct_trigger()

        self.env.invalidate_all()
        self.assertEqual(job.state, "done")
        self.assertTrue(self._offer_of(order))

    def test_only_administrators_start_it(self):
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                self._as(user)["offer.backfill"].action_start()

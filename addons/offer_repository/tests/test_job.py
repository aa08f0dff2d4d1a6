from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import OfferCommon

ADMIN = "offer_repository.offer_repository_group_admin"
ADDRESS = {"street": "ul. Odlewnicza 7", "city": "Warszawa", "zip": "03-231"}
NIP = "5260001246"


class JobCommon(OfferCommon, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.jobs = cls.env["offer.job"]
        cls.jobs.search([]).unlink()
        cls.matches = cls.env["offer.partner.match"]
        cls.admin = new_test_user(cls.env, "job.admin", groups=ADMIN)

    def _twins(self):
        """Return one customer as two branches have it."""
        values = {"vat": NIP, "country_id": self.poland.id, **ADDRESS}
        return (
            self._make_customer("Zakład Łącznik", company_id=self.krakow.id, **values),
            self._make_customer("LACZNIK", company_id=self.gdansk.id, **values),
        )

    def _pair(self, left, right):
        return self.matches.search(
            [("left_partner_id", "=", left.id), ("right_partner_id", "=", right.id)]
        )

    @contextmanager
    def _time_for(self, batches):
        """Let the scheduler's time be over after some batches; nothing is committed."""
        left = iter([1.0] * (batches - 1))
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda *_a, **_k: next(left, 0.0)):
            yield


@tagged("post_install", "-at_install")
class TestJob(JobCommon):
    def test_first_run_finds_who_is_there_already(self):
        left, right = self._twins()
        job = self.jobs._schedule("first_run")
        job._run_at_once()

        self.assertEqual(self._pair(left, right).verdict, "certain")
        self.assertEqual((job.state, job.progress), ("done", 100.0))
        self.assertGreaterEqual(job.certain_count, 1)
        self.assertGreaterEqual(job.customer_count, 2)

    def test_report_counts_what_waits_for_a_decision(self):
        self._twins()
        job = self.jobs._schedule("first_run")
        job._run_at_once()
        waiting = self.matches.search_count(
            [("judgement", "=", "pending"), ("verdict", "=", "certain")]
        )

        self.assertEqual(job.certain_count, waiting)
        action = job.with_context(verdict="certain").action_open_pairs()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), waiting)

    def test_interrupted_job_goes_on_where_it_stopped(self):
        left, right = self._twins()
        job = self.jobs._schedule("first_run")
        path = "odoo.addons.offer_repository.models.offer_job_stages"
        seen = []
        with patch(f"{path}._PROFILES", 2), patch(f"{path}._PAIRS", 2):
            for _run in range(1000):
                with self._time_for(3):
                    self.jobs._cron_run()
                if job.state == "done":
                    break
                seen.append((job.stage, job.after_id))

        self.assertEqual(job.state, "done")
        self.assertGreater(len(seen), 5)
        for stage in ("profiles", "pairs"):
            places = [place for name, place in seen if name == stage]
            self.assertEqual(places, sorted(places))
        self.assertEqual(len(self._pair(left, right)), 1)

    def test_job_is_called_by_what_it_does(self):
        job = self.jobs._schedule("first_run")

        self.assertEqual(job.display_name, "First run over everything")

    def test_progress_is_told(self):
        self._twins()
        job = self.jobs._schedule("first_run")
        path = "odoo.addons.offer_repository.models.offer_job_stages"
        with patch(f"{path}._PROFILES", 2), self._time_for(2):
            self.jobs._cron_run()

        self.assertEqual((job.state, job.stage), ("running", "profiles"))
        self.assertEqual(job.done_count, 2)
        self.assertTrue(0 < job.progress < 100)

    def test_scan_compares_only_what_changed(self):
        left, right = self._twins()
        self.jobs._schedule("first_run")._run_at_once()
        self._pair(left, right).unlink()
        self.jobs._schedule("scan")._run_at_once()
        self.assertFalse(self._pair(left, right))

        right.name = "Lacznik S.A."
        self.jobs._schedule("scan")._run_at_once()
        self.assertTrue(self._pair(left, right))

    def test_scan_makes_profiles_that_are_missing(self):
        left, right = self._twins()
        profiles = self.env["offer.partner.profile"]
        profiles._catch_up()
        for model in (profiles, self.env["offer.partner.key"]):
            model.search([("partner_id", "=", right.id)]).unlink()
        self.jobs._schedule("scan")._run_at_once()

        self.assertTrue(profiles.search([("partner_id", "=", right.id)]))
        self.assertTrue(self._pair(left, right))

    def test_decision_outlives_every_job(self):
        left, right = self._twins()
        self.jobs._schedule("first_run")._run_at_once()
        pair = self._pair(left, right)
        pair.with_user(self.manager)._judge("different", "Two plants.")
        self.jobs._schedule("rebuild")._run_at_once()
        self.jobs._schedule("first_run")._run_at_once()

        self.assertEqual(pair.judgement, "different")

    def test_nightly_job_is_scheduled_once(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_job_run")
        with self.capture_triggers(cron.id) as triggers:
            self.jobs._cron_schedule_scan()
            self.jobs._cron_schedule_scan()

        self.assertEqual(len(self.jobs.search([("kind", "=", "scan")])), 1)
        self.assertTrue(triggers.records)

    def test_rebuild_asked_for_again_starts_again(self):
        job = self.jobs._schedule("rebuild")
        job._step()
        job._step()
        self.assertTrue(job.after_id)

        self.assertEqual(self.jobs._schedule("rebuild"), job)
        self.assertEqual((job.state, job.after_id), ("waiting", 0))

    def test_installing_over_many_customers_leaves_them_to_the_background(self):
        path = "odoo.addons.offer_repository.models.offer_job._DONE_AT_ONCE"
        cron = self.env.ref("offer_repository.ir_cron_offer_job_run")
        with patch(path, 0), self.capture_triggers(cron.id) as triggers:
            self.jobs._on_install()

        self.assertEqual(self.jobs.search([]).state, "waiting")
        self.assertTrue(triggers.records)

    def test_cancelled_job_stays_where_it_is(self):
        job = self.jobs._schedule("first_run")
        job.with_user(self.admin).action_cancel()
        with self._time_for(1):
            self.jobs._cron_run()

        self.assertEqual(job.state, "cancelled")
        self.assertFalse(job.stage)

    def test_finished_job_cannot_be_cancelled(self):
        job = self.jobs._schedule("scan")
        job._run_at_once()

        with self.assertRaises(UserError):
            job.with_user(self.admin).action_cancel()

    def test_admin_starts_and_wakes_jobs(self):
        admin_jobs = self.jobs.with_user(self.admin)
        cron = self.env.ref("offer_repository.ir_cron_offer_job_run")
        action = admin_jobs.action_schedule_first_run()
        job = admin_jobs.browse(action["res_id"])
        with self.capture_triggers(cron.id) as triggers:
            job.action_run_now()

        self.assertEqual(job.state, "waiting")
        self.assertTrue(triggers.records)

    def test_others_have_no_business_with_jobs(self):
        job = self.jobs._schedule("first_run")
        for user in (self.ewa, self.manager):
            mine = job.with_user(user)
            with self.subTest(user=user.login):
                for action in (
                    mine.action_run_now,
                    mine.action_cancel,
                    mine.action_open_pairs,
                    mine.browse().action_schedule_rebuild,
                ):
                    with self.assertRaises(AccessError):
                        action()
                with self.assertRaises(AccessError):
                    mine.read(["state"])

    def test_old_jobs_go_but_the_first_report_stays(self):
        first, scan = self.jobs._schedule("first_run"), self.jobs._schedule("scan")
        long_ago = fields.Datetime.subtract(fields.Datetime.now(), days=200)
        (first | scan).write({"state": "done", "finished_at": long_ago})
        self.jobs._gc_old_jobs()

        self.assertEqual((first | scan).exists(), first)


@tagged("post_install", "-at_install")
class TestJobOffers(JobCommon):
    """Quotations that were out before the addon was there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna_order = cls._make_old_order(cls.anna)
        cls.ewa_order = cls._make_old_order(cls.ewa)

    @classmethod
    def _make_old_order(cls, user, **values):
        """Return a quotation that was sent while nothing archived it."""
        order = cls._make_order(user, **values)
        order.env.flush_all()
        cls.env.cr.execute(
            "UPDATE sale_order SET state = 'sent' WHERE id = %s", [order.id]
        )
        order.invalidate_recordset()
        return order

    def _offers(self, orders):
        return self.env["offer.offer"].search([("order_id", "in", orders.ids)])

    def _run(self):
        job = self.jobs._schedule("first_run")
        job._run_at_once()
        return job

    def test_quotations_that_are_out_get_into_the_archive(self):
        self._run()
        offers = self._offers(self.anna_order | self.ewa_order)

        self.assertEqual(len(offers), 2)
        self.assertEqual(set(offers.mapped("state")), {"sent"})
        self.assertEqual(set(offers.revision_ids.mapped("reason")), {"backfilled"})

    def test_conflict_that_exists_already_is_in_the_report(self):
        job = self._run()
        case = self._offers(self.anna_order).conflict_ids

        self.assertEqual(case.offer_ids, self._offers(self.anna_order | self.ewa_order))
        self.assertGreaterEqual(job.conflict_count, 1)
        self.assertGreaterEqual(job.offer_count, 2)

    def test_nobody_is_mailed_or_given_an_activity(self):
        (self.warszawa | self.krakow).offer_conflict_manager_id = self.manager
        mails = self.env["mail.mail"].search_count([])
        notified = self.env["mail.notification"].search_count([])
        self._run()

        self.assertTrue(self._offers(self.anna_order).conflict_ids)
        self.assertFalse(self._offers(self.anna_order).conflict_ids.activity_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.notification"].search_count([]), notified)

    def test_running_again_changes_nothing(self):
        self._run()
        revisions = self._offers(self.anna_order).revision_ids
        case = self._offers(self.anna_order).conflict_ids
        self._run()

        self.assertEqual(self._offers(self.anna_order).revision_ids, revisions)
        self.assertEqual(self._offers(self.anna_order).conflict_ids, case)

    def test_outdated_and_draft_quotations_stay_out(self):
        old = self._make_old_order(self.anna, validity_date=self._days_ago(3))
        draft = self._make_order(self.anna)
        self._run()

        self.assertFalse(self._offers(old | draft))

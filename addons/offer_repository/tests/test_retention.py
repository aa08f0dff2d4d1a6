from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import OfferCommon

RUN = "odoo.addons.offer_repository.models.offer_retention_run"


@tagged("post_install", "-at_install")
class TestRetention(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._make_admin()
        cls.old, cls.held = (cls._make_offer_past_retention() for _index in range(2))
        cls.young = cls._make_sent_offer(cls.anna)
        cls.young.order_id.action_confirm()

    def _purge(self, user=None):
        return self._as(user or self.admin)["offer.retention.purge"].create({})

    def _hold(self, offer):
        return (
            self._as(self.admin)["offer.offer.hold"]
            .with_context(active_ids=offer.ids)
            .create({"reason": "Case 4 C 12/26"})
        )

    def assertIntact(self):
        self.env.invalidate_all()
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])

    def test_preview_counts_what_may_go_and_nothing_goes(self):
        purge = self._purge()

        self.assertEqual((purge.revision_count, purge.document_count), (2, 2))
        self.assertEqual(
            purge.revision_ids, (self.old | self.held).revision_ids.with_env(purge.env)
        )
        self.assertTrue(self.old.revision_ids.document_ids)

    def test_purging_keeps_the_skeleton_and_logs_it(self):
        revision = self.old.revision_ids

        self._purge().action_purge()

        self.env.invalidate_all()
        self.assertFalse(revision.document_ids)
        self.assertFalse(revision.customer_name)
        self.assertEqual(revision.amount_total, 80000)
        self.assertTrue(revision.line_ids)
        self.assertEqual(
            self.old.event_ids.sorted("id").mapped("code"),
            ["purged", "forgotten"],
        )
        event = self.old.event_ids.filtered(lambda one: one.code == "purged")
        self.assertEqual(event.user_name, self.admin.name)
        self.assertTrue(self.young.revision_ids.document_ids)
        self.assertIntact()
        with self.assertRaises(UserError):
            self._purge().action_purge()

    def test_dialog_of_a_legal_hold_opens_for_another_branchs_offer(self):
        foreign = self._make_sent_offer(self.ewa)
        holds = self._as(self.admin)["offer.offer.hold"]

        form = Form(holds.with_context(active_ids=foreign.ids))

        self.assertEqual(form.offer_ids.ids, foreign.ids)
        self.env.flush_all()
        seen = self.env["contact.disclosure"].search([("user_id", "=", self.admin.id)])
        self.assertIn(foreign.company_id, seen.owner_company_id)

    def test_legal_hold_keeps_documents_until_released(self):
        self._hold(self.held).action_hold()

        self._purge().action_purge()
        self.assertTrue(self.held.revision_ids.document_ids)
        self.assertFalse(self.old.revision_ids.document_ids)

        self._hold(self.held).action_release()
        self._purge().action_purge()
        self.env.invalidate_all()
        self.assertFalse(self.held.revision_ids.document_ids)
        codes = self.held.event_ids.sorted("id").mapped("code")
        self.assertEqual(codes, ["hold", "released", "purged", "forgotten"])
        self.assertIntact()

    def test_company_without_policy_keeps_everything(self):
        self.warszawa.offer_retention_years = 0

        self.assertEqual(self._purge().revision_count, 0)

    def test_live_offer_keeps_its_documents(self):
        self.old.date_valid_until = fields.Date.add(fields.Date.today(), days=3)

        self.assertEqual(self._purge().revision_count, 1)

    def test_others_and_other_branches_are_refused(self):
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                self._purge(user)
        purge = self._purge()
        with self.assertRaises(UserError):
            purge.sudo().company_id = self.krakow
            purge.action_purge()

    def test_offer_sent_again_lately_keeps_its_documents(self):
        self.old.order_id.with_env(self._as(self.anna))._offer_archive("sent")

        self.assertEqual(self._purge().revision_ids, self.held.revision_ids)

    def test_preview_tells_what_stays_and_why(self):
        self._hold(self.held).action_hold()
        with freeze_time("2010-01-15 10:00:00"):
            self._make_sent_offer(self.anna, validity_date="2099-01-01")

        purge = self._purge()

        self.assertEqual(purge.revision_count, 1)
        self.assertEqual((purge.held_count, purge.live_count), (1, 1))

    def test_people_go_where_there_is_no_document_too(self):
        with freeze_time("2010-01-15 10:00:00"):
            order = self._make_order(self.anna, validity_date="2010-02-15")
            order.action_quotation_sent()
        revision = self._offer_of(order).revision_ids
        self.assertFalse(revision.document_ids)

        self._purge().action_purge()

        self.assertFalse(revision.customer_name)
        self.assertIntact()

    def test_purge_is_logged_with_who_did_it(self):
        self._purge().action_purge()

        run = self._as(self.admin)["offer.retention.run"].search([], limit=1)
        self.assertEqual(run.state, "done")
        self.assertEqual(run.user_id, self.admin)
        self.assertEqual((run.revision_count, run.document_count), (2, 2))
        self.assertEqual((run.years, run.progress), (10, 100))

    def test_large_purge_goes_on_in_the_background_and_can_be_stopped(self):
        with patch(f"{RUN}.DONE_AT_ONCE", 1), patch(f"{RUN}._STEP", 1):
            self._purge().action_purge()
            run = self.env["offer.retention.run"].search([], limit=1)
            self.assertEqual((run.state, run.revision_count), ("running", 0))
            run._step()
            self.assertEqual((run.state, run.progress), ("running", 50))
            # a hold that comes meanwhile counts
            left = (self.old | self.held).filtered("revision_ids.document_ids")
            self._hold(left).action_hold()
            self._run_cron()

        self.assertEqual((run.state, run.revision_count), ("done", 1))
        self.assertTrue(left.revision_ids.document_ids)
        purged = (self.old | self.held) - left
        event = purged.event_ids.filtered(lambda one: one.code == "purged")
        self.assertEqual(event.user_name, self.admin.name)
        self.assertIntact()

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_retention_run"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_purge_under_way_is_stopped_by_administrators_only(self):
        run = self.env["offer.retention.run"].create(
            {"company_id": self.warszawa.id, "user_id": self.admin.id, "total_count": 9}
        )
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                run.with_env(self._as(user)).action_cancel()

        run.with_env(self._as(self.admin)).action_cancel()

        self.assertEqual(run.state, "cancelled")
        with self.assertRaises(UserError):
            run.with_env(self._as(self.admin)).action_cancel()

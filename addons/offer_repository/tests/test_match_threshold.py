from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .test_match_calibration import CalibrationCommon


@tagged("post_install", "-at_install")
class TestMatchThreshold(CalibrationCommon):
    """What another threshold would do, seen before it does."""

    def setUp(self):
        super().setUp()
        self.matches.search([("anchor_company_id", "=", self.root.id)]).unlink()
        scheme = self.tree._offer_scheme()
        self.certain, self.probable = scheme.certain, scheme.probable
        self.between = (scheme.certain + scheme.probable) / 2
        self.high = self._make_pair(self.certain + 3, "same", "certain")
        self.wrong = self._make_pair(self.certain + 1, "different", "certain")
        self.middle = self._make_pair(self.between, "pending", "probable")
        self.low = self._make_pair(self.probable - 1, "same", "possible")
        self.group = self._make_pair(self.certain + 10, "pending", "same_group")

    def _dialog(self, **values):
        dialogs = self._as(self.admin)["offer.partner.match.threshold"]
        return dialogs.create(values)

    def _percent(self, points):
        return 100 * self.root._offer_tree()._offer_scheme().probability(points)

    def _column(self, dialog, when):
        names = ("certain", "certain_wrong", "probable", "missed")
        return tuple(dialog[f"{name}_{when}"] for name in names)

    def _run_job(self):
        job = self.env["offer.job"].search([("kind", "=", "thresholds")], limit=1)
        job._run_at_once()
        self.assertEqual(job.state, "done")
        return job

    def test_unchanged_thresholds_change_nothing(self):
        dialog = self._dialog()

        self.assertEqual(dialog.company_id, self.root)
        self.assertEqual(self._column(dialog, "now"), (2, 1, 1, 1))
        self.assertEqual(self._column(dialog, "then"), (2, 1, 1, 1))
        self.assertEqual(dialog.decision_count, 3)

    def test_what_would_be_is_shown_while_typing(self):
        with Form(self._as(self.admin)["offer.partner.match.threshold"]) as form:
            form.certain_percent = self._percent(self.certain + 2)
            self.assertEqual((form.certain_then, form.certain_wrong_then), (1, 0))
            self.assertEqual(form.probable_then, 2)
            form.probable_percent = self._percent(self.probable - 2)
            self.assertEqual((form.probable_then, form.missed_then), (3, 0))
        self.assertEqual(self.wrong.verdict, "certain")

    def test_applied_thresholds_hold_for_pairs_links_and_look_ups(self):
        self._dialog(certain_percent=self._percent(self.between - 0.5)).action_apply()
        self._run_job()

        self.assertEqual(self.middle.verdict, "certain")
        self.assertTrue(self._identity_of(self.middle.left_partner_id))
        self.assertEqual((self.high.verdict, self.low.verdict), ("certain", "possible"))
        self.assertEqual(self.group.verdict, "same_group")
        self.assertEqual(
            (self.wrong.judgement, self.low.judgement), ("different", "same")
        )
        self.assertAlmostEqual(
            self.tree._offer_scheme().certain, self.between - 0.5, places=1
        )

        self._dialog().action_reset()
        self._run_job()
        self.assertEqual(self.middle.verdict, "probable")
        self.assertFalse(self._identity_of(self.middle.left_partner_id))

    def test_pairs_follow_in_the_background_with_progress(self):
        action = self._dialog(
            certain_percent=self._percent(self.between - 0.5)
        ).action_apply()
        shown = self._as(self.admin)["offer.job"].browse(action["res_id"])
        self.assertTrue(shown.has_access("read"))
        job = shown.sudo()
        self.assertEqual((action["res_model"], job.state), ("offer.job", "waiting"))
        self.assertEqual(self.middle.verdict, "probable")
        path = "odoo.addons.offer_repository.models.offer_job_stages._VERDICTS"
        with patch(path, 2):
            job._step()
            job._step()
            self.assertEqual((job.stage, job.done_count), ("verdicts", 2))
            self.assertEqual(job.total_count, self.matches.search_count([]))
            self.assertGreater(job.progress, 0)
            # Other thresholds meanwhile: what is done is outdated.
            self._dialog().action_reset()
            self.assertEqual((job.state, job.done_count), ("waiting", 0))
            job._run_at_once()

        self.assertEqual(self.middle.verdict, "probable")

    def test_look_ups_use_the_thresholds_of_their_tree(self):
        own = self._make_own(vat="526-000-12-46")
        pair = self._scan(own)
        self.assertEqual(pair.verdict, "certain")
        self._dialog(certain_percent=99.99, probable_percent=99.98).action_apply()

        self.assertEqual(self._scan(own).verdict, "possible")

    def test_thresholds_out_of_order_are_refused(self):
        for certain, probable in ((50, 60), (100, 50), (50, 0)):
            with self.subTest(certain=certain), self.assertRaises(ValidationError):
                self._dialog(certain_percent=certain, probable_percent=probable)

    def test_refusal_names_the_values_as_the_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.admin.lang = "pl_PL"
        dialogs = self._as(self.admin)["offer.partner.match.threshold"]
        with self.assertRaisesRegex(ValidationError, "60,50 %.* 50,00 %"):
            dialogs.with_context(lang="pl_PL").create(
                {"certain_percent": 50, "probable_percent": 60.5}
            )

    def test_thresholds_are_for_administrators(self):
        with self.assertRaises(AccessError):
            self._as(self.manager)["offer.partner.match.threshold"].create({})

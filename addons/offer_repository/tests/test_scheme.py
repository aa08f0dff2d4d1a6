from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..matching import DEFAULT_SCHEME
from .common_match import MatchCommon
from .test_job import JobCommon

PATH = "odoo.addons.offer_repository.models.res_company_scheme"


@tagged("post_install", "-at_install")
class TestScheme(MatchCommon, JobCommon):
    """Every tree is compared by the weights that suit its customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Persons Only"})

    def _persons(self, company, count=12):
        return self.env["res.partner"].create(
            [
                {
                    "name": f"Anna Nowak{number}",
                    "is_company": False,
                    "company_id": company.id,
                    "street": f"Lipowa {number}",
                    "city": "Radom",
                }
                for number in range(count)
            ]
        )

    def _scheme(self, company):
        return company._offer_tree()._offer_scheme()

    def _choose(self, kind="rebuild"):
        # What all trees share belongs to every one of them.
        partners = self.env["res.partner"].with_context(active_test=False)
        ours = self.env["res.users"].with_context(active_test=False).search([])
        shared = partners.search([("company_id", "=", False)]) - ours.partner_id
        (shared - self.env["res.company"].search([]).partner_id).company_id = self.root
        with patch(f"{PATH}._ENOUGH", 10):
            self.jobs._schedule(kind)._run_at_once()

    def test_register_of_persons_gets_weights_of_its_own(self):
        self._persons(self.other)
        self._choose()

        self.assertEqual(self.other.offer_scheme_found, "persons")
        self.assertEqual(self._scheme(self.other).name[:7], "persons")
        self.assertEqual(self.root.offer_scheme_found, "general")
        self.assertIs(self._scheme(self.root), DEFAULT_SCHEME)

    def test_first_run_chooses_before_it_compares(self):
        twins = self._persons(self.other, 12)[:2]
        twins.write({"name": "Anna Kowalska", "street": "Prosta 7"})
        self._choose("first_run")
        pair = self.matches.search([("anchor_company_id", "=", self.other.id)])

        self.assertTrue(pair)
        self.assertEqual(set(pair.mapped("scheme")), {self._scheme(self.other).name})

    def test_few_customers_say_nothing(self):
        self._persons(self.other, 5)
        self._choose()

        self.assertEqual(self.other.offer_scheme_found, "general")

    def test_other_weights_after_a_rebuild_weigh_everybody_anew(self):
        self._persons(self.other)
        self._choose()

        self.assertTrue(self.jobs.search([("kind", "=", "scheme")]))

    def test_wish_of_the_admin_beats_the_choice(self):
        self.root.offer_scheme_choice = "persons"

        self.assertEqual(self._scheme(self.krakow).name[:7], "persons")
        job = self.jobs.search([("kind", "=", "scheme")])
        self.assertEqual(job.state, "waiting")

    def test_setting_of_a_branch_is_the_one_of_its_root(self):
        settings = self.env["res.config.settings"].with_company(self.krakow)
        with Form(settings) as form:
            self.assertEqual(form.offer_scheme_choice, "auto")
            self.assertEqual(form.offer_scheme_root, self.root.name)
            form.offer_scheme_choice = "persons"
        form.record.execute()

        self.assertEqual(self.root.offer_scheme_choice, "persons")
        self.assertEqual(self.krakow.offer_scheme_choice, "auto")

    def test_setting_is_nobody_elses_to_change(self):
        with self.assertRaises(AccessError):
            self._as(self.manager)["res.config.settings"].create({})
        with self.assertRaises(AccessError):
            self.root.with_env(self._as(self.manager)).offer_scheme_choice = "persons"

    def test_thresholds_of_the_tree_hold_for_every_scheme(self):
        self.root.write({"offer_certain_percent": 95, "offer_probable_percent": 60})
        for choice in ("general", "persons"):
            self.root.offer_scheme_choice = choice
            scheme = self._scheme(self.krakow)
            with self.subTest(choice=choice):
                self.assertAlmostEqual(scheme.probability(scheme.certain), 0.95)
                self.assertAlmostEqual(scheme.probability(scheme.probable), 0.60)
                # The comparison keeps results by it.
                self.assertIs(scheme, self._scheme(self.gdansk))

    def test_what_if_counts_points_of_the_present_weights_only(self):
        pair = self._scan(self._make_own(vat="526-000-12-46"))
        self.ewa.group_ids = [
            Command.link(
                self.env.ref("offer_repository.offer_repository_group_admin").id
            )
        ]
        dialogs = self._as(self.ewa)["offer.partner.match.threshold"]
        before = dialogs.create({}).certain_now
        self.root.offer_scheme_choice = "persons"
        self.assertLess(dialogs.create({}).certain_now, before)
        self.matches.search([])._apply_thresholds()

        self.assertEqual(pair.verdict, "certain")

    def test_decision_remembers_the_weights_it_was_made_with(self):
        own = self._make_own(vat="526-000-12-46")
        pair = self._scan(own)
        pair._judge("same")
        self.root.offer_scheme_choice = "persons"
        self._scan(own)

        self.assertEqual(pair.judged_scheme, DEFAULT_SCHEME.name)
        self.assertEqual(pair.log_ids.scheme, DEFAULT_SCHEME.name)
        self.assertNotEqual(pair.scheme, DEFAULT_SCHEME.name)
        self.assertEqual(pair.judgement, "same")

from unittest.mock import patch

from odoo.tests import tagged

from .common_match import NIP, MatchCommon
from .test_job import JobCommon

STREETS = ("Odlewnicza 7", "Hutnicza 3", "Lipowa 12", "Prosta 1")
NAMES = ("Zakład Łącznik", "Huta Promień", "Młyn Kowalski", "Apteka Pod Lwem")


@tagged("post_install", "-at_install")
class TestScan(MatchCommon, JobCommon):
    """Comparing all customers in batches finds what looking each one up finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = (cls.warszawa, cls.krakow, cls.gdansk)
        cls.partners = cls.env["res.partner"]
        for number, (name, street) in enumerate(zip(NAMES, STREETS, strict=True)):
            for copy, company in enumerate(companies):
                cls.partners |= cls._make_own(
                    name if copy else f"{name} sp. z o.o.",
                    company=company,
                    street=street if copy < 2 else False,
                    city="Warszawa",
                    phone=f"22 555 10 {number}0" if copy != 1 else False,
                )
        cls.partners |= cls._make_own("LACZNIK", vat=NIP)
        cls.matches.search([]).unlink()

    def _pairs(self):
        pairs = self.matches.search([("anchor_company_id", "=", self.root.id)])
        return {
            (pair.left_partner_id.id, pair.right_partner_id.id): (
                pair.verdict,
                pair.points,
                pair.scheme,
                str(pair.evidence),
            )
            for pair in pairs
        }

    def _members(self):
        identities = self.env["offer.identity"].search(
            [("anchor_company_id", "=", self.root.id)]
        )
        return {frozenset(found.member_ids.partner_id.ids) for found in identities}

    def _run(self, batch):
        path = "odoo.addons.offer_repository.models.offer_job_stages"
        with patch(f"{path}._PAIRS", batch):
            self.jobs._schedule("scheme")._run_at_once()

    def test_batches_find_what_single_look_ups_find(self):
        profiles = self.env["offer.partner.profile"]
        profiles._catch_up()
        everybody = profiles.search([]).partner_id.sorted("id")
        self._scan(*everybody)
        self.matches.search([])._look_again()
        alone, linked = self._pairs(), self._members()
        self.assertGreater(len(alone), 8)
        self.matches.search([]).unlink()
        self.env["offer.identity"].search([]).unlink()
        for batch in (1, 5, 1000):
            with self.subTest(batch=batch):
                self._run(batch)
                self.assertEqual(self._pairs(), alone)
                self.assertEqual(self._members(), linked)

    def test_running_again_writes_nothing(self):
        self._run(5)
        pairs = self.matches.search([])
        self.env.flush_all()
        before = {pair.id: pair.write_date for pair in pairs}
        self._run(1000)

        self.assertEqual({pair.id: pair.write_date for pair in pairs}, before)

    def test_decision_with_an_earlier_customer_does_not_stop_the_scan(self):
        first, last = self.partners[0], self.partners[-1]
        pair = self.matches.create(
            {
                "left_partner_id": first.id,
                "right_partner_id": last.id,
                "anchor_company_id": self.root.id,
                "verdict": "possible",
            }
        )
        pair._judge("same")
        self._run(3)

        self.assertEqual(pair.judgement, "same")

    def test_pair_not_found_any_more_goes_whichever_side_changed(self):
        self._run(5)
        left, right = self.partners[0], self.partners[2]
        self.assertTrue(self._pair(left, right))
        right.write({"name": "Somebody Else Altogether", "phone": False})
        self._run(5)

        self.assertFalse(self._pair(left, right))

    def test_batch_costs_few_queries_whatever_its_size(self):
        self._run(1000)
        profiles = self.env["offer.partner.profile"]
        keys, pairs = self.env["offer.partner.key"], self.matches

        def count(partners):
            loaded = profiles._load(partners.ids)
            own = {one: found.profile for one, found in loaded.items()}
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            pairs._record_all_matches(keys._find_all_matches(own, self.tree), self.tree)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(self.partners)  # warm
        self.assertLessEqual(count(self.partners), count(self.partners[:2]) + 2)

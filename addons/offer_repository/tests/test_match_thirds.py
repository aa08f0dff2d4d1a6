from odoo.tests import tagged

from .common_match import NIP, MatchCommon
from .test_job import JobCommon

MAIL = "zakupy@kaldan.example"
PHONE = "601 602 603"


@tagged("post_install", "-at_install")
class TestMatchThirds(MatchCommon, JobCommon):
    """Other records of a customer say whether one more is the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_number = cls._make_own("Kaldan Hotel", vat=f"PL{NIP}", city="Kraków")
        cls.by_contact = cls._make_own(
            "Kaldan Hotel", company=cls.krakow, email=MAIL, phone=PHONE
        )
        cls.whole = cls._make_own(
            "Kaldan Hotel",
            company=cls.gdansk,
            vat=NIP,
            email=MAIL,
            phone=PHONE,
            city="Kraków",
        )
        cls.matches.search([]).unlink()

    def _run(self):
        self.jobs._schedule("scheme")._run_at_once()

    def _codes(self, pair):
        return {row["code"] for row in pair.evidence}

    def _doubtful(self):
        return self._pair(self.by_number, self.by_contact)

    def _first_look_at(self, pair):
        rows = [row for row in pair.evidence if not row["code"].startswith("third_")]
        return pair.points - sum(
            row["points"] for row in pair.evidence if row not in rows
        )

    def test_what_both_certainly_are_brings_two_records_together(self):
        self._run()

        pair = self._doubtful()
        self.assertIn("third_certain", self._codes(pair))
        self.assertGreater(pair.points, self._first_look_at(pair) + 1)
        self.assertEqual(pair.verdict, "certain")

    def test_rows_of_evidence_still_add_up(self):
        self._run()

        scheme = self.tree._offer_scheme()
        for pair in self.matches.search([("verdict", "!=", "same_group")]):
            total = scheme.base + sum(row["points"] for row in pair.evidence)
            self.assertAlmostEqual(pair.points, total, 1)

    def test_hearing_again_writes_nothing(self):
        self._run()
        pairs = self.matches.search([])
        self.env.flush_all()
        before = {pair.id: (pair.points, pair.write_date) for pair in pairs}

        self._run()
        pairs._look_again()
        self.env.flush_all()

        after = {pair.id: (pair.points, pair.write_date) for pair in pairs}
        self.assertEqual(after, before)

    def test_decision_of_people_is_heard_at_the_next_scan(self):
        self._run()
        before = self._doubtful().points
        # a test is one transaction; the decision is made after the last run
        self.jobs.search([]).write({"started_at": "2026-01-01"})
        # the same number and address, and yet somebody else, people say
        self._pair(self.by_contact, self.whole)._judge("different", "Other owner")

        self.jobs._schedule("scan")._run_at_once()

        pair = self._doubtful()
        self.assertLess(pair.points, before)
        self.assertIn("third_none", self._codes(pair))

    def test_typed_customer_is_recognised_by_other_records(self):
        self._run()
        keys = self.env["offer.partner.key"]
        profile = self.env["offer.partner.profile"]._of(self.by_contact)
        alone = keys._find_all_matches({None: profile}, self.tree)[None]
        heard = keys._find_matches(profile, self.tree)

        points = {match.partner_id: match.points for match in alone}
        found = {match.partner_id: match for match in heard}
        number = found[self.by_number.id]
        self.assertGreater(number.points, points[self.by_number.id])
        self.assertIn("third_certain", {row.code for row in number.evidence})

    def test_look_up_writes_down_the_first_look_only(self):
        pair = self._scan(self.by_number, self.by_contact, self.whole)

        self.assertTrue(pair)
        for found in self.matches.search([]):
            self.assertFalse(
                [code for code in self._codes(found) if code.startswith("third_")]
            )

    def test_words_name_no_record(self):
        self._run()

        labels = self.env["offer.check"]._evidence_labels(self._codes(self._doubtful()))
        self.assertIn("Another record of this customer is certainly the same", labels)
        self.assertFalse([label for label in labels if "Kaldan" in label])

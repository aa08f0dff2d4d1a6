from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_match import NIP, MatchCommon


@tagged("post_install", "-at_install")
class TestMatchJudgement(MatchCommon):
    def test_different_is_remembered(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("different", "Two plants")
        self._scan(own, self.customer)

        self.assertEqual((pair.judgement, pair.verdict), ("different", "certain"))
        self.assertFalse(self._found_for(own))
        self.assertFalse(self._found_for(self.customer))
        self.assertFalse(self._identity_of(own))

    def test_different_opens_again_when_key_data_change_only(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("different", "Two plants")
        own.write({"comment": "x", "vat": "526-000-12-46", "street": "Prosta 1"})
        self._scan(own)
        self.assertEqual(pair.judgement, "different")

        own.email = "new@lacznik.example"
        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self._scan(own)

        self.assertEqual(pair.judgement, "pending")
        self.assertEqual(pair.log_ids.mapped("event"), ["reopened", "judged"])
        self.assertEqual(self._identity_of(own), self._identity_of(self.customer))

    def test_same_makes_certain_and_links(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same")

        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self.assertEqual(
            self._identity_of(own).member_ids.partner_id, own | self.customer
        )
        self._scan(own)
        self.assertEqual((pair.judgement, pair.verdict), ("same", "probable"))

    def test_same_holds_when_nothing_is_alike_any_more(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same")
        own.write({"phone": False, "name": "Something Else"})
        self._scan(own)

        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self.assertTrue(pair.exists())

    def test_undo_takes_the_link_back(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same", "I know them")
        pair._judge("different", "I was wrong")
        pair.undo()
        self.assertEqual(
            (pair.judgement, pair.judgement_reason), ("same", "I know them")
        )
        pair.undo()

        self.assertEqual((pair.judgement, pair.judged_by_id.id), ("pending", False))
        self.assertFalse(self._identity_of(own))
        self.assertEqual(
            pair.log_ids.sorted("id").mapped("event"),
            ["judged", "judged", "undone", "undone"],
        )
        with self.assertRaises(UserError):
            pair.undo()

    def test_probable_is_never_passed_on(self):
        certain = self._make_own(vat=NIP)
        probable = self._make_own(
            "Other", company=self.gdansk, phone="22 123-45-67", email="x@y.example"
        )
        self._scan(certain, probable, self.customer)

        self.assertEqual(
            self._identity_of(certain).member_ids.partner_id, certain | self.customer
        )

    def test_different_cuts_what_others_would_bring_together(self):
        first = self._make_own(vat=NIP)
        second = self._make_own("LACZNIK 2", company=self.gdansk, vat=NIP)
        self._scan(first, second)
        self.assertEqual(len(self._identity_of(first).member_ids), 3)
        self._pair(first, second)._judge("different")

        self.assertNotEqual(self._identity_of(first), self._identity_of(second))
        sizes = sorted(
            len(self._identity_of(one).member_ids) for one in (first, second)
        )
        self.assertEqual(sizes, [0, 2])

    def test_unknown_judgement_is_refused(self):
        pair = self._scan(self._make_own(vat=NIP))
        for bad in ("pending", "maybe", None, 3):
            with self.subTest(bad=bad), self.assertRaises(ValidationError):
                pair.judge(bad)
        with self.assertRaises(ValidationError):
            pair.judge("same", {"no": "text"})


@tagged("post_install", "-at_install")
class TestMatchConflict(MatchCommon):
    def _collide_with(self, partner):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=partner)
        return self._conflicts()

    def test_same_opens_the_conflict_that_nobody_saw(self):
        own = self._make_own(phone="22 123-45-67", vat="1234563218")
        pair = self._scan(own)
        self.assertEqual(pair.verdict, "same_group")
        self.assertFalse(self._collide_with(own))
        pair._judge("same")
        self._run_cron()

        self.assertEqual(len(self._conflicts()), 1)

    def test_different_closes_the_case_and_undo_opens_it_again(self):
        own = self._make_own(vat=NIP)
        case = self._collide_with(own)
        pair = self._pair(own).with_env(self._as(self.manager))
        pair._judge("different", "Two plants")

        self.assertEqual((case.state, case.decision), ("decided", "none"))
        self.assertEqual(case.decision_reason, "Two plants")
        self.assertEqual(case.decided_by_id, self.manager)
        pair.undo()

        self.assertEqual((case.state, case.decision), ("open", False))
        self._run_cron()
        self.assertEqual(self._conflicts(), case)

    def test_case_is_not_settled_by_a_party_to_it(self):
        self.root.offer_conflict_manager_id = self.manager
        own = self._make_own(vat=NIP)
        case = self._collide_with(own)
        pair = self._pair(own).with_env(self._as(self.ewa))
        pair._judge("different", "I say so")
        self._run_cron()

        self.assertEqual(case.state, "open")
        self.assertEqual(case.company_ids, self.warszawa | self.krakow)
        asked = case.activity_ids.filtered(lambda todo: "Ewa Test" in todo.summary)
        self.assertEqual(asked.user_id, self.manager)
        self.assertIn("I say so", asked.note)
        pair.with_env(self._as(self.manager))._judge("different", "Seen the contracts")

        self.assertEqual((case.state, case.decision), ("decided", "none"))

    def test_different_leaves_the_rest_of_the_case(self):
        own = self._make_own(vat=NIP)
        case = self._collide_with(own)
        third = self._make_sent_offer(self.marta)
        self._pair(own)._judge("different")

        self.assertEqual(case.state, "open")
        self.assertIn(third, case.offer_ids)
        self.assertEqual(case.company_ids, self.warszawa | self.gdansk)

    def test_sending_links_certain_records_without_a_conflict(self):
        own = self._make_own(vat=NIP)
        self._make_sent_offer(self.ewa, partner=own)

        self.assertFalse(self._conflicts())
        self.assertEqual(self._identity_of(own), self._identity_of(self.customer))

    def test_one_case_for_customers_of_two_identities(self):
        """A = A', B = B', A probably B: linked no further, one conflict."""
        twin = self._make_own(vat=NIP)
        other = self._make_own(
            "Zakład Mechaniczny ŁĄCZNIK", company=self.gdansk, email="b@b.example"
        )
        other_twin = self._make_own("Other", company=self.warszawa, email="b@b.example")
        self._scan(twin, other)
        self._pair(other, other_twin)._judge("same")
        self._tell_apart(self._pair(twin), self._pair(other))
        self._make_sent_offer(self.ewa, partner=twin)
        self._make_sent_offer(self.marta, partner=other)
        self._make_sent_offer(self.anna)

        case = self._conflicts()
        self.assertEqual(len(case), 1)
        self.assertEqual(len(case.offer_ids), 3)
        self.assertNotEqual(self._identity_of(twin), self._identity_of(other))

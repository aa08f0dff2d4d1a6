from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_match import MatchCommon


@tagged("post_install", "-at_install")
class TestConflictGroup(MatchCommon):
    """Customers of one group: one customer or not, as the tree wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daughter = cls._make_customer(
            "Odlewnia ŁĄCZNIK sp. z o.o.", vat="7740001454", country_id=cls.poland.id
        )
        cls._judge_pair("same_group", cls.customer, cls.daughter)

    @classmethod
    def _judge_pair(cls, judgement, one, other):
        left, right = (one | other).sorted("id")
        match = cls.matches.search(
            [("left_partner_id", "=", left.id), ("right_partner_id", "=", right.id)]
        ) or cls.matches.create(
            {
                "left_partner_id": left.id,
                "right_partner_id": right.id,
                "anchor_company_id": cls.root.id,
                "verdict": "possible",
            }
        )
        match.with_env(cls._as(cls.manager))._judge(judgement, "Group")
        return match

    def _offer_to_both(self):
        self.first = self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 100000.0)])
        self.second = self._make_sent_offer(
            self.ewa, lines=[(self.lathe, 1, 90000.0)], partner=self.daughter
        )
        self._run_cron()
        return self._conflicts()

    def _switch(self, counts):
        self.root.with_user(self.env.ref("base.user_admin")).write(
            {"offer_conflict_groups": counts}
        )
        self._run_cron()

    def test_groups_do_not_count_unless_switched_on(self):
        self.assertFalse(self._offer_to_both())

    def test_switching_on_finds_what_is_out_and_says_why(self):
        self._offer_to_both()
        self._switch(True)

        case = self._conflicts()
        self.assertEqual(case.offer_ids, self.first | self.second)
        self.assertIn("one group of companies", case.severity_reason)
        self.assertEqual(case.spread_amount, 10000.0)
        # linked by the case alone: they stay two customers
        self.assertNotEqual(
            self._identity_of(self.customer), self._identity_of(self.daughter)
        )

    def test_sending_into_a_group_opens_one_case(self):
        self.root.offer_conflict_groups = True
        case = self._offer_to_both()

        self.assertEqual((len(case), len(case.offer_ids)), (1, 2))

    def test_group_over_a_company_without_offers(self):
        third = self._make_customer("Huta Nowa S.A.", email=False)
        self._judge_pair("same_group", self.daughter, third)
        self.root.offer_conflict_groups = True
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=third)

        case = self._conflicts()
        self.assertIn("one group of companies", case.severity_reason)

        self._switch(False)
        self.assertEqual((case.state, case.decision), ("decided", "none"))

    def test_switching_off_closes_what_only_the_group_held_and_on_opens_it(self):
        self.root.offer_conflict_groups = True
        case = self._offer_to_both()
        self._switch(False)
        self.assertEqual((case.state, case.decision), ("decided", "none"))
        self.assertFalse(case.is_undoable)
        self.assertFalse(case.activity_ids)

        self._switch(True)
        self.assertEqual(self._conflicts(), case)
        self.assertEqual((case.state, case.decision), ("open", False))

    def test_switching_never_undoes_a_decision(self):
        self.root.offer_conflict_groups = True
        case = self._offer_to_both()
        case.with_env(self._as(self.manager))._decide("allow", "Two projects.")
        for counts in (False, True):
            self._switch(counts)

            self.assertEqual(self._conflicts(), case)
            self.assertEqual(case.decision, "allow")
            self.assertEqual(case.decision_reason, "Two projects.")

    def test_switching_off_leaves_what_collides_anyway(self):
        self.root.offer_conflict_groups = True
        case = self._offer_to_both()
        own = self._make_sent_offer(self.marta, lines=[(self.lathe, 1, 80000.0)])
        self.assertEqual(case.offer_ids, self.first | self.second | own)
        self._switch(False)

        self.assertEqual(case.state, "open")
        self.assertEqual(case.offer_ids, self.first | own)

    def test_told_apart_beats_the_group(self):
        self.root.offer_conflict_groups = True
        case = self._offer_to_both()
        self._judge_pair("different", self.customer, self.daughter)

        self.assertEqual((case.state, case.decision), ("decided", "none"))

    def test_gate_sees_the_group(self):
        self._make_sent_offer(self.anna)
        order = self._make_order(self.ewa, partner=self.daughter)
        self.assertFalse(self.env["offer.conflict"]._foresee(order))

        self.root.offer_conflict_groups = True
        found = self.env["offer.conflict"]._foresee(order)
        self.assertEqual(found.worst.reasons[0].value, "same_group")

    def test_salespeople_do_not_switch_it(self):
        with self.assertRaises(AccessError):
            self.root.with_env(self._as(self.ewa)).offer_conflict_groups = True

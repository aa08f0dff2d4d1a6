from odoo.tests import tagged

from .common_match import NIP, MatchCommon


@tagged("post_install", "-at_install")
class TestConflictSending(MatchCommon):
    """What the check at sending does itself, and what it leaves to the second look."""

    def _fresh(self, offer):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["offer.offer"].browse(offer.id)

    def test_what_is_no_conflict_is_written_down_by_the_second_look(self):
        own = self._make_own(vat=NIP)
        offer = self._make_sent_offer(self.anna)

        self.assertFalse(self._pair(own))
        self.assertTrue(offer.conflict_check_pending)

        self._run_cron()

        self.assertEqual(self._pair(own).verdict, "certain")
        self.assertTrue(self._identity_of(own))
        self.assertFalse(offer.conflict_check_pending)

    def test_rival_with_other_goods_opens_no_case_at_either_look(self):
        own = self._make_own(vat=NIP)
        self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 100000.0)])
        self._make_sent_offer(self.ewa, partner=own, lines=[(self.mill, 1, 9.0)])

        self.assertFalse(self._conflicts())
        self._run_cron()
        self.assertFalse(self._conflicts())

    def test_conflict_is_found_and_told_while_sending(self):
        own = self._make_own(vat=NIP)
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=own)

        case = self._conflicts()
        self.assertEqual(len(case.offer_ids), 2)
        self.assertEqual(case.activity_ids.user_id, self.manager)
        self._run_cron()
        self.assertEqual(self._conflicts(), case)
        self.assertEqual(len(case.activity_ids), 1)

    def test_case_follows_a_price_that_is_sent_again(self):
        case = self._collide(100000.0, 90000.0)
        order = self.second.order_id.with_env(self._as(self.ewa))
        order.order_line.price_unit = 70000.0
        self._send(order)

        self.assertEqual(case.lowest_amount, 70000.0)

    def test_cost_of_sending_what_is_no_conflict(self):
        self._make_own(vat=NIP)
        offer = self._make_sent_offer(self.anna)
        self.env["offer.conflict"]._detect(self._fresh(offer), is_sending=True)
        offer = self._fresh(offer)

        # profile, keys, candidates, judgements, what they say of each other, rivals,
        # the offer itself and its cases, companies of the tree
        with self.assertQueryCount(__system__=8):
            self.env["offer.conflict"]._detect(offer, is_sending=True)
            self.env.flush_all()

    def test_cost_of_sending_beside_a_rival_with_other_goods(self):
        own = self._make_own(vat=NIP)
        self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 100000.0)])
        offer = self._make_sent_offer(
            self.ewa, partner=own, lines=[(self.mill, 1, 9.0)]
        )
        self.env["offer.conflict"]._detect(self._fresh(offer), is_sending=True)
        offer = self._fresh(offer)

        with self.assertQueryCount(__system__=15):
            self.env["offer.conflict"]._detect(offer, is_sending=True)
            self.env.flush_all()

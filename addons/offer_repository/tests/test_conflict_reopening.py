from odoo.tests import tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictReopening(ConflictCommon):
    def _decided(self, decision="allow"):
        case = self._collide()
        side = self.warszawa if decision == "keep" else None
        case.with_env(self._as(self.manager))._decide(decision, "Because.", side)
        return case

    def _change_price(self, price):
        order = self.second.order_id.with_env(self._as(self.ewa))
        order.order_line.price_unit = price
        self._send(order)

    def test_changed_price_opens_the_case_again_and_says_why(self):
        case = self._decided()
        self._change_price(70000)

        self.assertEqual(self._conflicts(), case)
        self.assertEqual((case.state, case.decision), ("open", False))
        self.assertEqual(case.spread_amount, 30000)
        self.assertIn("-22.2", case.message_ids[0].body)
        self.assertIn("Because.", "".join(case.message_ids.mapped("body")))
        self.assertEqual(case.activity_ids.user_id, self.manager)

    def test_small_change_leaves_the_decision(self):
        case = self._decided()
        self._change_price(85000)

        self.assertEqual(case.state, "decided")

    def test_limit_is_a_setting(self):
        self.root.offer_conflict_reopen_percent = 2
        case = self._decided()
        self._change_price(85000)

        self.assertEqual(case.state, "open")

    def test_aligning_as_decided_is_no_news(self):
        case = self._decided("align")
        self._change_price(100000)
        self.assertEqual(case.state, "decided")

        self._change_price(60000)
        self.assertEqual(case.state, "open")

    def test_third_side_opens_the_case_again(self):
        case = self._decided()
        third = self._make_sent_offer(self.marta)

        self.assertEqual(self._conflicts(), case)
        self.assertEqual(case.state, "open")
        self.assertEqual(case.offer_ids, self.first | self.second | third)
        self.assertIn("Meridian Gdańsk", case.message_ids[0].body)

    def test_rescans_tell_nothing_twice(self):
        case = self._decided()
        self._change_price(70000)
        told = len(case.message_ids)
        self.env["offer.conflict"]._detect(self.first | self.second)
        self._run_cron()

        self.assertEqual(len(case.message_ids), told)
        self.assertEqual(len(self._conflicts()), 1)

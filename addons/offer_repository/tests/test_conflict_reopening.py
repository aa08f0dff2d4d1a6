from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_conflict import ConflictCommon
from .test_conflict_effects import EffectsCommon


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


@tagged("post_install", "-at_install")
class TestReopenedEffects(EffectsCommon):
    """What a decision did, when new facts open its case again."""

    def _reopened(self):
        """Let Kraków withdraw for Warszawa, then a third branch come in."""
        case = self._decide(self._collide())
        self._make_sent_offer(self.marta)
        self.assertEqual((case.state, case.decision), ("open", False))
        return case

    def test_chatter_says_what_stands_and_nothing_is_undone_silently(self):
        case = self._reopened()

        body = case.message_ids[0].body
        self.assertIn("still stands", body)
        self.assertIn(f"{self.second.name} is closed as left", body)
        self.assertEqual(self.second.state, "lost")
        self.assertTrue(case.has_earlier_effects)

    def test_manager_takes_earlier_effects_back(self):
        case = self._reopened()
        case.with_env(self._as(self.manager)).action_undo_effects()

        self.assertEqual(self.second.state, "sent")
        self.assertFalse(case.has_earlier_effects)
        self.assertIn("Taken back of the earlier", case.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "nothing of an earlier decision"):
            case.with_env(self._as(self.manager)).action_undo_effects()

    def test_what_somebody_has_gone_on_with_stays_and_is_named(self):
        case = self._reopened()
        self.second._set_state("cancelled", ("lost",))
        case.with_env(self._as(self.manager)).action_undo_effects()

        self.assertEqual(self.second.state, "cancelled")
        self.assertIn("Could not be taken back", case.message_ids[0].body)

    def test_taking_the_new_decision_back_leaves_the_earlier_effects(self):
        case = self._reopened()
        self._decide(case, "allow")
        case.with_env(self._as(self.manager)).action_undo()

        self.assertEqual(self.second.state, "lost")
        self.assertTrue(case.has_earlier_effects)

    def test_staff_take_nothing_back(self):
        case = self._reopened()
        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).action_undo_effects()

    def test_chatter_is_in_the_managers_language_not_the_sellers(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.marta.lang = "pl_PL"
        case = self._reopened()

        self.assertIn("Opened again", case.message_ids[0].body)
        self.assertEqual(case._in_house().env.lang, self.manager.lang)
        self.manager.lang = "pl_PL"
        self.assertEqual(case._in_house().env.lang, "pl_PL")

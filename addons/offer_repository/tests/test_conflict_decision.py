from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictDecision(ConflictCommon):
    def _resolve(self, case, user=None, **values):
        env = self._as(user or self.manager)
        action = case.with_env(env).action_resolve()
        dialog = Form(env["offer.conflict.resolve"].browse(action["res_id"]))
        for name, value in values.items():
            setattr(dialog, name, value)
        return dialog.save().action_resolve()

    def test_decision_is_recorded_with_who_and_when(self):
        case = self._collide()
        self._resolve(case, decision="keep", reason="Was first.")

        # Who was first is proposed.
        self.assertEqual((case.state, case.decision), ("decided", "keep"))
        self.assertEqual(case.decision_side_id, self.warszawa)
        self.assertEqual(case.decision_reason, "Was first.")
        self.assertEqual(case.decided_by_id, self.manager)
        self.assertEqual(case.decided_at.date(), fields.Date.today())
        self.assertIn("Was first.", "".join(case.message_ids.mapped("body")))

    def test_any_side_can_be_chosen_with_one_branch_switched_on(self):
        case = self._collide()
        env = self._as(self.manager, self.gdansk)
        action = case.with_env(env).action_resolve()
        dialog = Form(env["offer.conflict.resolve"].browse(action["res_id"]))
        dialog.side_id = dialog.record.side_ids.filtered(
            lambda side: side.name == "Meridian Kraków"
        )
        dialog.reason = "Lives there."
        dialog.save().action_resolve()

        self.assertEqual(case.decision_side_id, self.krakow)

    def test_every_decision_without_a_side_can_be_made(self):
        for decision in ("joint", "align", "allow", "none"):
            with self.subTest(decision=decision):
                case = self._collide()[-1]
                self._resolve(case, decision=decision, reason="Because.")
                self.assertEqual(case.decision, decision)
                self.assertFalse(case.decision_side_id)

    def test_decision_needs_reason_and_side(self):
        case = self._collide().with_env(self._as(self.manager))
        with self.assertRaises(ValidationError):
            case._decide("allow", "  ")
        with self.assertRaises(ValidationError):
            case._decide("keep", "Because.")
        with self.assertRaisesRegex(ValidationError, "Gdańsk"):
            case._decide("keep", "Because.", self.gdansk)

    def test_decided_case_is_not_decided_again(self):
        case = self._collide()
        self._resolve(case, decision="allow", reason="Because.")

        with self.assertRaisesRegex(UserError, "Helena"):
            case.with_env(self._as(self.manager))._decide("none", "No.")

    def test_decided_case_survives_rescans_and_new_revisions(self):
        case = self._collide()
        self._resolve(case, decision="allow", reason="Because.")
        order = self.second.order_id.with_env(self._as(self.ewa))
        order.order_line.price_unit = 85000
        self._send(order)
        self.env["offer.conflict"]._detect(self.first | self.second)
        self._run_cron()

        self.assertEqual(self._conflicts(), case)
        self.assertEqual((case.state, case.spread_amount), ("decided", 10000))

    def test_new_offer_after_the_decision_opens_a_new_case(self):
        case = self._collide()
        self._resolve(case, decision="allow", reason="Because.")
        self._make_sent_offer(self.ewa, lines=[(self.lathe, 1, 50000)])

        self.assertEqual(len(self._conflicts()), 2)

    def test_salespeople_cannot_decide(self):
        case = self._collide()

        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).action_resolve()
        with self.assertRaises(AccessError):
            self._as(self.ewa)["offer.conflict.resolve"].create(
                {"conflict_id": case.id, "decision": "allow", "reason": "Me."}
            )

    def test_manager_of_another_tree_cannot_decide(self):
        case = self._collide()
        stranger = self._make_company("Somebody Else")
        boss = self._make_seller(
            "boss.test",
            stranger,
            groups="offer_repository.offer_repository_group_manager",
        )

        with self.assertRaises(AccessError):
            case.with_env(self._as(boss)).action_resolve()


@tagged("post_install", "-at_install")
class TestConflictTelling(ConflictCommon):
    def test_conflict_manager_gets_an_activity_until_it_is_decided(self):
        case = self._collide()

        self.assertEqual(case.activity_ids.user_id, self.manager)
        self.assertIn("Meridian Warszawa", case.activity_ids.note)
        case.with_env(self._as(self.manager))._decide("allow", "Because.")
        self.assertFalse(case.activity_ids)

    def test_manager_who_may_not_read_the_case_gets_none(self):
        self.root.offer_conflict_manager_id = self.piotr

        self.assertFalse(self._collide().activity_ids)

    def test_update_of_a_case_tells_nobody_again(self):
        case = self._collide()
        self._make_sent_offer(self.marta)

        self.assertEqual(len(case.activity_ids), 1)

    def test_activity_is_written_in_the_receivers_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.manager.lang = "pl_PL"
        case = self._collide()
        expected = (
            self.env["offer.conflict"]
            .with_context(lang="pl_PL")
            .env._("Decide an offer conflict")
        )

        self.assertEqual(case.activity_ids.summary, expected)

    def test_salespeople_are_neither_followers_nor_authors(self):
        case = self._collide()
        sellers = self.anna | self.ewa

        self.assertFalse(case.message_partner_ids & sellers.partner_id)
        self.assertFalse(case.message_ids.author_id & sellers.partner_id)
        self.assertNotIn(case.create_uid, sellers)
        self.assertNotIn(case.activity_ids.create_uid, sellers)

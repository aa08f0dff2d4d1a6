from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.offer_conflict_effects import Terms
from .common_conflict import ConflictCommon


class EffectsCommon(ConflictCommon):
    def _decide(self, case, decision="keep", side=None, **terms):
        case = case.with_env(self._as(self.manager))
        if decision == "keep":
            side = side or self.warszawa
        case._decide(decision, "Was first.", side, Terms(**terms))
        return case.sudo()

    def _reason(self, name):
        return self.env.ref(f"offer_repository.offer_conflict_reason_{name}")

    def _activities_of(self, user):
        return self.env["mail.activity"].search([("user_id", "=", user.id)])

    def _codes(self, case):
        return set(case.effect_ids.mapped("code"))


@tagged("post_install", "-at_install")
class TestConflictEffects(EffectsCommon):
    def test_who_withdraws_loses_the_offer_to_the_own_branch(self):
        case = self._decide(self._collide())

        self.assertEqual(self.second.state, "lost")
        self.assertEqual(
            self.second.lost_reason_id,
            self.env.ref("offer_repository.crm_lost_reason_own_branch"),
        )
        self.assertEqual(self.second.order_id.state, "cancel")
        self.assertEqual(self.first.state, "sent")
        self.assertEqual(self._codes(case), {"withdraw", "draft", "tell"})

    def test_message_is_prepared_for_the_salesperson_and_not_sent(self):
        case = self._collide()
        mails = self.env["mail.mail"].search_count([])
        self._decide(case)
        draft = self._as(self.ewa)["offer.conflict.draft"].search([])

        self.assertEqual((draft.user_id, draft.state), (self.ewa, "prepared"))
        self.assertIn("Anna Test", draft.body)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        action = draft.action_compose()
        self.assertEqual(action["context"]["default_partner_ids"], self.customer.ids)
        self.assertFalse(self._as(self.marta)["offer.conflict.draft"].search([]))
        with self.assertRaises(AccessError):
            draft.with_env(self._as(self.marta)).action_done()

    def test_each_side_is_told_once_and_not_what_the_other_asks(self):
        self._decide(self._collide(123456.0, 98765.0))
        told = self._activities_of(self.ewa)

        self.assertEqual(len(told), 1)
        self.assertIn("Meridian Warszawa", told.note)
        self.assertNotIn("123", told.note)
        self.assertEqual(len(self._activities_of(self.anna)), 1)

    def test_who_does_not_want_to_be_told_is_not(self):
        self.ewa.with_user(self.ewa).offer_conflict_notify = False
        case = self._decide(self._collide())

        self.assertFalse(self._activities_of(self.ewa))
        self.assertEqual(len(case.effect_ids.filtered(lambda e: e.code == "tell")), 1)

    def test_colleague_is_told_in_his_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.ewa.lang = "pl_PL"
        case = self._decide(self._collide())
        expected = case.with_context(lang="pl_PL")._telling_summary()

        self.assertEqual(self._activities_of(self.ewa).summary, expected)

    def test_hand_over_moves_customer_opportunity_and_activities(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Lathe wanted",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "user_id": self.ewa.id,
                "company_id": self.krakow.id,
            }
        )
        activity = lead.activity_schedule(summary="Call back", user_id=self.ewa.id)
        case = self._collide()
        self.second.order_id.opportunity_id = lead
        self._decide(case, others="hand_over")

        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(self.customer.user_id, self.anna)
        self.assertEqual(activity.user_id, self.anna)
        lead.with_user(self.anna).read(["name"])
        # A quotation cannot leave its branch.
        self.assertEqual(self.second.state, "lost")

    def test_quotation_moves_to_who_works_in_its_branch(self):
        self.anna.company_ids |= self.krakow
        self._decide(self._collide(), others="hand_over")

        self.assertEqual(self.second.order_id.user_id, self.anna)
        self.assertEqual((self.second.state, self.second.user_id), ("sent", self.anna))

    def test_confirmed_offer_is_left_alone(self):
        case = self._collide()
        self.second.order_id.with_env(self._as(self.ewa)).action_confirm()
        self._decide(case)

        self.assertEqual(self.second.state, "won")
        self.assertEqual(self.second.order_id.state, "sale")

    def test_target_price_is_kept_and_told(self):
        case = self._decide(self._collide(), "align", target=91500.0)

        self.assertEqual(case.target_amount, 91500.0)
        self.assertIn("91", self._activities_of(self.ewa).note)
        self.assertEqual(self.second.state, "sent")

    def test_target_price_is_needed_to_align(self):
        with self.assertRaisesRegex(ValidationError, "more than 0"):
            self._decide(self._collide(), "align")

    def test_joint_and_allow_close_nothing(self):
        for decision in ("joint", "allow"):
            with self.subTest(decision=decision):
                case = self._decide(self._collide()[-1], decision)
                self.assertEqual(self.first.state, "sent")
                self.assertEqual(self.second.state, "sent")
                self.assertIn("tell", self._codes(case))

    def test_different_customers_are_judged_so(self):
        other = self._make_customer(
            "Zaklad Mechaniczny Lacznik", email="zakupy@lacznik.example"
        )
        first = self._make_sent_offer(self.anna)
        second = self._make_sent_offer(self.ewa, partner=other)
        case = first.conflict_ids & second.conflict_ids
        self.assertTrue(case, "they must be taken for one to begin with")
        case = self._decide(case, "none", reason_id=self._reason("different").id)
        ids = (self.customer | other).ids
        pair = self.env["offer.partner.match"].search(
            [("left_partner_id", "in", ids), ("right_partner_id", "in", ids)]
        )

        self.assertEqual(
            (pair.judgement, pair.judged_by_id.id), ("different", self.manager.id)
        )
        case.with_env(self._as(self.manager)).action_undo()
        self.assertEqual((pair.judgement, case.state), ("pending", "open"))

    def test_goods_that_do_not_compete_judge_nobody(self):
        case = self._decide(self._collide(), "none", reason_id=self._reason("goods").id)

        self.assertFalse(case.effect_ids)


@tagged("post_install", "-at_install")
class TestConflictDialog(EffectsCommon):
    def test_dialog_shows_what_will_happen_and_does_exactly_that(self):
        case = self._collide()
        env = self._as(self.manager, self.gdansk)
        action = case.with_env(env).action_resolve()
        dialog = Form(env["offer.conflict.resolve"].browse(action["res_id"]))

        self.assertIn(f"{self.second.name} is closed", dialog.preview)
        self.assertEqual(self.second.state, "sent")
        planned = dialog.preview.split("\n")
        dialog.reason_id = self._reason("first")
        dialog.save().action_resolve()
        case.invalidate_recordset()
        self.assertEqual(case.effect_ids.mapped("name"), planned)
        self.assertEqual(case.decision_reason, "This branch was first")
        self.assertEqual(case.decision_reason_id, self._reason("first"))

    def test_preview_follows_the_decision(self):
        case = self._collide()
        env = self._as(self.manager)
        action = case.with_env(env).action_resolve()
        dialog = Form(env["offer.conflict.resolve"].browse(action["res_id"]))
        dialog.decision = "none"

        self.assertIn("Nothing else changes", dialog.preview)
        dialog.decision = "align"
        self.assertEqual(dialog.target_amount, 90000)
        self.assertIn("Ewa Test is told.", dialog.preview)

    def test_staff_reads_neither_effects_nor_reasons_list_changes(self):
        self._decide(self._collide())
        for user in (self.anna, self.ewa):
            with self.assertRaises(AccessError):
                self._as(user)["offer.conflict.effect"].search([])
        with self.assertRaises(AccessError):
            self._reason("first").with_env(self._as(self.manager)).name = "Mine"

    def test_manager_of_another_tree_sees_no_effects(self):
        self._decide(self._collide())
        boss = self._make_seller(
            "boss.effects",
            self._make_company("Somebody Else"),
            groups="offer_repository.offer_repository_group_manager",
        )

        self.assertFalse(self._as(boss)["offer.conflict.effect"].search([]))
        self.assertFalse(self._as(boss)["offer.conflict.draft"].search([]))


@tagged("post_install", "-at_install")
class TestConflictUndo(EffectsCommon):
    def test_undo_takes_back_what_can_be(self):
        case = self._decide(self._collide())
        revisions = self.second.revision_count
        case.with_env(self._as(self.manager)).action_undo()

        self.assertEqual((case.state, case.decision), ("open", False))
        self.assertEqual(self.second.state, "sent")
        self.assertEqual(self.second.order_id.state, "sent")
        self.assertEqual(self.second.revision_count, revisions)
        self.assertFalse(self._activities_of(self.ewa))
        self.assertFalse(
            self.env["offer.conflict.draft"].search([("conflict_id", "=", case.id)])
        )
        self.assertEqual(set(case.effect_ids.mapped("state")), {"undone"})
        self.assertEqual(case.activity_ids.user_id, self.manager)

    def test_undo_says_what_it_cannot_take_back(self):
        case = self._decide(self._collide(), others="hand_over")
        self.env["offer.conflict.draft"].search(
            [("conflict_id", "=", case.id)]
        ).with_env(self._as(self.ewa)).action_done()
        self.customer.user_id = self.piotr  # somebody has gone on
        case.with_env(self._as(self.manager)).action_undo()
        kept = case.effect_ids.filtered(lambda effect: effect.state == "kept")

        self.assertEqual(set(kept.mapped("code")), {"draft", "customer"})
        self.assertEqual(self.customer.user_id, self.piotr)
        self.assertIn("Could not be taken back", case.message_ids[0].body)

    def test_undo_ends_with_the_time_for_it(self):
        case = self._decide(self._collide())
        case.decided_at = fields.Datetime.now() - timedelta(days=8)
        self.assertFalse(case.is_undoable)
        with self.assertRaises(UserError):
            case.with_env(self._as(self.manager)).action_undo()

        self.root.offer_conflict_undo_days = 9
        case.invalidate_recordset()
        case.with_env(self._as(self.manager)).action_undo()
        self.assertEqual(case.state, "open")

    def test_undo_gives_way_to_a_newer_case(self):
        case = self._decide(self._collide(), "allow")
        self._collide()  # a further side would open the decided case again

        with self.assertRaisesRegex(UserError, "newer open case"):
            case.with_env(self._as(self.manager)).action_undo()

    def test_staff_cannot_undo(self):
        case = self._decide(self._collide())

        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).action_undo()

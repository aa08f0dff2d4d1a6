from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_conflict import ConflictCommon

LOSS_ACTIVITY = "offer_repository.mail_activity_type_loss"
WINBACK_ACTIVITY = "offer_repository.mail_activity_type_winback"


@tagged("post_install", "-at_install")
class TestLoss(ConflictCommon):
    """Why an offer was lost is asked for, kept and added up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reasons = cls.env["crm.lost.reason"]
        cls.price = reasons.create({"name": "Price"})
        cls.discount = reasons.create(
            {"name": "Discount too small", "parent_id": cls.price.id}
        )
        cls.offer = cls._make_sent_offer(cls.anna, lines=[(cls.lathe, 1, 80000.0)])

    def _explain(self, user, offer, **values):
        values = {"lost_reason_id": self.discount.id, **values}
        return self._as(user)["offer.loss.explain"].create(
            {"offer_ids": [fields.Command.set(offer.ids)], **values}
        )

    def _activities(self, offer, xml_id=LOSS_ACTIVITY):
        activity_type = self.env.ref(xml_id)
        return offer.activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def test_cancelling_asks_why(self):
        action = self.offer.order_id.with_env(self._as(self.anna)).action_cancel()

        self.assertEqual(action["res_model"], "offer.loss.explain")
        self.assertEqual(action["context"]["default_offer_ids"], self.offer.ids)
        self.assertTrue(self.offer.date_lost)

    def test_cancelling_a_draft_asks_nothing(self):
        order = self._make_order(self.anna)

        self.assertIs(order.action_cancel(), True)

    def test_answer_is_kept_on_the_offer_and_under_the_chain(self):
        self.offer.order_id._action_cancel()
        dialog = self._explain(
            self.anna, self.offer, competitor_name=" Rival ", competitor_price=70000.0
        )

        dialog.action_explain()

        self.assertEqual(self.offer.lost_reason_id, self.discount)
        self.assertEqual(self.offer.competitor_name, "Rival")
        self.assertEqual(self.offer.competitor_price, 70000.0)
        event = self.offer.event_ids.filtered(lambda one: one.code == "explained")
        self.assertIn("Price / Discount too small", event.detail)
        self.assertIn("70,000.00", event.detail)
        self.assertNotIn("Rival", event.detail)

    def test_open_offer_has_no_loss_to_explain(self):
        with self.assertRaisesRegex(UserError, "no loss to explain"):
            self._explain(self.anna, self.offer).action_explain()

    def test_other_peoples_offers_cannot_be_explained(self):
        self.offer.order_id._action_cancel()

        for user in (self.piotr, self.ewa):
            with self.assertRaises(UserError):
                self._explain(user, self.offer).action_explain()
            self.assertFalse(self.offer.is_loss_explained)

    def test_an_answer_needs_a_reason_and_no_negative_price(self):
        self.offer.order_id._action_cancel()

        with self.assertRaisesRegex(ValidationError, "Choose a reason"):
            self._explain(self.anna, self.offer, lost_reason_id=False).action_explain()
        with self.assertRaisesRegex(ValidationError, "cannot be"):
            self._explain(self.anna, self.offer, competitor_price=-1.0).action_explain()

    def test_partners_one_may_not_read_are_no_competitors_to_choose(self):
        self.offer.order_id._action_cancel()
        secret = self._make_customer("Secret", company_id=self.krakow.id)
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertRaises(AccessError):
            dialog = self._explain(self.anna, self.offer, competitor_id=secret.id)
            self.assertNotEqual(dialog.competitor_name, "Secret")
            dialog.action_explain()

    def test_asking_twice_plans_once(self):
        self.offer.order_id._action_cancel()
        for _attempt in range(2):
            self._explain(self.anna, self.offer).action_later()

        self.assertEqual(len(self._activities(self.offer)), 1)

    def test_later_plans_an_activity_that_the_answer_ends(self):
        self.offer.order_id._action_cancel()
        self._explain(self.anna, self.offer, lost_reason_id=False).action_later()

        self.assertEqual(self._activities(self.offer).user_id, self.anna)

        self._explain(self.anna, self.offer).action_explain()

        self.assertFalse(self._activities(self.offer))

    def test_expired_offers_are_asked_about_unless_switched_off_or_old(self):
        recent = self._make_sent_offer(self.anna, validity_date=self._days_ago(1))
        old = self._make_sent_offer(self.anna, validity_date=self._days_ago(90))
        foreign = self._make_sent_offer(self.ewa, validity_date=self._days_ago(1))
        self.krakow.offer_loss_ask = False

        (recent | old | foreign)._set_state("expired", only_from=("sent",))

        self.assertTrue(self._activities(recent))
        self.assertFalse(self._activities(old))
        self.assertFalse(self._activities(foreign))

    def test_opened_again_the_loss_is_forgotten(self):
        self.offer.order_id._action_cancel()
        self._explain(self.anna, self.offer, competitor_name="Rival").action_explain()

        order = self.offer.order_id.with_env(self._as(self.anna))
        order.action_draft()
        self._send(order)

        self.assertEqual(self.offer.state, "sent")
        self.assertFalse(self.offer.date_lost)
        self.assertFalse(self.offer.competitor_name)

    def test_losing_an_opportunity_names_the_competitor(self):
        lead = self._as(self.anna)["crm.lead"].create(
            {"name": "Lathe", "type": "opportunity", "user_id": self.anna.id}
        )
        order = self._make_order(self.anna, opportunity_id=lead.id)
        self._send(order)

        self._as(self.anna)["crm.lead.lost"].create(
            {
                "lead_ids": [fields.Command.set(lead.ids)],
                "lost_reason_id": self.price.id,
                "offer_competitor_name": "Rival",
                "offer_competitor_price": 75000,
            }
        ).action_lost_reason_apply()

        offer = self._offer_of(order)
        self.assertEqual(offer.state, "lost")
        self.assertEqual(
            (offer.competitor_name, offer.competitor_price), ("Rival", 75000)
        )

    def test_earlier_loss_of_the_opportunity_keeps_its_competitor(self):
        lead = self._as(self.anna)["crm.lead"].create(
            {"name": "Lathe", "type": "opportunity", "user_id": self.anna.id}
        )
        orders = [
            self._make_order(self.anna, opportunity_id=lead.id) for _number in range(2)
        ]
        for order in orders:
            self._send(order)
        earlier, later = map(self._offer_of, orders)
        earlier._set_state("lost", only_from=("sent",))
        earlier._note_loss(self.price, competitor_name="First")

        self._as(self.anna)["crm.lead.lost"].create(
            {
                "lead_ids": [fields.Command.set(lead.ids)],
                "lost_reason_id": self.discount.id,
                "offer_competitor_name": "Second",
            }
        ).action_lost_reason_apply()

        self.assertEqual(
            (earlier.competitor_name, later.competitor_name), ("First", "Second")
        )

    def test_reasons_cannot_go_round(self):
        with self.assertRaises(UserError):
            self.price.parent_id = self.discount


@tagged("post_install", "-at_install")
class TestWinback(ConflictCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["offer.winback.rule"].search([]).active = False
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Price"})
        cls.rule = cls.env["offer.winback.rule"].create(
            {
                "name": "Call again",
                "days": 10,
                "max_open": 2,
                "reason_ids": [fields.Command.set(cls.reason.ids)],
            }
        )

    def _lost_offer(self, number, days=12):
        customer = self._make_customer(
            f"Winback {number}", email=f"w{number}@x.example"
        )
        offer = self._make_sent_offer(self.anna, partner=customer)
        offer.order_id._action_cancel()
        offer.write(
            {
                "lost_reason_id": self.reason.id,
                "date_lost": fields.Datetime.now() - timedelta(days=days),
            }
        )
        return offer

    def _planned(self):
        activity_type = self.env.ref(WINBACK_ACTIVITY)
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", activity_type.id),
                ("user_id", "=", self.anna.id),
            ]
        )

    def test_due_losses_are_planned_once_and_no_more_than_allowed(self):
        for number in range(3):
            self._lost_offer(number)

        self.env["offer.winback.rule"]._cron_plan()
        self.env["offer.winback.rule"]._cron_plan()

        self.assertEqual(len(self._planned()), 2)
        self._planned().action_feedback()
        self.env["offer.winback.rule"]._cron_plan()
        self.assertEqual(len(self._planned()), 1)

    def test_neither_early_nor_ancient_nor_for_other_reasons(self):
        self._lost_offer(1, days=5)
        self._lost_offer(2, days=300)
        self._lost_offer(3).lost_reason_id = False

        self.env["offer.winback.rule"]._cron_plan()

        self.assertFalse(self._planned())

    def test_customer_who_is_spoken_with_in_another_branch_is_left_alone(self):
        offer = self._lost_offer(1)
        self._make_sent_offer(self.ewa, partner=offer.partner_id)

        self.env["offer.winback.rule"]._cron_plan()

        self.assertFalse(self._planned())

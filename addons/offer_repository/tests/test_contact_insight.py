from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from .common import OfferCommon


class InsightCase(OfferCommon):
    def _contact(self, user, days_ago, **values):
        return self.env["contact.interaction"].create(
            {
                "partner_id": self.customer.id,
                "company_id": user.company_id.id,
                "user_id": user.id,
                "channel": "call",
                "state": "answered",
                "direction": "incoming",
                "origin": "test",
                "occurred_at": fields.Datetime.now() - timedelta(days=days_ago),
                **values,
            }
        )

    def _win(self, user, days_ago, sent_days_ago=None):
        order = self._make_order(user)
        now = fields.Datetime.now()
        with freeze_time(now - timedelta(days=sent_days_ago or days_ago)):
            self._send(order)
        with freeze_time(now - timedelta(days=days_ago)):
            order.action_confirm()
        return order.sudo().offer_ids


@tagged("post_install", "-at_install")
class TestTeams(InsightCase):
    def test_answer_of_somebody_without_a_team_does_not_break_the_page(self):
        self.env["crm.team"].create(
            {
                "name": "Counter",
                "company_id": False,
                "member_ids": [Command.set(self.piotr.ids)],
            }
        )
        for user, days in ((self.anna, 3), (self.piotr, 6)):
            self._contact(user, days + 1, channel="email", state="done")
            self._contact(
                user, days, channel="email", state="done", direction="outgoing"
            )
        self.env.flush_all()

        figures = self._as(self.piotr)["contact.dashboard"].read_figures({})
        (teams,) = [one for one in figures["sections"] if one["code"] == "team"]

        self.assertEqual(
            {row["id"]: row["name"] for row in teams["rows"]},
            {"Counter": "Counter", 0: "No team"},
        )


@tagged("post_install", "-at_install")
class TestContactsPerSale(InsightCase):
    def _tile(self, user, **choice):
        dashboard = self._as(user)["contact.dashboard"]
        self.env.flush_all()
        tiles = dashboard.read_figures({"period": "month", **choice})["tiles"]
        return next((one for one in tiles if one["code"] == "sales"), None)

    def test_contacts_on_the_way_to_a_sale_are_counted(self):
        for days in (20, 12, 8):
            self._contact(self.anna, days)
        self._win(self.anna, days_ago=5, sent_days_ago=10)
        # After the sale, and long before it.
        self._contact(self.anna, 2)
        self._contact(self.anna, 200)
        sent = self.env["contact.interaction"].search_count(
            [("partner_id", "=", self.customer.id), ("direction", "=", "outgoing")]
        )

        tile = self._tile(self.anna)

        self.assertEqual(float(tile["value"]), 3.0 + sent)
        self.assertIn("sales: 1", tile["note"])

    def test_sales_of_others_are_not_told(self):
        self._win(self.anna, days_ago=5)

        self.assertIsNone(self._tile(self.ewa))
        self.assertIsNone(self._tile(self.piotr))
        self.assertIsNotNone(self._tile(self.anna, mine=True))

    def test_without_sales_there_is_no_figure(self):
        self._make_sent_offer(self.anna)

        self.assertIsNone(self._tile(self.anna))


@tagged("post_install", "-at_install")
class TestOfferFollowup(InsightCase):
    def _rule(self, occasion, **values):
        self.env["contact.followup.rule"].search([]).active = False
        return self.env["contact.followup.rule"].create(
            {
                "name": "Turn to them again",
                "occasion": occasion,
                "delay": 10,
                "delay_unit": "day",
                "quiet_days": 3,
                "date_from": fields.Date.today() - timedelta(days=5),
                **values,
            }
        )

    def _plan(self, rule):
        self.env.flush_all()
        return rule._plan(self.root | self.root.child_ids)

    def test_customer_is_asked_some_days_after_the_purchase(self):
        self._win(self.anna, days_ago=40)
        self._win(self.anna, days_ago=12)
        rule = self._rule("sale")

        followup = self._plan(rule)
        activity = followup.activity_id

        self.assertEqual(followup.state, "planned")
        self.assertEqual(activity.user_id, self.anna)
        self.assertEqual(activity.res_id, self.customer.id)
        self.assertIn("Bought on", activity.note)
        self.assertFalse(self._plan(rule))

    def test_only_the_first_purchase_is_welcomed(self):
        self._win(self.anna, days_ago=12)
        rule = self._rule("first_sale")
        self.assertEqual(self._plan(rule).state, "planned")

        self._win(self.anna, days_ago=300)
        self.env["contact.followup"].search([]).unlink()
        self.assertFalse(self._plan(rule))

    def test_offer_without_an_answer_is_followed_up(self):
        order = self._make_order(self.anna)
        with freeze_time(fields.Datetime.now() - timedelta(days=12)):
            self._send(order)
        rule = self._rule("unanswered")

        followup = self._plan(rule)

        self.assertEqual(followup.user_id, self.anna)
        self.assertIn("was sent on", followup.activity_id.note)

    def test_offer_that_the_customer_answered_is_left_alone(self):
        order = self._make_order(self.anna)
        with freeze_time(fields.Datetime.now() - timedelta(days=12)):
            self._send(order)
        self._contact(self.anna, 8)

        self.assertFalse(self._plan(self._rule("unanswered")))

    def test_lost_offer_is_followed_up_unless_it_was_won_back(self):
        order = self._make_order(self.anna)
        with freeze_time(fields.Datetime.now() - timedelta(days=13)):
            self._send(order)
        with freeze_time(fields.Datetime.now() - timedelta(days=12)):
            order._action_cancel()
        rule = self._rule("loss")
        offer = order.sudo().offer_ids
        offer.date_winback = fields.Datetime.now()
        self.assertFalse(self._plan(rule))

        offer.date_winback = False
        self.assertEqual(self._plan(rule).user_id, self.anna)

    def test_rules_are_switched_off_at_installation(self):
        for name in ("sale", "first_sale", "unanswered", "loss"):
            rule = self.env.ref(f"offer_repository.contact_followup_rule_{name}")
            self.assertFalse(rule.active)

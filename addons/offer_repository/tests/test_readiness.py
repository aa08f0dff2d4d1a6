from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestReadiness(OfferCommon):
    """The checklist of a quotation, run as the weakest seller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Marek Zieliński",
                "parent_id": cls.customer.id,
                "email": "marek@lacznik.example",
                "lang": "en_US",
            }
        )

    def _points(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        return {point["code"]: point for point in order.offer_readiness()}

    def _state(self, order, code):
        return self._points(order)[code]["state"]

    def _require(self, *points, company=None, level="required"):
        self.env["offer.readiness.policy"].create(
            [
                {
                    "point": point,
                    "level": level,
                    "company_id": company.id if company else False,
                }
                for point in points
            ]
        )

    def test_company_as_customer_is_no_person(self):
        order = self._make_order(self.anna)
        self.assertEqual(self._state(order, "person"), "open")

        order = self._make_order(self.anna, partner=self.person)
        self.assertEqual(self._state(order, "person"), "ok")

    def test_language_and_address(self):
        order = self._make_order(self.anna, partner=self.person)
        self.assertEqual(self._state(order, "language"), "ok")
        self.assertEqual(self._state(order, "channel"), "ok")

        self.person.write({"lang": False, "email": False})

        self.assertEqual(self._state(order, "language"), "open")
        self.assertEqual(self._state(order, "channel"), "open")

    def test_customer_who_telephones_is_to_be_called(self):
        self.env["contact.interaction"].create(
            [
                {
                    "partner_id": self.person.id,
                    "channel": "call",
                    "direction": "incoming",
                    "state": "answered",
                    "company_id": self.warszawa.id,
                    "user_id": self.anna.id,
                    "occurred_at": fields.Datetime.now() - timedelta(days=number + 1),
                }
                for number in range(12)
            ]
        )
        order = self._make_order(self.anna, partner=self.person)

        point = self._points(order)["channel"]

        self.assertEqual(point["state"], "open")
        self.assertIn("Call", point["text"])

    def test_validity_and_terms(self):
        order = self._make_order(self.anna, validity_date=self._days_ago(-30))
        self.assertEqual(self._state(order, "validity"), "ok")
        self.assertEqual(self._state(order, "terms"), "open")

        order.validity_date = self._days_ago(1)
        order.payment_term_id = self.env.ref("account.account_payment_term_30days")

        self.assertEqual(self._state(order, "validity"), "open")
        self.assertEqual(self._state(order, "terms"), "ok")

    def test_inquiry_names_the_products(self):
        lead = self._as(self.anna)["crm.lead"].create(
            {"name": "New LATHE for hall 2", "type": "opportunity"}
        )
        order = self._make_order(self.anna, opportunity_id=lead.id)
        self.assertEqual(self._state(order, "inquiry"), "ok")

        other = self._make_order(
            self.anna, lines=[(self.mill, 1, 45000.0)], opportunity_id=lead.id
        )
        self.assertEqual(self._state(other, "inquiry"), "open")
        self.assertEqual(self._state(self._make_order(self.anna), "inquiry"), "unknown")

    def test_price_far_from_the_last_offer_is_open(self):
        self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 80000.0)])

        near = self._make_order(self.anna, lines=[(self.lathe, 2, 82000.0)])
        far = self._make_order(self.anna, lines=[(self.lathe, 1, 60000.0)])

        self.assertEqual(self._state(near, "prices"), "ok")
        point = self._points(far)["prices"]
        self.assertEqual(point["state"], "open")
        self.assertIn("-25", point["text"])

    def test_other_branches_and_colleagues_prices_stay_theirs(self):
        self._make_sent_offer(self.ewa, lines=[(self.lathe, 1, 50000.0)])
        self._make_sent_offer(self.piotr, lines=[(self.lathe, 1, 50000.0)])
        order = self._make_order(self.anna)

        self.assertEqual(self._state(order, "prices"), "unknown")

    def test_readiness_needs_the_right_to_read_the_quotation(self):
        order = self._make_order(self.anna)

        with self.assertRaises(AccessError):
            order.with_env(self._as(self.ewa)).offer_readiness()

    # ------------------------------------------------------------------
    # Policy
    # ------------------------------------------------------------------

    def test_nothing_is_required_by_default(self):
        order = self._make_order(self.anna)

        self.assertEqual(
            order.action_quotation_send()["res_model"], "mail.compose.message"
        )

    def test_required_point_asks_before_the_composer(self):
        self._require("person")
        order = self._make_order(self.anna)

        action = order.action_quotation_send()

        self.assertEqual(action["res_model"], "offer.readiness.ask")
        self.assertEqual(order.state, "draft")
        dialog = self._as(self.anna)["offer.readiness.ask"].create(
            {"order_id": order.id}
        )
        self.assertIn("Addressed to a person", dialog.objections)
        with self.assertRaisesRegex(ValidationError, "in a few words"):
            dialog.action_send_anyway()

        dialog.reason = "By phone"
        action = dialog.action_send_anyway()

        self.assertEqual(action["res_model"], "mail.compose.message")
        self.assertIn("By phone", order.message_ids[0].body)

    def test_own_line_of_a_branch_wins_over_the_general_one(self):
        self._require("person")
        self._require("person", company=self.warszawa, level="off")
        order = self._make_order(self.anna)

        self.assertNotIn("person", self._points(order))
        self.assertFalse(order._offer_send_objections())
        foreign = self._make_order(self.ewa)
        self.assertTrue(foreign._offer_send_objections())

    def test_salespeople_do_not_change_the_policy(self):
        with self.assertRaises(AccessError):
            self._as(self.anna)["offer.readiness.policy"].create({"point": "person"})

    def test_sending_looks_at_nothing_that_is_not_required(self):
        order = self._make_order(self.anna)
        order.offer_readiness()
        self.env.flush_all()
        order._offer_send_objections()  # reads the quotation itself

        with self.assertQueryCount(0):
            self.assertFalse(order._offer_send_objections())

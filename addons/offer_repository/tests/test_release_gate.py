import json
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..models.offer_check_refusal import OfferCheckRefusal
from .common_release import ReleaseCommon


@tagged("post_install", "-at_install")
class TestReleaseGate(ReleaseCommon):
    def test_without_rule_everything_leaves(self):
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")
        self.assertEqual(len(self._conflicts()), 1)

    def test_every_way_out_is_held(self):
        self._rule("block")
        composer = self._composer()
        pdf = self._make_attachment(self.ewa)
        self.ewa.group_ids |= self.env.ref("base.group_partner_manager")
        post = {"partner_ids": self.customer.ids, "subtype_xmlid": "mail.mt_comment"}
        ways = {
            "composer": composer.action_send_mail,
            "mark": self.order.action_quotation_sent,
            "confirm": self.order.action_confirm,
            "write": lambda: self.order.write({"state": "sent"}),
            "message": lambda: self.order.message_post(
                body="Here", attachment_ids=pdf.ids, **post
            ),
            "context": lambda: self.order.with_context(
                mark_so_as_sent=True
            ).message_post(body="Here", **post),
            "print": lambda: self._as(self.ewa)["sale.order"]._offer_on_rendered(
                "sale.report_saleorder", self.order.ids, b"%PDF-", "application/pdf"
            ),
            "share": lambda: self._as(self.ewa)["portal.share"].create(
                {"res_model": "sale.order", "res_id": self.order.id}
            ),
            "template": lambda: (
                self.order._find_mail_template()
                .with_env(self._as(self.ewa))
                .send_mail(self.order.id)
            ),
            "sudo": self.order.sudo().action_confirm,
        }
        for way, call in ways.items():
            with self.subTest(way=way):
                error = self._stopped(call)
                self.assertEqual(error.context["event"], "conflict")
        self.assertEqual(self.order.state, "draft")
        self.assertFalse(self._offer_of(self.order))

    def test_dialog_opens_so_that_the_mail_can_be_written(self):
        self._rule("approval")

        self.assertTrue(self.order.action_quotation_send())

    def test_customer_is_never_held(self):
        self._rule("block")
        portal = self._make_seller(
            "customer.test", self.krakow, groups="base.group_portal"
        )
        self.order.sudo().with_user(portal).sudo().action_confirm()

        self.assertEqual(self.order.state, "sale")

    def test_rule_counts_from_its_severity_on(self):
        self._rule("block", "high")
        with self.assertRaises(OfferCheckRefusal), self.env.cr.savepoint():
            self._send(self.order)  # certain, all goods, 27 %
        other = self._make_order(
            self.ewa, lines=[(self.lathe, 1, 123000.0), (self.mill, 9, 99999.0)]
        )
        other.validity_date = fields.Date.today()
        self.rival.date_valid_until = fields.Date.today()
        self.rival.order_id.sudo().order_line = [
            Command.create({"product_id": self.mill.id, "price_unit": 900000.0})
        ]
        self._send(other)

        self.assertEqual(other.state, "sent")

    def test_branch_below_may_have_its_own_rule(self):
        self._rule("block")
        self._rule("inform", company=self.krakow)
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")

    def test_manager_gives_a_reason(self):
        self._rule("approval")
        order = self._make_order(self.manager, company=self.krakow)
        error = self._stopped(order.action_quotation_sent)

        self.assertEqual(error.context["code"], "offer_check_reason")

    def test_reason_lets_it_go_and_is_counted(self):
        self._rule("reason")
        error = self._stopped(self._composer().action_send_mail)
        override = self._as(self.ewa)["offer.check.override"]
        override.give_reason(error.context["token"], "Both were asked")
        self._send(self.order)

        row = override.sudo().search([("order_id", "=", self.order.id)])
        self.assertEqual((row.state, row.reason), ("done", "Both were asked"))

    def test_nothing_of_the_other_side_is_told(self):
        self._rule("approval")
        error = self._stopped(self.order.action_quotation_sent)
        told = json.dumps([str(error), error.context], default=str)

        self.assertNotIn("123", told.replace(error.context["token"], ""))
        self.assertNotIn("high", told)
        self.assertNotIn(self.rival.name, told.replace(self.order.name, ""))
        self.assertIn("Meridian Warszawa", told)

    def test_other_goods_and_other_times_pass(self):
        self._rule("block")
        self.mill.categ_id = self.env["product.category"].create({"name": "Mills"})
        self._send(self._make_order(self.ewa, lines=[(self.mill, 1, 1.0)]))
        self.rival.date_valid_until = fields.Date.today() - timedelta(days=1)
        self.rival.state = "expired"
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")

    def test_sides_may_be_salespeople(self):
        self._rule("block")
        order = self._make_order(self.piotr, lines=[(self.lathe, 1, 80000.0)])
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")

        self.root.offer_conflict_side = "salesperson"
        other = self._make_order(self.piotr, lines=[(self.lathe, 1, 70000.0)])
        self._stopped(other.action_quotation_sent)

    def test_sides_may_be_teams(self):
        self._rule("block")
        self.root.offer_conflict_side = "team"
        north, south = self.env["crm.team"].create([{"name": "N"}, {"name": "S"}])
        self.rival.team_id = north
        order = self._make_order(self.piotr, team_id=north.id)
        order.action_quotation_sent()
        other = self._make_order(self.piotr, team_id=south.id)

        self.assertEqual(order.state, "sent")
        self._stopped(other.action_quotation_sent)

    def test_decided_case_holds_no_more(self):
        self._send(self.order)
        case = self._conflicts()
        self._rule("block")
        self._stopped(self.order.action_confirm)
        self._by(self.manager, case)._decide("allow", "Both are wanted")
        self.order.action_confirm()

        self.assertEqual(self.order.state, "sale")

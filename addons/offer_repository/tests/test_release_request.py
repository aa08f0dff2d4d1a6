from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_release import ReleaseCommon

FOREIGN = ("severity", "severity_reason", "rival_offer_ids", "spread_amount")
OWN_NOTES = ("override_id", "told_user_ids", "draft_options")


@tagged("post_install", "-at_install")
class TestReleaseRequest(ReleaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule("approval")

    def test_request_carries_what_the_manager_needs(self):
        request = self._ask()
        request = self._by(self.manager, request)

        self.assertEqual(request.state, "asked")
        self.assertEqual(request.reason, "The customer wants us both")
        self.assertEqual(request.severity, "high")
        self.assertIn("27", request.severity_reason)
        self.assertEqual(request.spread_amount, 33456.0)
        self.assertEqual(request.rival_offer_ids, self.rival)
        self.assertEqual(request.rival_names, "Meridian Warszawa")
        self.assertEqual(request.sudo().activity_ids.user_id, self.manager)
        self.assertGreater(request.date_due, fields.Datetime.now())

    def test_salesperson_sees_where_it_stands_and_no_more(self):
        request = self._by(self.ewa, self._ask())

        self.assertEqual(self.order.offer_release_state, "asked")
        self.assertIn("Your manager was asked", self.order.offer_release_status)
        self.assertEqual(self.order.action_open_offer_releases()["res_id"], request.id)
        for field in (*FOREIGN, *OWN_NOTES):
            with self.subTest(field=field), self.assertRaises(AccessError):
                request.read([field])
        texts = " ".join(self._requests().message_ids.mapped("body"))
        self.assertNotIn("33456", texts.replace(",", ""))

    def test_requests_of_others_are_not_read(self):
        request = self._ask()

        for user in (self.anna, self.piotr):
            with self.subTest(user=user.login):
                self.assertFalse(self._by(user, request).search([]))
                with self.assertRaises(AccessError):
                    self._by(user, request).read(["reason"])

    def test_nobody_answers_his_own(self):
        request = self._by(self.ewa, self._ask())

        for call in (
            request.action_release,
            lambda: request.refuse("No"),
            request.action_undo,
            lambda: request.write({"state": "released"}),
            lambda: request.create({"user_id": self.ewa.id}),
            lambda: request.sudo().override_id.with_env(request.env).action_approve(),
        ):
            with self.assertRaises(UserError):
                call()
        self._stopped(self.order.action_quotation_sent)

    def test_release_lets_what_was_written_go_with_one_click(self):
        pdf = self._make_attachment(self.ewa, "our.pdf", b"%PDF-1.4 our words")
        request = self._ask(attachment_ids=[Command.set(pdf.ids)])
        self._by(self.manager, request).action_release()
        self.assertEqual(self.order.offer_release_state, "released")
        self.order.action_offer_send_released()

        message = self.order.message_ids.filtered("partner_ids")[:1]
        self.assertEqual(self.order.state, "sent")
        self.assertEqual(request.state, "sent")
        self.assertEqual(message.subject, "Our offer")
        self.assertIn("Best price", message.body)
        self.assertEqual(message.partner_ids, self.customer)
        self.assertEqual(message.attachment_ids, pdf)
        self.assertEqual(message.author_id, self.ewa.partner_id)
        self.assertEqual(len(self._conflicts()), 1)
        self.assertFalse(request.has_draft or request.draft_body)

    def test_draft_waits_while_the_quotation_is_printed(self):
        request = self._ask()
        self._by(self.manager, request).action_release()
        self.order.action_quotation_sent()
        self.assertEqual(request.state, "sent")
        self._by(self.ewa, request).action_send()

        self.assertFalse(request.has_draft)
        bodies = "".join(self.order.message_ids.mapped("body"))
        self.assertIn("Best price", bodies)

    def test_answer_is_told_in_the_language_of_the_salesperson(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.ewa.lang = "pl_PL"
        request = self._ask()
        self._by(self.manager, request).action_release()

        self.assertEqual(request.activity_ids.user_id, self.ewa)
        notified = self.env["mail.message"].search(
            [
                ("res_id", "=", request.id),
                ("model", "=", request._name),
                ("partner_ids", "in", self.ewa.partner_id.ids),
            ]
        )
        self.assertTrue(notified)

    def test_refusal_needs_words_and_keeps_it_held(self):
        request = self._by(self.manager, self._ask())
        with self.assertRaises(ValidationError):
            request.refuse(" ")
        dialog = request.action_refuse()
        request.env[dialog["res_model"]].with_context(**dialog["context"]).create(
            {"answer": "Anna was first"}
        ).action_refuse()

        self.assertEqual(request.state, "refused")
        self.assertIn("Anna was first", self.order.offer_release_status)
        self._stopped(self.order.action_quotation_sent)

    def test_answer_can_be_taken_back_while_not_sent(self):
        request = self._by(self.manager, self._ask())
        request.action_release()
        request.action_undo()
        self._stopped(self.order.action_quotation_sent)
        request.action_release()
        self.order.action_quotation_sent()

        with self.assertRaises(UserError):
            request.action_undo()

    def test_release_holds_for_these_terms_only(self):
        request = self._by(self.manager, self._ask())
        request.action_release()
        for values in (
            {
                "order_line": [
                    Command.update(self.order.order_line.id, {"price_unit": 1})
                ]
            },
            {"validity_date": fields.Date.today() + timedelta(days=99)},
            {"note": "Free service for ever"},
        ):
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                self.order.write(values)
                self._stopped(self.order.action_quotation_sent)
                savepoint.rollback()
        self.env.invalidate_all()
        self.order.order_line.name = "The same lathe in other words"
        self.order.action_quotation_sent()

        self.assertEqual(self.order.state, "sent")

    def test_new_rival_needs_a_new_release(self):
        request = self._by(self.manager, self._ask())
        request.action_release()
        self.env["offer.check.policy"].search([]).unlink()
        self._make_sent_offer(self.marta, lines=[(self.lathe, 1, 1000.0)])
        self._rule("approval")

        self._stopped(self.order.action_quotation_sent)

    def test_due_reminds_and_then_asks_the_next(self):
        other = self._make_seller(
            "next.test",
            self.root | self.krakow,
            groups="offer_repository.offer_repository_group_manager",
        )
        request = self._ask()
        self.assertEqual(request.told_user_ids, self.manager)
        for times, told in ((1, self.manager), (2, self.manager | other)):
            request.date_due = fields.Datetime.now() - timedelta(minutes=1)
            self.env.flush_all()
            with self.enter_registry_test_mode():
                self.env.ref(
                    "offer_repository.ir_cron_offer_release_request_remind"
                ).method_direct_trigger()
            request.invalidate_recordset()
            self.assertEqual(request.reminder_count, times)
            self.assertEqual(request.told_user_ids & (self.manager | other), told)
        self.assertIn(other, request.activity_ids.user_id)

    def test_mass_sending_holds_what_must_and_sends_the_rest(self):
        free = self._make_order(
            self.ewa, partner=self._make_customer("Free", email="a@free.example")
        )
        orders = self.order | free
        template = self.order._find_mail_template()
        composer = (
            self._as(self.ewa)["mail.compose.message"]
            .with_context(active_ids=orders.ids)
            .create(
                {
                    "composition_mode": "mass_mail",
                    "model": "sale.order",
                    "res_ids": str(orders.ids),
                    "template_id": template.id,
                }
            )
        )
        composer.action_send_mail()

        request = self._requests()
        self.assertEqual((request.order_id, request.state), (self.order, "held"))
        self.assertEqual(request.activity_ids.user_id, self.ewa)
        self.assertTrue(self._offer_of(free))
        self.assertFalse(self._offer_of(self.order))
        own = self._by(self.ewa, request)
        own.ask("They asked for it")
        self.assertEqual(request.state, "asked")
        self._by(self.manager, request).action_release()
        own.action_send()
        self.assertTrue(self._offer_of(self.order))

    def test_scheduled_message_is_held_and_nothing_lost(self):
        composer = self._composer(
            scheduled_date=fields.Datetime.now() + timedelta(hours=1)
        )
        message = composer._action_schedule_message()
        message.sudo()._post_message(raise_exception=False)

        request = self._requests()
        self.assertEqual(request.state, "held")
        self.assertEqual(request.draft_subject, "Our offer")
        self.assertTrue(request.draft_attachment_ids)
        self.assertFalse(message.exists())
        self.assertEqual(self.order.state, "draft")

    def test_only_who_was_held_sends_the_draft(self):
        request = self._ask()
        self._by(self.manager, request).action_release()

        for user in (self.manager, self.anna):
            with self.assertRaises(AccessError):
                self._by(user, request).action_send()

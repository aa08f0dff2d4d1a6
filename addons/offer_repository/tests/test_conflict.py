from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictDetection(ConflictCommon, CronMixinCase):
    def test_manager_of_one_branch_alone_is_told_whoever_sends(self):
        boss = self._make_seller(
            "boss.krakow",
            self.krakow,
            groups="offer_repository.offer_repository_group_manager",
        )
        self.krakow.offer_conflict_manager_id = boss
        self._make_sent_offer(self.ewa)
        self._make_sent_offer(self.anna)  # who does not work in Kraków

        told = self._conflicts().activity_ids.user_id
        self.assertEqual(told, boss | self.manager)

    def test_second_offer_opens_a_case_with_the_spread(self):
        case = self._collide()

        self.assertEqual(len(case), 1)
        self.assertEqual(case.company_ids, self.warszawa | self.krakow)
        self.assertEqual(case.offer_ids, self.first | self.second)
        self.assertEqual((case.lowest_amount, case.highest_amount), (90000, 100000))
        self.assertEqual(case.spread_amount, 10000)
        self.assertAlmostEqual(case.spread_percent, 10.0)
        self.assertEqual((case.overlap_percent, case.spread_basis), (100, "products"))
        self.assertEqual((case.severity, case.state), ("high", "open"))
        self.assertEqual(case.customer_name, self.customer.display_name)
        self.assertTrue(case.name.startswith("OC/"))

    def test_reasons_are_told_in_sentences(self):
        case = self._collide()

        self.assertIn("10 %", case.severity_reason)
        self.assertEqual(len(case.severity_reason.splitlines()), 4)

    def test_numbers_in_reasons_are_written_as_the_reader_does(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        case = self._collide(second=83200.0)

        self.assertIn("16,8 %", case.with_context(lang="pl_PL").severity_reason)

    def test_the_activity_ends_with_the_name_of_the_customer(self):
        self.customer.name = "Fabryka Mebli Jodła sp. z o.o."

        note = self._collide().activity_ids[:1].note

        self.assertIn("sp. z o.o.", note)
        self.assertNotIn("o.o..", note)

    def test_offers_of_one_branch_never_conflict(self):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.piotr)

        self.assertFalse(self._conflicts())

    def test_different_goods_never_conflict(self):
        self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 100000)])
        self._make_sent_offer(self.ewa, lines=[(self.mill, 1, 45000)])

        self.assertFalse(self._conflicts())

    def test_different_customers_never_conflict(self):
        self._make_sent_offer(self.anna)
        other = self._make_customer("Other", email="other@else.example")
        self._make_sent_offer(self.ewa, partner=other)

        self.assertFalse(self._conflicts())

    def test_dead_offers_never_conflict(self):
        for state in ("won", "lost", "cancelled", "expired"):
            self._make_sent_offer(self.anna).state = state
        self._make_sent_offer(self.ewa)

        self.assertFalse(self._conflicts())

    def test_unrelated_company_never_conflicts(self):
        stranger = self._make_company("Somebody Else")
        user = self._make_seller("stranger.test", stranger)
        self._make_sent_offer(self.anna)
        self._make_sent_offer(user)

        self.assertFalse(self._conflicts())
        self.assertFalse(
            self.env["offer.conflict"].search([("company_ids", "in", stranger.ids)])
        )

    def test_sending_again_updates_the_case(self):
        case = self._collide()
        order = self.second.order_id.with_env(self._as(self.ewa))
        order.order_line.price_unit = 70000
        self._send(order)

        self.assertEqual(self._conflicts(), case)
        self.assertEqual((case.lowest_amount, case.spread_amount), (70000, 30000))

    def test_rescan_changes_nothing(self):
        case = self._collide()
        before = self._content(case)
        self.env["offer.conflict"]._detect(self.first | self.second)
        self._run_cron()

        self.assertEqual(self._conflicts(), case)
        self.assertEqual(self._content(case), before)

    def _content(self, case):
        simple = [
            name
            for name, field in case._fields.items()
            if field.store and not field.type.endswith("2many")
        ]
        return {
            **case.read(simple)[0],
            "write_date": None,
            "offers": case.offer_ids.sorted("id").ids,
            "companies": case.company_ids.sorted("id").ids,
        }

    def test_third_branch_joins_the_open_case(self):
        case = self._collide()
        third = self._make_sent_offer(self.marta, lines=[(self.lathe, 1, 60000)])

        self.assertEqual(self._conflicts(), case)
        self.assertEqual(case.offer_ids, self.first | self.second | third)
        self.assertEqual((case.lowest_amount, case.highest_amount), (60000, 100000))

    def test_managers_get_from_the_offer_to_its_case(self):
        case = self._collide()
        action = self.first.with_env(self._as(self.manager)).action_open_conflicts()

        self.assertEqual(action["res_id"], case.id)
        with self.assertRaises(AccessError):
            self.second.with_env(self._as(self.ewa)).action_open_conflicts()

    def test_many_offers_of_one_transaction_wake_the_cron_once(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_conflict_detect")
        self.env.cr.flush()
        with self.capture_triggers(cron.id) as triggers:
            for partner in ("A", "B", "C"):
                order = self._make_order(
                    self.anna, partner=self._make_customer(partner)
                )
                order.action_quotation_sent()
            self.env.cr.flush()

        self.assertEqual(len(triggers.records), 1)

    def test_first_look_leaves_the_offer_for_the_second(self):
        offer = self._make_sent_offer(self.anna)
        self.assertTrue(offer.conflict_check_pending)
        self._run_cron()

        self.assertFalse(offer.conflict_check_pending)

    def test_second_look_finds_what_the_first_could_not_see(self):
        case = self._collide()
        identity = case.identity_id
        case.unlink()
        identity.unlink()
        self._run_cron()

        self.assertEqual(self._conflicts().offer_ids, self.first | self.second)

    def test_locked_tree_is_left_to_the_second_look(self):
        with self.registry.cursor() as other:
            anchor = self.env["offer.identity"]._anchor(self.krakow._offer_tree())
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (0x0FFE4C, anchor.id))
            self.assertFalse(self._collide())
        self._run_cron()

        self.assertEqual(len(self._conflicts()), 1)


@tagged("post_install", "-at_install")
class TestConflictMoney(ConflictCommon):
    def test_currencies_are_compared_at_the_day_of_each_offer(self):
        zloty = self.env.ref("base.PLN")
        zloty.active = True
        today = fields.Date.today()
        for days, rate in ((10, 4.0), (0, 5.0)):
            self.env["res.currency.rate"].create(
                {
                    "currency_id": zloty.id,
                    "name": today - timedelta(days=days),
                    "rate": rate,
                    "company_id": self.root.id,
                }
            )
        with freeze_time(fields.Datetime.now() - timedelta(days=5)):
            prices = self.env["product.pricelist"].create(
                {"name": "Złoty", "currency_id": zloty.id, "company_id": False}
            )
            order = self._make_order(
                self.anna, lines=[(self.lathe, 1, 400000.0)], pricelist_id=prices.id
            )
            self._send(order)
        self._make_sent_offer(self.ewa, lines=[(self.lathe, 1, 90000.0)])
        case = self._conflicts()

        self.assertEqual(case.currency_id, self.currency)
        self.assertEqual((case.lowest_amount, case.highest_amount), (90000, 100000))

    def test_discount_counts_and_taxes_do_not(self):
        country = self.root.account_fiscal_country_id or self.env.ref("base.pl")
        place = {"company_id": self.root.id, "country_id": country.id}
        group = self.env["account.tax.group"].create({"name": "VAT", **place})
        tax = self.env["account.tax"].create(
            {"name": "VAT 23 %", "amount": 23, "tax_group_id": group.id, **place}
        )
        self._make_sent_offer(self.anna, lines=[(self.lathe, 1, 100000.0)])
        order = self._make_order(self.ewa, lines=[(self.lathe, 1, 100000.0)])
        order.order_line.write({"discount": 10, "tax_ids": tax.ids})
        self._send(order)

        self.assertEqual(self._conflicts().spread_amount, 10000)

    def test_units_are_made_comparable(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._make_sent_offer(self.anna, lines=[(self.lathe, 12, 100.0)])
        order = self._make_order(self.ewa, lines=[(self.lathe, 1, 1200.0)])
        order.order_line.write({"product_uom_id": dozen.id, "price_unit": 1200.0})
        self._send(order)

        case = self._conflicts()
        self.assertEqual(case.spread_amount, 0)
        [row] = case.compare_data()["rows"]
        self.assertEqual(
            [(cell["quantity"], cell["unit_price"]) for cell in row["cells"]],
            [(12, 100), (12, 100)],
        )

    def test_comparison_aligns_the_lines_and_marks_the_prices(self):
        self._make_sent_offer(
            self.anna, lines=[(self.lathe, 1, 100000.0), (self.mill, 1, 45000.0)]
        )
        self._make_sent_offer(self.ewa, lines=[(self.lathe, 2, 80000.0)])
        data = self._conflicts().with_env(self._as(self.manager)).compare_data()

        self.assertEqual(
            [side["branch"] for side in data["sides"]],
            ["Meridian Warszawa", "Meridian Kraków"],
        )
        shared, single = data["rows"]
        self.assertEqual(shared["level"], "product")
        self.assertEqual(
            [(cell["mark"], cell["percent_below"]) for cell in shared["cells"]],
            [("highest", 0.0), ("lowest", 20.0)],
        )
        self.assertEqual(single["level"], "")
        self.assertEqual([cell["exists"] for cell in single["cells"]], [True, False])
        self.assertEqual(data["spread"]["amount"], 20000)

    def test_comparison_is_for_readers_of_the_case_only(self):
        case = self._collide()

        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).compare_data()

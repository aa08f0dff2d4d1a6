import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestPriceHint(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._make_sent_offer(cls.anna, lines=[(cls.lathe, 1, 71234.0)])
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _ask(self, user, product=None, **values):
        self.env.invalidate_all()
        return self._as(user)["offer.price.hint"].last_offered(
            {
                "partner_id": self.customer.id,
                "product_id": (product or self.lathe).id,
                **values,
            }
        )

    def _disclosures(self, user):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", user.id), ("kind", "=", "price_card")]
        )

    def assertNoPrice(self, answer):
        text = json.dumps(answer)
        for secret in (
            "71234",
            "71,234",
            self.foreign.name,
            str(self.foreign.id) + ",",
        ):
            self.assertNotIn(secret, text)

    def test_own_last_offer_is_told_with_price_date_and_whose(self):
        order = self._make_order(self.ewa, lines=[(self.lathe, 2, 80000.0)])
        order.order_line.discount = 5
        self._send(order)

        (offer,) = self._ask(self.ewa)["offers"]

        self.assertIn("76,000.00", offer["price"])
        self.assertEqual(offer["discount"], "5 %")
        self.assertEqual(
            (offer["salesperson"], offer["offer"]), ("Ewa Test", order.name)
        )
        self.assertFalse(self._ask(self.ewa, order_id=order.id)["offers"])

    def test_by_default_other_branches_tell_only_that_there_is_one(self):
        answer = self._ask(self.ewa)

        (card,) = answer["others"]
        self.assertEqual(
            set(card),
            {
                "key",
                "branch",
                "salesperson",
                "phone",
                "email",
                "since",
                "relation",
                "relation_text",
            },
        )
        self.assertEqual((card["branch"], card["relation"]), ("Meridian Warszawa", ""))
        self.assertFalse(card["relation_text"])
        self.assertNoPrice(answer)

    def test_relation_is_told_if_the_other_branch_allows_it(self):
        self.krakow.offer_price_hint = "relation"
        self.assertFalse(self._ask(self.ewa)["others"][0]["relation"])
        self.warszawa.offer_price_hint = "relation"

        answer = self._ask(self.ewa)

        # 71,234 against the list price of 80,000
        self.assertEqual(answer["others"][0]["relation"], "lower")
        self.assertIn("list price", answer["others"][0]["relation_text"])
        self.assertNoPrice(answer)
        self.warszawa.offer_price_hint_percent = 12
        self.assertEqual(self._ask(self.ewa)["others"][0]["relation"], "within")

    def test_own_last_offer_is_what_others_are_compared_with(self):
        self.warszawa.offer_price_hint = "relation"
        self._make_sent_offer(self.ewa, lines=[(self.lathe, 1, 50000.0)])

        (card,) = self._ask(self.ewa)["others"]

        self.assertEqual(card["relation"], "higher")
        self.assertIn("your last offer", card["relation_text"])

    def test_price_cannot_be_found_by_asking_again_with_other_prices(self):
        self.warszawa.offer_price_hint = "relation"
        order = self._make_order(self.ewa, lines=[(self.lathe, 1, 80000.0)])
        answers = set()
        for price in (10.0, 71000.0, 71234.0, 72000.0, 1e6):
            order.order_line.price_unit = price
            for extra in ({}, {"price": price}, {"price_unit": price}):
                answer = self._ask(self.ewa, order_id=order.id, **extra)
                answers.add(json.dumps(answer["others"]))
        self.assertEqual(len(answers), 1)

    def test_salesperson_cannot_move_what_prices_are_compared_with(self):
        lathe = self.lathe.with_env(self._as(self.ewa))

        self.assertFalse(lathe.has_access("write"))

    def test_colleague_of_the_own_branch_is_told_nothing_of_ones_offers(self):
        answer = self._ask(self.piotr)

        self.assertEqual((answer["offers"], answer["others"]), ([], []))

    def test_closed_offers_of_other_branches_are_no_news(self):
        self.foreign._set_state("lost", only_from=("sent",))

        self.assertFalse(self._ask(self.ewa)["others"])

    def test_other_products_and_customers_tell_nothing(self):
        stranger = self._make_customer("Somebody Else", email="else@example.com")

        self.assertFalse(self._ask(self.ewa, self.mill)["others"])
        self.assertFalse(self._ask(self.ewa, partner_id=stranger.id)["others"])

    def test_branch_that_says_nothing_of_others_says_nothing_of_prices(self):
        self.env["offer.check.policy"].create(
            {
                "company_id": self.krakow.id,
                "event": "quotation",
                "verdict": "certain",
                "level": "silent",
            }
        )

        self.assertFalse(self._ask(self.ewa)["others"])

    def test_every_card_is_written_down_with_its_level(self):
        self._ask(self.ewa)
        self.assertEqual(self._disclosures(self.ewa).level, "metadata")
        self.assertEqual(self._disclosures(self.ewa).owner_company_id, self.warszawa)
        self.warszawa.offer_price_hint = "relation"
        self._ask(self.ewa)
        self.assertEqual(
            set(self._disclosures(self.ewa).mapped("level")), {"metadata", "subject"}
        )

    def test_asking_pauses_after_too_many_cards(self):
        self.krakow.offer_lookup_limit = 1
        self._ask(self.ewa)
        self._make_sent_offer(self.anna, lines=[(self.mill, 1, 5.0)])

        answer = self._ask(self.ewa, self.mill)

        self.assertTrue(answer["limited"])
        self.assertTrue(answer["message"])
        self.assertFalse(answer["others"])

    def test_customers_asked_for_by_price_count_for_the_look_up_limit(self):
        self.krakow.offer_lookup_limit = 1
        self._ask(self.ewa)
        self.env.invalidate_all()

        answer = self._as(self.ewa)["offer.check"].check_customer(
            {"model": "res.partner", "vat": "5260001246"}
        )

        self.assertTrue(answer["limited"])

    def test_pause_ends_after_an_hour(self):
        self.krakow.offer_lookup_limit = 1
        self._ask(self.ewa)
        self.env.cr.execute(
            "UPDATE contact_disclosure SET date = %s WHERE user_id = %s",
            [fields.Datetime.now() - timedelta(hours=2), self.ewa.id],
        )

        self.assertFalse(self._ask(self.ewa)["limited"])

    def test_manager_of_the_tree_sees_the_price_itself(self):
        answer = self._ask(self.manager)

        self.assertIn("71,234.00", answer["offers"][0]["price"])
        self.assertFalse(answer["others"])
        self.assertEqual(self._disclosures(self.manager).level, "content")

    def test_manager_of_another_tree_sees_nothing(self):
        other = self._make_company("Unrelated holding")
        stranger = self._make_seller(
            "stranger.test",
            other,
            groups="offer_repository.offer_repository_group_manager",
        )
        answer = self._ask(stranger)

        self.assertEqual((answer["offers"], answer["others"]), ([], []))

    def test_customer_or_product_that_may_not_be_read_tells_nothing(self):
        hidden = self._make_customer("Hidden", company_id=self.warszawa.id)
        own = self._make_product(
            "Own of Warszawa", "OW1", 5.0, company_id=self.warszawa.id
        )
        self._make_sent_offer(self.anna, partner=hidden)

        for values in ({"partner_id": hidden.id}, {"product_id": own.id}):
            answer = self._ask(self.ewa, **values)
            self.assertEqual((answer["offers"], answer["others"]), ([], []))

    def test_values_are_checked(self):
        hint = self._as(self.ewa)["offer.price.hint"]
        for values in (None, [], {"partner_id": "x"}, {"product_id": True}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                hint.last_offered(values)
        self.assertEqual(hint.last_offered({})["others"], [])

    def test_no_foreign_value_stays_in_the_cache(self):
        env = self._as(self.ewa)
        self._ask(self.ewa)

        with self.assertRaises(AccessError):
            env["offer.offer"].browse(self.foreign.id).read(["amount_total"])

    def test_history_names_no_record_of_the_same_customer_in_another_branch(self):
        nip, poland = "5260001246", self.env.ref("base.pl").id
        self.customer.write({"vat": nip, "country_id": poland})
        twin = self._make_customer(
            "Łącznik", vat=nip, country_id=poland, company_id=self.warszawa.id
        )
        self._make_sent_offer(self.anna, partner=twin, lines=[(self.mill, 1, 71234.0)])
        self._run_cron()
        order = self._make_order(self.ewa, lines=[(self.mill, 1, 1.0)])
        hint = order.env["offer.price.hint"]
        self.assertIn(twin.id, hint._customers(self.customer, self.krakow.sudo()))
        self.env.invalidate_all()

        customer = self.customer.with_env(order.env)
        for opened in (
            order.action_open_price_history(),
            customer.action_open_price_history(),
        ):
            [ids] = [leaf[2] for leaf in opened["domain"] if "partner" in leaf[0]]
            self.assertEqual(ids, self.customer.ids)
        # the card knows the twin all the same
        self.assertTrue(self._ask(self.ewa, self.mill)["others"])

    def test_form_opens_the_history_of_the_customer_and_its_products(self):
        order = self._make_order(self.ewa)

        action = order.action_open_price_history()

        rows = order.env["offer.price.report"].search(action["domain"])
        self.assertNotIn(self.foreign.id, rows.sudo().offer_id.ids)
        for record in (self.customer, self.lathe, self.lathe.product_tmpl_id):
            opened = record.with_env(order.env).action_open_price_history()
            self.assertEqual(opened["res_model"], "offer.price.report")

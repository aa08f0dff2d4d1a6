from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..matching import CODES
from .common import OfferCommon

NIP = "5260001246"
CARD = {
    "key",
    "branch",
    "salesperson",
    "phone",
    "email",
    "since",
    "state",
    "state_label",
    "verdict",
    "verdict_label",
    "evidence",
    "against",
    "is_same_record",
}
NOTHING = {
    "cards": [],
    "customers": [],
    "policy": False,
    "limited": False,
    "message": False,
}


def letter(name, mailbox):
    """Return a mail that asks for an offer, as the gateway gets it."""
    return f"""From: {name} <{mailbox}>
To: offers@meridian.example
Subject: Offer for a lathe
Message-ID: <lathe@{mailbox.partition("@")[2]}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Good morning, how much is the lathe?
"""


class CheckCommon(OfferCommon):
    """Warszawa has a live offer out; Kraków asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.customer.write(
            {"vat": NIP, "phone": "+48 22 123 45 67", "country_id": cls.poland.id}
        )
        cls.anna.partner_id.phone = "+48 600 100 200"
        cls.offer = cls._make_sent_offer(cls.anna)

    @classmethod
    def _check(cls, user, model="res.partner", company=None, **values):
        return cls._as(user, company)["offer.check"].check_customer(
            {"model": model, **values}
        )

    @classmethod
    def _branches(cls, answer):
        return [card["branch"] for card in answer["cards"]]


@tagged("post_install", "-at_install")
class TestCheck(CheckCommon):
    def test_picked_customer_of_the_shared_record_gives_a_card(self):
        answer = self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        [card] = answer["cards"]
        self.assertEqual(set(card), CARD)
        self.assertEqual(card["branch"], "Meridian Warszawa")
        self.assertEqual(card["salesperson"], "Anna Test")
        self.assertEqual(card["phone"], "+48 600 100 200")
        self.assertEqual(card["email"], "anna.test@meridian.example")
        self.assertEqual(card["since"], fields.Date.to_string(fields.Date.today()))
        self.assertEqual((card["state"], card["verdict"]), ("sent", "certain"))
        self.assertEqual(card["evidence"], ["Same customer record"])

    def test_own_words_customer_is_recognised(self):
        own = self._make_customer(
            "LACZNIK",
            email=False,
            vat="526-000-12-46",
            company_id=self.krakow.id,
            country_id=self.poland.id,
        )
        answer = self._check(self.ewa, "sale.order", partner_id=own.id)

        self.assertEqual(self._branches(answer), ["Meridian Warszawa"])
        self.assertEqual(answer["cards"][0]["evidence"][0], "Same tax number")

    def test_contact_of_the_customer_stands_for_it(self):
        person = self._make_customer(
            "Jan", is_company=False, parent_id=self.customer.id
        )
        answer = self._check(self.ewa, "sale.order", partner_id=person.id)

        self.assertEqual(self._branches(answer), ["Meridian Warszawa"])

    def test_typed_values_find_the_customer_before_saving(self):
        cases = {
            "vat": ("526-000-12-46", "certain"),
            "phone": ("0048 22/123 45 67", "certain"),
            "email": ("ZAKUPY@lacznik.example", "probable"),
        }
        for field, (value, verdict) in cases.items():
            with self.subTest(field=field):
                values = {field: value, "country_id": self.poland.id}
                if (
                    field != "email"
                ):  # a number alone may be mistyped, or a switchboard's
                    values["name"] = "Zakład Mechaniczny Łącznik"
                [card] = self._check(self.ewa, **values)["cards"]
                self.assertEqual(card["verdict"], verdict)

    def test_number_of_a_customer_with_another_name_is_not_believed_more(self):
        self.assertTrue(self._check(self.ewa, phone="+48 22 123 45 67")["cards"])
        answer = self._check(
            self.ewa, phone="+48 22 123 45 67", name="Biuro Rachunkowe Jan Nowak"
        )

        self.assertEqual(answer, NOTHING)

    def test_every_kind_of_evidence_has_words_of_its_own(self):
        labels = self.env["offer.check"]._all_labels()

        self.assertFalse(CODES - labels.keys())
        self.assertEqual(len(set(labels.values())), len(labels))

    def test_typed_number_is_read_as_of_the_asking_branchs_country(self):
        companies = self.root | self.warszawa | self.krakow | self.gdansk
        companies.partner_id.country_id = self.poland
        [card] = self._check(self.ewa, vat="526 000 12 46")["cards"]

        self.assertEqual(card["verdict"], "certain")

    def test_new_contact_below_a_company_is_that_company(self):
        answer = self._check(self.ewa, parent_id=self.customer.id, name="Jan")

        self.assertEqual(self._branches(answer), ["Meridian Warszawa"])

    def test_own_branch_is_no_news(self):
        for user in (self.anna, self.piotr):
            answer = self._check(user, "sale.order", partner_id=self.customer.id)
            self.assertEqual(answer, NOTHING)

    def test_branch_of_the_order_counts_not_the_one_switched_on(self):
        both = self._make_seller("both.test", self.krakow | self.warszawa)
        order = self._make_order(both, company=self.warszawa)
        env = self.env(
            user=both,
            context={"allowed_company_ids": (self.krakow | self.warszawa).ids},
        )
        values = {"model": "sale.order", "partner_id": self.customer.id}

        self.assertEqual(
            env["offer.check"].check_customer({**values, "res_id": order.id}), NOTHING
        )
        self.assertEqual(
            env["offer.check"].check_customer(
                {**values, "company_id": self.warszawa.id}
            ),
            NOTHING,
        )
        self.assertTrue(env["offer.check"].check_customer(values)["cards"])

    def test_only_live_offers_give_cards(self):
        for state in ("won", "lost", "cancelled", "expired"):
            self.offer.state = state
            self.assertEqual(
                self._check(self.ewa, "sale.order", partner_id=self.customer.id),
                NOTHING,
                state,
            )

    def test_offer_past_its_validity_gives_no_card(self):
        self.offer.date_valid_until = self._days_ago(1)

        self.assertEqual(
            self._check(self.ewa, "sale.order", partner_id=self.customer.id), NOTHING
        )

    def test_draft_gives_no_card(self):
        other = self._make_customer("Other", email="other@else.example")
        self._make_order(self.anna, partner=other)

        self.assertEqual(
            self._check(self.ewa, "sale.order", partner_id=other.id), NOTHING
        )

    def test_colleague_with_several_offers_gives_one_card(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            self._make_sent_offer(self.anna, lines=[(self.mill, 1, 45000)])
            [card] = self._check(self.ewa, "sale.order", partner_id=self.customer.id)[
                "cards"
            ]
        first = fields.Datetime.context_timestamp(
            self.env.user, self.offer.date_first_sent
        )
        self.assertEqual(card["since"], fields.Date.to_string(first))

    def test_every_colleague_gives_a_card(self):
        self._make_sent_offer(self.piotr)
        self._make_sent_offer(self.marta)
        answer = self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        self.assertEqual(len(answer["cards"]), 3)

    def test_card_of_nobody_names_the_branch(self):
        self.offer.user_id = False
        self.warszawa.phone = "+48 22 999 88 77"
        [card] = self._check(self.ewa, "sale.order", partner_id=self.customer.id)[
            "cards"
        ]

        self.assertEqual((card["salesperson"], card["phone"]), ("", "+48 22 999 88 77"))

    def test_managers_see_the_figures_too(self):
        answer = self._check(
            self.manager, "sale.order", company=self.krakow, partner_id=self.customer.id
        )
        [card] = answer["cards"]

        self.assertEqual(
            set(card) - CARD, {"offer_id", "amount", "currency", "customer"}
        )
        self.assertEqual((card["offer_id"], card["amount"]), (self.offer.id, 80000.0))

    def test_unrelated_company_is_told_nothing(self):
        stranger = self._make_company("Somebody Else")
        user = self._make_seller("stranger.test", stranger)

        self.assertEqual(
            self._check(user, "sale.order", partner_id=self.customer.id), NOTHING
        )
        answer = self._check(user, vat=f"PL{NIP}")
        self.assertFalse(answer["cards"])
        # the record is shared by all companies: what everybody may read is no secret
        self.assertEqual(answer["customers"][0]["partner_id"], self.customer.id)

    def test_customer_the_user_may_not_read_gives_nothing(self):
        hidden = self._make_customer(
            "Hidden", vat=NIP, company_id=self.gdansk.id, country_id=self.poland.id
        )
        for values in (
            {"model": "sale.order", "partner_id": hidden.id},
            {"model": "res.partner", "res_id": hidden.id},
            {"model": "res.partner", "parent_id": hidden.id},
            {"model": "sale.order", "partner_id": 2**31 - 1},
            {"model": "sale.order", "partner_id": 2**80},
        ):
            with self.subTest(values=values):
                answer = self._as(self.ewa)["offer.check"].check_customer(values)
                self.assertEqual(answer, NOTHING)

    def test_key_of_a_card_says_nothing_and_changes_every_day(self):
        def key(user):
            answer = self._check(user, "sale.order", partner_id=self.customer.id)
            return answer["cards"][0]["key"]

        first = key(self.ewa)
        self.assertEqual(first, key(self.ewa))
        self.assertNotEqual(first, key(self.marta))
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.assertNotEqual(first, key(self.ewa))

    def test_answer_is_given_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        env = self._as(self.ewa)
        check = env["offer.check"].with_context(lang="pl_PL")
        answer = check.check_customer(
            {"model": "sale.order", "partner_id": self.customer.id}
        )

        self.assertTrue(answer["cards"][0]["evidence"])


@tagged("post_install", "-at_install")
class TestCheckInput(CheckCommon):
    def test_wrong_types_are_named(self):
        cases = {
            "vat": {"model": "res.partner", "vat": 526},
            "phone": {"model": "res.partner", "phone": ["22"]},
            "partner_id": {"model": "sale.order", "partner_id": "7"},
            "res_id": {"model": "sale.order", "res_id": -1},
            "country_id": {"model": "res.partner", "country_id": True},
            "parent_id": {"model": "res.partner", "parent_id": 1.5},
            "company_id": {"model": "res.partner", "company_id": {}},
            "res.users": {"model": "res.users"},
        }
        for name, values in cases.items():
            with self.subTest(name=name), self.assertRaisesRegex(ValidationError, name):
                self._as(self.ewa)["offer.check"].check_customer(values)

    def test_not_even_a_form_is_refused_clearly(self):
        for values in (None, "PL5260001246", [], 7):
            with self.assertRaises(ValidationError):
                self._as(self.ewa)["offer.check"].check_customer(values)

    def test_odd_texts_are_survived(self):
        for text in ("\0", "💥" * 5000, "' OR 1=1 --", "\ud83d", "%s%%", "x" * 10**6):
            answer = self._check(self.ewa, vat=text, email=text, phone=text, name=text)
            self.assertEqual(answer, NOTHING)

    def test_unknown_values_are_ignored(self):
        answer = self._check(self.ewa, colour="red", country_id=2**31 - 1)

        self.assertEqual(answer, NOTHING)

    def test_who_does_not_sell_may_not_ask(self):
        clerk = new_test_user(self.env, "clerk.test", groups="base.group_user")

        with self.assertRaises(AccessError):
            self._check(clerk, vat=NIP)


@tagged("post_install", "-at_install")
class TestCheckDisclosure(CheckCommon):
    def _rows(self, user):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", user.id), ("kind", "=", "offer_card")]
        )

    def test_every_card_is_logged(self):
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        row = self._rows(self.ewa)
        self.assertEqual(row.company_id, self.krakow)
        self.assertEqual(row.owner_company_id, self.warszawa)
        self.assertEqual((row.kind, row.level), ("offer_card", "metadata"))
        self.assertEqual((row.res_model, row.res_id), ("offer.offer", self.offer.id))
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(row.reason, "Same customer record")

    def test_asking_again_is_not_logged_again(self):
        for _attempt in range(3):
            self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        self.assertEqual(len(self._rows(self.ewa)), 1)

    def test_no_card_no_row(self):
        self._check(self.ewa, vat="PL1234563218")

        self.assertFalse(self._rows(self.ewa))

    def test_limit_stops_fishing_and_says_so(self):
        self.krakow.offer_lookup_limit = 2
        customers = [
            self._make_customer(name, email=f"office@{name.lower()}.example")
            for name in ("Karp", "Szczupak", "Sandacz")
        ]
        for customer in customers:
            self._make_sent_offer(self.anna, partner=customer)
        answers = [
            self._check(self.ewa, email=customer.email) for customer in customers
        ]

        self.assertEqual([len(answer["cards"]) for answer in answers], [1, 1, 0])
        self.assertTrue(answers[2]["limited"])
        self.assertIn("2", answers[2]["message"])

    def test_refusal_is_the_same_whether_there_is_a_hit_or_not(self):
        self.krakow.offer_lookup_limit = 1
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)
        hit = self._check(self.ewa, vat=f"PL{NIP}")
        miss = self._check(self.ewa, vat="PL1234563218")

        self.assertEqual(hit, miss)

    def test_limit_ends_after_an_hour(self):
        self.krakow.offer_lookup_limit = 1
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=61)):
            answer = self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        self.assertEqual(len(answer["cards"]), 1)

    def test_limit_is_per_user(self):
        self.krakow.offer_lookup_limit = self.gdansk.offer_lookup_limit = 1
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)
        answer = self._check(self.marta, "sale.order", partner_id=self.customer.id)

        self.assertFalse(answer["limited"])

    def test_nothing_of_the_look_up_stays_in_the_cache(self):
        env = self._as(self.ewa)
        env.invalidate_all()
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)

        with self.assertRaises(AccessError):
            self.offer.order_id.with_env(env).mapped("amount_total")
        with self.assertRaises(AccessError):
            self.offer.with_env(env).mapped("name")

    def test_check_costs_a_fixed_number_of_queries(self):
        self._check(self.ewa, "sale.order", partner_id=self.customer.id)
        for index in range(5):
            self._make_sent_offer(self.anna, lines=[(self.mill, 1, 45000.0 + index)])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self._check(self.ewa, "sale.order", partner_id=self.customer.id)

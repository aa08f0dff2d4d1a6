from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .test_check import NIP, CheckCommon

READABLE = {
    "key",
    "partner_id",
    "name",
    "place",
    "branch",
    "is_archived",
    "verdict",
    "verdict_label",
    "evidence",
    "against",
}
FOREIGN = {
    "key",
    "branch",
    "salesperson",
    "phone",
    "email",
    "verdict",
    "verdict_label",
    "evidence",
    "against",
}
HIDDEN_NAME = "Hidden Works GmbH"


class CustomerCardCommon(CheckCommon):
    """Gdańsk keeps a customer of its own, without an offer; Kraków asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marta.partner_id.phone = "+48 600 300 400"
        cls.hidden = cls._make_customer(
            HIDDEN_NAME,
            email="buying@hidden.example",
            vat="PL1234563218",
            company_id=cls.gdansk.id,
            user_id=cls.marta.id,
        )

    def _hidden_card(self, user=None):
        answer = self._check(user or self.ewa, email="buying@hidden.example")
        [card] = [card for card in answer["customers"] if "partner_id" not in card]
        return card

    def _activities(self, user):
        return self.env["mail.activity"].search([("user_id", "=", user.id)])


@tagged("post_install", "-at_install")
class TestCheckCustomer(CustomerCardCommon):
    def test_readable_duplicate_can_be_used(self):
        answer = self._check(
            self.ewa, vat=f"PL{NIP}", name="Zakład Mechaniczny Łącznik"
        )

        [card] = answer["customers"]
        self.assertEqual(set(card), READABLE)
        self.assertEqual(card["partner_id"], self.customer.id)
        self.assertEqual(card["name"], self.customer.name)
        self.assertEqual(card["verdict"], "certain")
        self.assertIn("Same tax number", card["evidence"])

    def test_name_and_city_alone_find_a_customer(self):
        self.customer.write({"street": "ul. Żeromskiego 12", "city": "Radom"})
        [card] = self._check(
            self.ewa,
            name="Lacznik Zaklad Mechaniczny Sp z oo",
            street="Zeromskiego 12",
            city="RADOM",
        )["customers"]

        self.assertEqual(card["partner_id"], self.customer.id)
        self.assertIn("Same city", card["evidence"] + card["against"])

    def test_country_that_nobody_typed_speaks_not_against(self):
        self.krakow.partner_id.country_id = self.env.ref("base.gr")
        self.customer.write({"street": "ul. Żeromskiego 12", "city": "Radom"})
        [card] = self._check(
            self.ewa, name=self.customer.name, street="Żeromskiego 12", city="Radom"
        )["customers"]

        self.assertEqual(card["against"], [])

    def test_surest_card_comes_first(self):
        weaker = self._make_customer("Other Works", email="buying@hidden.example")
        answer = self._check(
            self.ewa,
            name=HIDDEN_NAME,
            email="buying@hidden.example",
            vat="PL1234563218",
        )
        verdicts = [card["verdict"] for card in answer["customers"]]

        self.assertEqual(verdicts, sorted(verdicts))  # certain before probable
        self.assertNotEqual(answer["customers"][0].get("partner_id"), weaker.id)

    def test_customer_of_another_branch_is_masked(self):
        card = self._hidden_card()

        self.assertEqual(set(card), FOREIGN)
        self.assertEqual(card["branch"], "Meridian Gdańsk")
        self.assertEqual(card["salesperson"], "Marta Test")
        self.assertEqual(card["phone"], "+48 600 300 400")
        self.assertNotIn(HIDDEN_NAME, str(card))

    def test_managers_are_told_the_name(self):
        card = self._check(
            self.manager, company=self.krakow, email="buying@hidden.example"
        )["customers"][0]

        self.assertEqual(card["name"], HIDDEN_NAME)

    def test_masked_card_is_disclosed_and_counts_for_the_limit(self):
        self.krakow.offer_lookup_limit = 1
        self._hidden_card()
        row = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "customer_card")]
        )
        again = self._check(self.ewa, email="buying@hidden.example")

        self.assertEqual(row.partner_id, self.hidden)
        self.assertEqual(row.owner_company_id, self.gdansk)
        self.assertTrue(again["limited"])

    def test_readable_card_discloses_nothing(self):
        self.offer.state = "lost"
        self._check(self.ewa, vat=f"PL{NIP}")

        self.assertFalse(
            self.env["contact.disclosure"].search([("user_id", "=", self.ewa.id)])
        )

    def test_offer_card_tells_enough_of_its_customer(self):
        self._make_sent_offer(self.marta, partner=self.hidden)
        answer = self._check(self.ewa, email="buying@hidden.example")

        self.assertEqual(self._branches(answer), ["Meridian Gdańsk"])
        self.assertFalse(answer["customers"])

    def test_merely_possible_customer_does_not_pop_up(self):
        answer = self._check(
            self.ewa, vat="PL5261040828", email="buying@hidden.example"
        )

        self.assertEqual((answer["cards"], answer["customers"]), ([], []))

    def test_saved_customer_is_no_duplicate_of_itself(self):
        answer = self._check(self.ewa, res_id=self.customer.id)

        self.assertFalse(answer["customers"])


@tagged("post_install", "-at_install")
class TestCheckAction(CustomerCardCommon):
    def _action(self, user=None):
        return self._as(user or self.ewa)["offer.check"]

    def test_question_reaches_the_colleague_and_leaves_no_trace_for_the_asker(self):
        key = self._hidden_card()["key"]
        told = self._action().ask_branch(key, "Shall we visit together?")

        activity = self._activities(self.marta)
        self.assertEqual(activity.res_id, self.hidden.id)
        self.assertIn("Shall we visit together?", activity.note)
        self.assertIn("Ewa Test", activity.summary)
        self.assertIn("Marta Test", told)
        self.assertNotIn(HIDDEN_NAME, told)
        self.assertFalse(activity.with_user(self.ewa).has_access("read"))
        self.assertNotIn(self.ewa.partner_id, self.hidden.message_partner_ids)

    def test_question_about_an_offer_hangs_on_its_quotation(self):
        [card] = self._check(self.ewa, vat=f"PL{NIP}")["cards"]
        self._action().ask_branch(card["key"], "Who goes on?")

        activity = self._activities(self.anna)
        self.assertEqual(
            (activity.res_model, activity.res_id),
            ("sale.order", self.offer.order_id.id),
        )

    def test_without_colleague_the_manager_is_asked(self):
        self.hidden.user_id = False
        self.root.offer_conflict_manager_id = self.manager
        self._action().ask_branch(self._hidden_card()["key"], "Who knows them?")

        self.assertTrue(self._activities(self.manager))

    def test_key_of_somebody_else_or_made_up_is_refused(self):
        key = self._hidden_card()["key"]
        for user, given in ((self.piotr, key), (self.ewa, "0" * 20), (self.ewa, None)):
            with self.subTest(key=given), self.assertRaises(UserError):
                self._action(user).ask_branch(given, "Hello")

    def test_empty_question_is_refused(self):
        key = self._hidden_card()["key"]
        for message in ("", "  ", None, 5):
            with self.subTest(message=message), self.assertRaises(ValidationError):
                self._action().ask_branch(key, message)

    def _request(self):
        key = self._hidden_card()["key"]
        self._action().request_handover(key, "They moved to Kraków.", "Hidden K")
        return self.env["offer.handover.request"].search([])

    def test_request_goes_to_owner_and_manager(self):
        self.root.offer_conflict_manager_id = self.manager
        request = self._request()

        self.assertEqual(request.activity_ids.user_id, self.marta | self.manager)
        self.assertEqual(request.state, "asked")
        self.assertEqual(request.customer_id, self.hidden)

    def test_asker_reads_the_own_name_only_and_the_owner_the_real_one(self):
        request = self._request()

        own = request.with_env(self._as(self.ewa))
        own.invalidate_recordset()
        self.assertEqual(own.customer_name, "Hidden K")
        self.assertFalse(own.is_answerer)
        owners = request.with_env(self._as(self.marta))
        self.assertEqual(owners.customer_name, HIDDEN_NAME)
        self.assertTrue(owners.is_answerer)
        third = request.with_env(self._as(self.piotr))
        self.assertFalse(third.has_access("read"))

    def test_chatter_opens_for_asker_and_owner(self):
        request = self._request()
        for user in (self.ewa, self.marta):
            own = request.with_env(self._as(user))
            own.invalidate_recordset()
            proposed = own._message_get_suggested_recipients()
            self.assertNotIn(self.hidden.id, [who["partner_id"] for who in proposed])
            self.assertFalse(own._mail_get_partners()[own.id])

    def test_granting_hands_the_customer_over(self):
        request = self._request()
        request.with_env(self._as(self.marta)).action_grant()

        self.assertEqual(request.state, "granted")
        self.assertEqual(self.hidden.user_id, self.ewa)
        self.assertTrue(self.hidden.with_env(self._as(self.ewa)).has_access("read"))
        self.assertEqual(request.activity_ids.user_id, self.ewa)

    def test_refusing_changes_nothing(self):
        request = self._request()
        request.with_env(self._as(self.marta)).answer_request("refused", "Old friends.")

        self.assertEqual((request.state, request.answer), ("refused", "Old friends."))
        self.assertEqual(self.hidden.user_id, self.marta)
        self.assertFalse(self.hidden.with_env(self._as(self.ewa)).has_access("read"))

    def test_asker_cannot_grant_and_nobody_twice(self):
        request = self._request()
        with self.assertRaises(UserError):
            request.with_env(self._as(self.ewa)).action_grant()
        request.with_env(self._as(self.marta)).action_refuse()
        with self.assertRaises(UserError):
            request.with_env(self._as(self.marta)).action_grant()

    def test_same_request_is_not_made_twice(self):
        self._request()
        with self.assertRaises(UserError):
            self._request()

    def test_card_judged_different_is_remembered(self):
        own = self._make_customer(
            "Own words",
            email="buying@hidden.example",
            vat=False,
            company_id=self.krakow.id,
        )
        key = self._hidden_card()["key"]
        self._action().judge_different(own.id, {"key": key}, "Another town")

        pair = self.env["offer.partner.match"].search(
            [
                ("left_partner_id", "=", self.hidden.id),
                ("right_partner_id", "=", own.id),
            ]
        )
        self.assertEqual(
            (pair.judgement, pair.judgement_reason), ("different", "Another town")
        )
        self.assertEqual(pair.judged_by_id, self.ewa)

    def test_card_judged_different_before_saving_is_remembered_after(self):
        key = self._hidden_card()["key"]
        self._as(self.ewa)["res.partner"].create(
            {
                "name": "Own words",
                "email": "buying@hidden.example",
                "company_id": self.krakow.id,
                "offer_check_different": f'[{{"key": "{key}", "reason": "No"}}]',
            }
        )

        pair = self.env["offer.partner.match"].search(
            [("left_partner_id", "=", self.hidden.id)]
        )
        self.assertEqual(pair.judgement, "different")

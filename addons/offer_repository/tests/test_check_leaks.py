import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .test_check import NOTHING
from .test_check_customer import HIDDEN_NAME
from .test_check_policy import PolicyCommon

EMAIL = "buying@hidden.example"


@tagged("post_install", "-at_install")
class TestCheckTestImport(PolicyCommon):
    """A test import undoes all it writes, but not what it tells."""

    def setUp(self):
        super().setUp()
        # As customers who were there before: what is written in the savepoint of a
        # test import goes with it.
        self.env["offer.partner.profile"]._catch_up()

    def _test_import(self, *rows):
        self.env.flush_all()
        lines = ["name,email", *(",".join(row) for row in rows)]
        wizard = self._as(self.ewa)["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": "\n".join(lines).encode(),
                "file_type": "text/csv",
                "file_name": "customers.csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        names = ["name", "email"]
        return wizard.execute_import(names, names, options, dryrun=True)

    def _disclosed(self):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "customer_card")]
        )

    def test_what_a_test_import_tells_is_written_down(self):
        result = self._test_import(["Hidden Krakow", "buying@hidden.example"])

        [message] = result["messages"]
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(self._disclosed().partner_id, self.hidden)

    def test_test_imports_count_for_the_limit(self):
        self.krakow.offer_lookup_limit = 1
        self._test_import(["Hidden Krakow", "buying@hidden.example"])
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        again = self._test_import(["Hidden Krakow", "buying@hidden.example"])

        self.assertFalse(again["messages"])
        answer = self._check(self.ewa, email="buying@hidden.example")
        self.assertEqual({**answer, "message": False}, {**NOTHING, "limited": True})


@tagged("post_install", "-at_install")
class TestCheckGuessing(PolicyCommon):
    """Whoever knows one thing of a foreign customer cannot guess the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden.write(
            {
                "street": "Długa 5",
                "zip": "80-827",
                "city": "Gdańsk",
                "phone": "585550101",
            }
        )

    def _words(self, user, **typed):
        answer = self._check(user, company=self.krakow, email=EMAIL, **typed)
        [card] = answer["customers"]
        self.assertFalse([one for one in card["evidence"] if one.startswith("Diff")])
        return {*card["evidence"], *card["against"]}

    def test_address_and_words_of_the_name_are_not_told(self):
        for typed in (
            {"city": "Gdańsk", "zip": "80-827", "street": "Długa 5"},
            {"city": "Gdynia", "zip": "80-828", "street": "Długa 6"},
            {"name": "Works"},
            {"name": "Hidden Trading"},
            {"phone": "585550102"},
        ):
            with self.subTest(typed=typed):
                told = self._words(self.ewa, **typed)
                self.assertLessEqual(
                    told,
                    {
                        "Same e-mail address",
                        "Same internet domain",
                        "Similar names",
                        "Different phone numbers",
                    },
                )

    def test_what_was_known_is_confirmed(self):
        told = self._words(self.ewa, name=HIDDEN_NAME, vat="PL1234563218")

        self.assertIn("Same e-mail address", told)
        self.assertIn("Same tax number", told)

    def test_managers_are_told_all(self):
        told = self._words(self.manager, city="Gdańsk", street="Długa 5")

        self.assertIn("Same city", told)

    def test_stop_does_not_tell_more_than_its_cards(self):
        self._rule("reason")
        self._stopped(lambda: self._create(city="Gdańsk", street="Długa 5"))
        row = self._rows().with_env(self._as(self.ewa))

        self.assertTrue(row.has_access("read"))
        for name in ("evidence", "evidence_codes"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                row.read([name])


@tagged("post_install", "-at_install")
class TestCheckWords(PolicyCommon):
    """What users write arrives as they wrote it."""

    TEXT = "Is a price < 5000 & >= 4000 fine?\nThey ask <today>."

    def _note(self, user):
        self.env.flush_all()
        return html2plaintext(self._activities(user).note)

    def test_question(self):
        key = self._hidden_card()["key"]
        self._as(self.ewa)["offer.check"].ask_branch(key, self.TEXT)

        self.assertEqual(self._note(self.marta), self.TEXT)

    def test_request_and_its_answer(self):
        key = self._hidden_card()["key"]
        self._as(self.ewa)["offer.check"].request_handover(key, self.TEXT)
        self.assertEqual(self._note(self.marta), self.TEXT)
        request = self._as(self.marta)["offer.handover.request"].search([])
        request.answer_request("refused", self.TEXT)

        self.assertEqual(self._note(self.ewa), self.TEXT)

    def test_reason_for_the_manager(self):
        self._rule("approval")
        self.root.offer_conflict_manager_id = self.manager
        token = self._stopped(self._create).context["token"]
        self._as(self.ewa)["offer.check.override"].request_approval(token, self.TEXT)

        self.assertEqual(self._note(self.manager), self.TEXT)

    def test_signs_that_no_text_holds_are_survived(self):
        self._rule("reason")
        token = self._stopped(self._create).context["token"]
        override = self._as(self.ewa)["offer.check.override"]
        with self.assertRaises(UserError):
            override.give_reason(f"{token}\0", "Why")
        override.give_reason(token, "Why\0 not")

        self.assertEqual(self._rows().reason, "Why not")


@tagged("post_install", "-at_install")
class TestCheckDifferent(PolicyCommon):
    """ "Not the same" is remembered, and never costs what was typed."""

    def _judged(self, partner):
        return self.env["offer.partner.match"].search(
            [
                ("left_partner_id", "in", (partner | self.hidden).ids),
                ("right_partner_id", "in", (partner | self.hidden).ids),
            ]
        )

    def test_card_about_what_is_still_being_typed(self):
        own = self._create(name="Kowalski Serwis", email="own@words.example")
        card = self._hidden_card()
        said = json.dumps([{"key": card["key"], "reason": "Their shop"}])
        own.write({"email": EMAIL, "offer_check_different": said})

        self.assertEqual(self._judged(own).judgement, "different")
        answer = self._check(self.ewa, res_id=own.id)
        self.assertFalse(answer["customers"])

    def test_nothing_to_decide_about_is_told(self):
        own = self._create(name="Kowalski Serwis", email="own@words.example")
        other = self._create(name="Zieliński", email="jan@zielinski.example")
        with self.assertRaises(UserError):
            self._as(self.ewa)["offer.check"].judge_different(
                own.id, {"partner_id": other.id}, "They are not alike"
            )

    def test_card_that_is_gone_does_not_stop_the_customer(self):
        said = [
            {"key": "0123456789", "reason": "Two days ago"},
            {"key": self._hidden_card()["key"], "reason": "Their shop"},
        ]
        own = self._create(offer_check_different=json.dumps(said))

        self.assertEqual(self._judged(own).judgement_reason, "Their shop")

    def test_slip_is_taken_back_by_who_made_it(self):
        own = self._create()
        card = {"key": self._hidden_card()["key"]}
        check = self._as(self.ewa)["offer.check"]
        check.judge_different(own.id, card, "A slip")
        self.assertFalse(self._check(self.ewa, res_id=own.id)["customers"])
        check.take_back_different(own.id, card)

        self.assertEqual(self._judged(own).judgement, "pending")
        self.assertTrue(self._check(self.ewa, res_id=own.id)["customers"])
        with self.assertRaises(UserError):
            check.take_back_different(own.id, card)

    def test_judgement_of_somebody_else_is_not_taken_back(self):
        own = self._create()
        card = {"key": self._hidden_card()["key"]}
        check = self._as(self.ewa)["offer.check"]
        check.judge_different(own.id, card, "A slip")
        self._judged(own).with_env(self._as(self.manager)).judge("different", "True")
        with self.assertRaisesRegex(UserError, "this pair of customers"):
            check.take_back_different(own.id, card)

    def test_missing_reason_is_still_refused(self):
        said = [{"key": self._hidden_card()["key"], "reason": " "}]
        with self.assertRaises(ValidationError):
            self._create(offer_check_different=json.dumps(said))


@tagged("post_install", "-at_install")
class TestCheckAuthority(PolicyCommon):
    """Whoever is stopped by the rules cannot say them away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create()
        cls._make_sent_offer(cls.marta, partner=cls.hidden)
        cls.order = cls._make_order(cls.ewa, partner=cls.own)

    def _say_different(self, user=None):
        check = self._as(user or self.ewa, self.krakow)["offer.check"]
        answer = check.check_customer({"model": "res.partner", "res_id": self.own.id})
        [card] = [card for card in answer["cards"] if not card["is_same_record"]]
        check.judge_different(self.own.id, {"key": card["key"]}, "Their shop")

    def test_not_the_same_does_not_lift_a_gate_of_the_managers(self):
        for event in ("quotation", "conflict"):
            for level in ("approval", "block"):
                rule = self._rule(level, event)
                with (
                    self.subTest(event=event, level=level),
                    self.assertRaisesRegex(UserError, "Meridian Gdańsk"),
                ):
                    self._say_different()
                rule.unlink()

    def test_gate_stays_closed(self):
        self._rule("block", "quotation")
        with self.assertRaises(UserError):
            self._say_different()
        self._stopped(self.order.action_quotation_send)

    def test_managers_decide(self):
        self._rule("approval", "quotation")
        self._say_different(self.manager)
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")

    def test_where_a_reason_is_enough_it_is_one(self):
        self._rule("reason", "quotation")
        self._say_different()
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")

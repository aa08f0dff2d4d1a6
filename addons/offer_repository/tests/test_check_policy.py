import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..matching import Verdict
from ..models.offer_check_refusal import OfferCheckRefusal
from .test_check import NIP
from .test_check_customer import HIDDEN_NAME, CustomerCardCommon


class PolicyCommon(CustomerCardCommon):
    @classmethod
    def _rule(cls, level, event="customer", company=None, verdict="probable"):
        return cls.env["offer.check.policy"].create(
            {
                "company_id": (company or cls.root).id,
                "event": event,
                "verdict": verdict,
                "level": level,
            }
        )

    @classmethod
    def _create(cls, user=None, **values):
        return cls._as(user or cls.ewa)["res.partner"].create(
            {
                "name": "Hidden Krakow",
                "is_company": True,
                "email": "buying@hidden.example",
                **values,
            }
        )

    def _stopped(self, call):
        """Return the error of a call, and let it be counted as after its rollback."""
        with self.assertRaises(OfferCheckRefusal) as caught, self.env.cr.savepoint():
            call()
        with self.enter_registry_test_mode():
            self.env.cr.postrollback.run()
        return caught.exception

    def _rows(self):
        return self.env["offer.check.override"].search(
            [("user_id", "in", (self.ewa | self.manager).ids)], order="id"
        )


@tagged("post_install", "-at_install")
class TestCheckPolicy(PolicyCommon):
    def test_without_rule_users_are_informed_only(self):
        answer = self._check(self.ewa, email="buying@hidden.example")
        partner = self._create()

        self.assertTrue(answer["customers"])
        self.assertFalse(answer["policy"])
        self.assertTrue(partner.exists())
        self.assertFalse(self._rows())

    def test_silent_shows_no_card(self):
        self._rule("silent")
        answer = self._check(self.ewa, email="buying@hidden.example")

        self.assertFalse(answer["customers"])

    def test_level_counts_from_its_verdict_on(self):
        policy = self._rule("block", verdict="certain")

        for verdict, level in (
            (Verdict.PROBABLE, "inform"),
            (Verdict.CERTAIN, "block"),
        ):
            with self.subTest(verdict=verdict):
                self.assertEqual(policy._level(self.krakow, "customer", verdict), level)

    def test_certain_duplicate_is_stopped(self):
        self._rule("block", verdict="certain")
        error = self._stopped(lambda: self._create(vat="PL1234563218"))

        self.assertEqual(error.context["code"], "offer_check_block")

    def test_branch_rule_beats_that_of_the_company_above(self):
        self._rule("block")
        self._rule("inform", company=self.krakow)

        self.assertTrue(self._create())
        self._stopped(lambda: self._create(self.piotr))

    def test_needed_reason_stops_and_is_told_before(self):
        self._rule("reason")
        answer = self._check(self.ewa, email="buying@hidden.example")
        error = self._stopped(self._create)

        self.assertEqual(answer["policy"]["level"], "reason")
        self.assertEqual(error.context["code"], "offer_check_reason")
        [card] = error.context["customers"]
        self.assertEqual(card["branch"], "Meridian Gdańsk")
        self.assertIn("Meridian Gdańsk", str(error))
        self.assertNotIn(HIDDEN_NAME, json.dumps([str(error), error.context]))

    def test_stop_and_its_cards_are_counted_though_all_else_is_undone(self):
        self._rule("reason")
        error = self._stopped(self._create)

        row = self._rows()
        self.assertEqual((row.state, row.subject), ("stopped", "Hidden Krakow"))
        self.assertEqual(row.token, error.context["token"])
        disclosed = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "customer_card")]
        )
        self.assertEqual(disclosed.partner_id, self.hidden)

    def test_reason_given_lets_the_next_try_pass_once(self):
        self._rule("reason")
        token = self._stopped(self._create).context["token"]
        override = self._as(self.ewa)["offer.check.override"]
        override.give_reason(token, "Another plant of theirs")
        partner = self._create()

        row = self._rows()
        self.assertEqual((row.state, row.partner_id), ("done", partner))
        self.assertEqual(row.reason, "Another plant of theirs")
        self._stopped(self._create)

    def test_reason_of_api_and_import_passes_and_is_counted(self):
        self._rule("reason")
        partner = self._create(offer_check_reason="Agreed with Marta")

        row = self._rows()
        self.assertEqual((row.state, row.partner_id), ("done", partner))
        self.assertEqual(row.reason, "Agreed with Marta")

    def test_token_of_somebody_else_gives_nothing(self):
        self._rule("reason")
        token = self._stopped(self._create).context["token"]
        for user, given in ((self.piotr, token), (self.ewa, "x"), (self.ewa, False)):
            with self.subTest(token=given), self.assertRaises(UserError):
                self._as(user)["offer.check.override"].give_reason(given, "Why")
        with self.assertRaises(ValidationError):
            self._as(self.ewa)["offer.check.override"].give_reason(token, " ")

    def test_approval_is_asked_of_the_manager_and_lets_pass(self):
        self._rule("approval")
        self.root.offer_conflict_manager_id = self.manager
        token = self._stopped(self._create).context["token"]
        self._as(self.ewa)["offer.check.override"].request_approval(token, "Please")
        row = self._rows()
        self.assertEqual(row.activity_ids.user_id, self.manager)
        self._stopped(self._create)
        row = row.filtered(lambda row: row.state == "asked")

        row.with_env(self._as(self.manager)).action_approve()
        self.assertEqual(row.activity_ids.user_id, self.ewa)
        typed = row.with_env(self._as(self.ewa)).action_continue()["context"]
        self.assertEqual(typed["default_email"], "buying@hidden.example")
        self.assertTrue(self._create())
        self.assertEqual((row.state, row.decided_by_id), ("done", self.manager))

    def test_refused_approval_keeps_the_stop(self):
        self._rule("approval")
        token = self._stopped(self._create).context["token"]
        self.root.offer_conflict_manager_id = self.manager
        self._as(self.ewa)["offer.check.override"].request_approval(token, "Please")
        row = self._rows()
        row.with_env(self._as(self.manager)).action_refuse()

        self._stopped(self._create)

    def test_only_managers_approve(self):
        self._rule("approval")
        token = self._stopped(self._create).context["token"]
        self.root.offer_conflict_manager_id = self.manager
        self._as(self.ewa)["offer.check.override"].request_approval(token, "Please")

        with self.assertRaises(AccessError):
            self._rows().with_env(self._as(self.ewa)).action_approve()

    def test_manager_gives_a_reason_instead_of_asking_himself(self):
        self._rule("approval")
        error = self._stopped(lambda: self._create(self.manager))

        self.assertEqual(error.context["code"], "offer_check_reason")

    def test_block_lets_nobody_pass(self):
        self._rule("block")
        self._stopped(lambda: self._create(offer_check_reason="All the same"))

    def test_what_odoo_does_in_sudo_is_not_stopped(self):
        self._rule("block")
        partner = self._as(self.ewa)["res.partner"].sudo()
        partner.create({"name": "Portal", "email": "buying@hidden.example"})

    def test_edit_is_stopped_only_by_what_it_brings(self):
        own = self._create(name="Kowalski Serwis", email="own@words.example")
        self._rule("block")
        own.write({"name": "Kowalski Serwis i Synowie"})
        known = {"vat": "PL1234563218", "email": "buying@hidden.example"}
        self._stopped(lambda: own.write(known))
        own.sudo().write(known)

        own.write({"phone": "+48 12 345 67 89"})

    def test_contact_person_stands_for_the_company(self):
        own = self._create(email="own@words.example")
        self._rule("block")
        person = {"name": "Jan", "is_company": False, "parent_id": own.id}

        self._create(**person, email="jan@words.example")
        self._stopped(lambda: self._create(**person))

    def test_rate_limit_takes_the_cards_not_the_stop(self):
        self._rule("reason")
        self.krakow.offer_lookup_limit = 1
        self._check(self.ewa, vat=f"PL{NIP}")
        error = self._stopped(self._create)

        self.assertEqual(error.context["customers"], [])
        self.assertNotIn("Gdańsk", str(error))


@tagged("post_install", "-at_install")
class TestQuotationPolicy(PolicyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make_order(cls.ewa)

    def test_sending_is_stopped_before_the_dialog(self):
        self._rule("reason", "quotation")
        error = self._stopped(self.order.action_quotation_send)

        self.assertEqual(error.context["code"], "offer_check_reason")
        [card] = error.context["cards"]
        self.assertEqual(card["salesperson"], "Anna Test")

    def test_every_other_way_out_is_stopped_too(self):
        self._rule("block", "quotation")
        for way in ("action_quotation_sent", "action_confirm"):
            with self.subTest(way=way):
                self._stopped(getattr(self.order, way))
        self.assertEqual(self.order.state, "draft")

    def test_reason_on_the_quotation_lets_it_go_and_is_counted_once(self):
        self._rule("reason", "quotation")
        self.order.offer_check_reason = "Agreed with Anna"
        self._send(self.order)
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")
        self.assertEqual(self._rows().order_id, self.order)
        self.assertEqual(self._rows().state, "done")

    def test_reason_given_to_the_stop_lets_it_go(self):
        self._rule("reason", "quotation")
        token = self._stopped(self.order.action_quotation_send).context["token"]
        self._as(self.ewa)["offer.check.override"].give_reason(token, "Agreed")
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")

    def test_new_rival_asks_anew(self):
        self._rule("reason", "quotation")
        self.order.offer_check_reason = "Agreed with Anna"
        self._send(self.order)
        self._make_sent_offer(self.marta, offer_check_reason="Me too")

        self._stopped(self.order.action_quotation_send)

    def test_without_rival_nothing_is_asked(self):
        self._rule("block", "quotation")
        self.offer.state = "lost"
        self._send(self.order)

        self.assertEqual(self.order.state, "sent")


@tagged("post_install", "-at_install")
class TestCheckImport(PolicyCommon):
    def _load(self, *rows, fields=("name", "email")):
        return self._as(self.ewa)["res.partner"].load(list(fields), list(rows))

    def test_row_that_is_stopped_is_named(self):
        self._rule("reason")
        result = self._load(
            ["Fine", "fine@row.example"],
            ["Hidden Krakow", "buying@hidden.example"],
        )

        self.assertFalse(result["ids"])
        [message] = [m for m in result["messages"] if m.get("record") == 1]
        self.assertEqual(message["type"], "error")
        self.assertIn("Hidden Krakow", message["message"])
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])

    def test_row_that_nothing_stops_gets_a_warning(self):
        partner = self._as(self.ewa)["res.partner"].with_context(import_file=True)
        result = partner.load(
            ["name", "email"],
            [
                ["Fine", "fine@row.example"],
                ["Hidden Krakow", "buying@hidden.example"],
            ],
        )

        self.assertTrue(result["ids"])
        [message] = result["messages"]
        self.assertEqual((message["type"], message["record"]), ("warning", 1))
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])

    def test_reason_in_the_file_lets_the_row_pass(self):
        self._rule("reason")
        result = self._load(
            ["Hidden Krakow", "buying@hidden.example", "Agreed with Marta"],
            fields=("name", "email", "offer_check_reason"),
        )

        self.assertTrue(result["ids"], result["messages"])
        self.assertEqual(self._rows().reason, "Agreed with Marta")


@tagged("post_install", "-at_install")
class TestCheckApi(PolicyCommon, HttpCase):
    @mute_logger("odoo.http")
    def test_external_caller_gets_code_and_cards(self):
        self._rule("reason")
        self.authenticate(self.ewa.login, self.ewa.login)
        values = {"name": "Hidden Krakow", "email": "buying@hidden.example"}
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "params": {
                        "model": "res.partner",
                        "method": "create",
                        "args": [[values]],
                        "kwargs": {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )

        context = response.json()["error"]["data"]["context"]
        self.assertEqual(context["code"], "offer_check_reason")
        self.assertEqual(context["customers"][0]["branch"], "Meridian Gdańsk")
        self.assertEqual(self._rows().token, context["token"])

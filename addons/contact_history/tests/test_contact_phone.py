import base64
import json
from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..telephone import from_plain
from .common import NOW, ContactHistoryCase


class PhoneCase(ContactHistoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        (cls.north | cls.south | cls.root).country_id = cls.poland
        (cls.customer | cls.contact).country_id = cls.poland
        cls.contact.phone = "+48 22 123-45-67 w. 12, kom. 601 234 567"
        cls.user_north.contact_phone_extension = "101"
        cls.endpoint = cls.env["contact.phone.endpoint"].create(
            {"name": "Exchange", "company_id": cls.north.id}
        )

    def _event(self, kind="ring", call_id="c1", **values):
        given = {
            "event": kind,
            "call_id": call_id,
            "direction": "incoming",
            "from": "221234567",
            "extension": "101",
        }
        return self.endpoint.sudo()._receive(from_plain({**given, **values}, NOW))

    def _calls(self):
        return self.env["contact.interaction"].search(
            [("origin", "=", f"phone-{self.endpoint.id}")], order="id"
        )


@tagged("post_install", "-at_install")
class TestContactPhone(PhoneCase):
    def test_call_of_a_known_number_is_the_customers(self):
        call = self._event()

        self.assertEqual(call.partner_id, self.contact)
        self.assertEqual(call.certainty, "known")
        self.assertEqual(call.user_id, self.user_north)
        self.assertEqual(call.company_id, self.north)
        self.assertEqual(call.state, "missed")

    def test_every_number_of_a_field_is_known(self):
        self.assertEqual(
            self._event(**{"from": "0048601234567"}).partner_id, self.contact
        )

    def test_events_in_any_order_and_twice_are_one_call(self):
        self._event("hangup", at="2026-03-10T13:02:08+01:00", cause="normalClearing")
        self._event("ring", at="2026-03-10T13:00:00+01:00")
        self._event("ring", at="2026-03-10T13:00:00+01:00")
        self._event("answer", at="2026-03-10T13:00:08+01:00")
        self._event("answer", at="2026-03-10T13:00:08+01:00")
        call = self._calls()

        self.assertEqual(len(call), 1)
        self.assertEqual(call.state, "answered")
        self.assertEqual(call.duration, 120)
        self.assertEqual(call.occurred_at, NOW)

    def test_missed_call_waits_until_it_is_taken_after_all(self):
        self._event()
        turns = self.env["contact.response"]
        waiting = [("commercial_partner_id", "=", self.customer.id)]
        self.assertEqual(turns.search(waiting).state, "waiting")

        self._event("answer")

        self.assertFalse(turns.search(waiting))

    def test_number_of_several_customers_has_candidates_and_no_customer(self):
        other = self.env["res.partner"].create(
            {"name": "Neighbour", "phone": "+48221234567"}
        )
        call = self._event()

        self.assertFalse(call.partner_id)
        self.assertEqual(call.certainty, "maybe")
        self.assertEqual(call.candidate_ids, self.contact | other)

    def test_number_of_two_people_of_one_company_is_the_companys(self):
        self.customer.phone = "22 123 45 67"

        self.assertEqual(self._event().partner_id, self.customer)

    def test_customer_of_another_branch_is_nobody_here(self):
        (self.customer | self.contact).company_id = self.south

        self.assertFalse(self._event().partner_id)

    def test_unknown_number_waits_in_the_inbox_and_withheld_one_too(self):
        unknown = self._event(**{"from": "48602111222"})
        withheld = self._event(call_id="c2", **{"from": "anonymous"})

        self.assertEqual(unknown.address, "+48602111222")
        self.assertEqual(withheld.address, "anonymous")
        self.assertFalse(withheld.address_normalized)
        action = self.env.ref("contact_history.contact_interaction_action_inbox")
        inbox = self.env["contact.interaction"].with_user(self.user_north)
        found = inbox.search(literal_eval(action.domain))
        self.assertEqual(found & (unknown | withheld), unknown | withheld)

    def _as_a_commit_would(self):
        self.env["contact.partner.upkeep"]._catch_up()

    def test_old_calls_find_their_customer_when_the_number_becomes_known(self):
        calls = self._event(**{"from": "602111222"})
        calls |= self._event(call_id="c2", **{"from": "602111222"})

        late = self.env["res.partner"].create(
            {"name": "Late", "phone": "602 111 222", "country_id": self.poland.id}
        )
        self._as_a_commit_would()
        self.assertEqual(calls.partner_id, late)

        new = self._event(call_id="c3", **{"from": "603111222"})
        late.phone = "603 111 222"
        self._as_a_commit_would()
        self.assertEqual(new.partner_id, late)
        self.assertFalse(self._event(call_id="c4", **{"from": "602111222"}).partner_id)

    def test_mail_of_somebody_unknown_finds_its_customer_too(self):
        mail = self._log(partner_id=False, address="New <new@mill.example>")

        late = self.env["res.partner"].create(
            {"name": "Late", "email": "new@mill.example"}
        )
        self._as_a_commit_would()

        self.assertEqual(mail.partner_id, late)

    def test_one_click_takes_the_candidate_for_all_calls_of_the_number(self):
        self.env["res.partner"].create({"name": "Neighbour", "phone": "+48221234567"})
        calls = self._event() | self._event(call_id="c2")

        calls[0].with_user(self.user_north).action_assign_suggested()

        self.assertEqual(calls.partner_id, self.contact)
        self.assertEqual(set(calls.mapped("certainty")), {"known"})

    def test_unknown_number_is_asked_for_and_remembered(self):
        call = self._event(**{"from": "602111222"})
        action = call.with_user(self.user_north).action_assign_suggested()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_north)
            .with_context(**action["context"])
            .create({"partner_id": self.contact.id})
        )

        wizard.action_assign()

        self.assertEqual(call.partner_id, self.contact)
        again = self._event(call_id="c2", **{"from": "602111222"})
        self.assertEqual(again.partner_id, self.contact)
        self.contact.phone = False
        third = self._event(call_id="c3", **{"from": "602111222"})
        self.assertEqual(third.partner_id, self.contact)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_calls_of_another_branch_cannot_be_assigned(self):
        call = self._event(**{"from": "602111222"})
        with self.assertRaises(AccessError):
            call.with_user(self.user_south)._assign(self.contact)
        with self.assertRaises(UserError):
            call.with_user(self.user_north)._assign(self.env["res.partner"])

    def test_who_put_it_right_by_hand_is_not_overruled_by_a_later_event(self):
        call = self._event()
        call.partner_id = self.customer

        self._event("answer")

        self.assertEqual(call.partner_id, self.customer)

    def test_person_whose_telephone_rings_gets_the_card(self):
        cards = []
        self.patch(
            type(self.env["res.users"]),
            "_bus_send",
            lambda user, kind, card: cards.append((user, kind, card)),
        )
        self._event()
        self._event()
        self._event("answer")

        ((user, kind, card),) = cards
        self.assertEqual(user, self.user_north)
        self.assertEqual(kind, "contact_history.incoming_call")
        self.assertEqual(card["partner_id"], self.contact.id)

    def test_calls_are_cleaned_away_and_their_contacts_stay(self):
        call = self._event()
        known = self.env["contact.phone.call"].search(
            [("interaction_id", "=", call.id)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_phone_call SET write_date = '2020-01-01' WHERE id = %s",
            [known.id],
        )
        self.env["contact.phone.call"]._gc_calls()

        self.assertFalse(known.exists())
        self.assertTrue(call.exists())

    def test_rebuilding_reads_the_numbers_of_all_partners(self):
        numbers = self.env["contact.phone.number"]
        self._as_a_commit_would()
        rows = numbers.search([("partner_id", "=", self.contact.id)])
        self.assertEqual(len(rows), 2)
        rows.unlink()

        numbers._rebuild()

        self.assertEqual(
            numbers.search_count([("partner_id", "=", self.contact.id)]), 2
        )

    CDR = (
        '"","221234567","101","in","x","SIP/t","SIP/101-1","Dial","x",'
        '"2026-03-10 13:00:00","","2026-03-10 13:00:09",9,0,"NO ANSWER","D","u1",""\n'
        '"","101","602111222","out","x","SIP/101-2","SIP/t","Dial","x",'
        '"2026-03-10 14:00:00","","2026-03-10 14:02:09",129,120,"ANSWERED","D","u2"\n'
        "nonsense\n"
    )

    def _import(self, content):
        wizard = (
            self.env["contact.phone.import"]
            .with_user(self.manager_north)
            .create(
                {
                    "endpoint_id": self.endpoint.id,
                    "file": base64.b64encode(content),
                    "zone": "Europe/Warsaw",
                }
            )
        )
        wizard.action_import()
        return wizard.result

    def test_call_records_are_imported_once(self):
        result = self._import(self.CDR.encode())
        self._import(self.CDR.encode())
        missed, spoken = self._calls()

        self.assertIn("2 calls read", result)
        self.assertIn("Line 3: too few columns.", result)
        self.assertEqual(missed.partner_id, self.contact)
        self.assertEqual(missed.occurred_at, NOW)
        self.assertEqual((spoken.direction, spoken.duration), ("outgoing", 120))
        self.assertEqual(spoken.user_id, self.user_north)

    def test_file_that_is_no_text_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "UTF-8"):
            self._import(b"\xff\xfe\x00")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_endpoints_are_for_managers_of_the_branch(self):
        self.assertTrue(self.endpoint.with_user(self.manager_north).has_access("write"))
        for user in (self.user_north, self.user_south):
            with self.assertRaises(AccessError):
                self.endpoint.with_user(user).action_new_secret()

    def test_secret_is_kept_as_a_fingerprint_and_hidden(self):
        action = self.endpoint.with_user(self.manager_north).action_new_secret()
        shown = self.env[action["res_model"]].browse(action["res_id"]).address
        secret = shown.rpartition("/")[2]

        self.assertNotIn(secret, json.dumps(self.endpoint.read(), default=str))
        self.assertTrue(self.endpoint._is_secret(secret))
        self.assertFalse(self.endpoint._is_secret(secret + "x"))
        with self.assertRaises(AccessError):
            self.endpoint.with_user(self.manager_north).read(["secret_hash"])
        self.endpoint.active = False
        self.assertFalse(self.endpoint._is_secret(secret))

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import contact_erasure
from .common import NOW
from .common_privacy import PrivacyCase


@tagged("post_install", "-at_install")
class TestContactErasure(PrivacyCase):
    """A person goes; that there was a contact, and how soon we answered, stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact.phone = "+48 22 123 45 67"
        cls.recording = cls.env["ir.attachment"].create(
            {"name": "Recording.ogg", "raw": b"voice"}
        )
        cls.call = cls._log(
            channel="call",
            direction="incoming",
            state="missed",
            address="+48 22 123 45 67",
            subject="SECRET call",
            note="SECRET note",
            user_id=cls.user_north.id,
            duration=90,
            minutes_ago=60,
            attachment_ids=[(6, 0, cls.recording.ids)],
        )
        cls.answer = cls._log(
            channel="email",
            direction="outgoing",
            subject="SECRET answer",
            preview="SECRET preview",
            address="mary@mill.example",
            minutes_ago=30,
        )

    def _run(self, partner=None):
        erasure = self._erase(partner)
        erasure.action_erase()
        self.env.invalidate_all()
        return erasure

    def _texts(self, interaction):
        names = ("address", "address_normalized", "subject", "note", "preview")
        return [interaction[name] for name in names if interaction[name]]

    def test_preview_tells_what_goes_and_changes_nothing(self):
        erasure = self._erase()

        self.assertEqual(erasure.state, "preview")
        whats = {line.what: line.count for line in erasure.line_ids}
        self.assertEqual(whats["Contacts"], 2)
        self.assertEqual(whats["Telephone numbers"], 1)
        self.assertEqual(self.call.subject, "SECRET call")
        self.assertEqual(self.contact.name, "Mary Mill")

    def test_content_and_identity_go_and_figures_stay(self):
        turn = self.env["contact.response"].search(
            [("interaction_id", "=", self.call.id)]
        )
        measured = turn.read(["wall_seconds", "working_seconds", "answered_at"])
        self.assertEqual(turn.wall_seconds, 1800)

        erasure = self._run()

        self.assertEqual(erasure.state, "done")
        for row in self.call | self.answer:
            self.assertFalse(self._texts(row))
            self.assertEqual(row.partner_id, self.customer)
            self.assertTrue(row.erased_at)
        self.assertEqual(self.call.occurred_at, NOW - timedelta(minutes=60))
        self.assertEqual(
            (self.call.channel, self.call.direction, self.call.duration),
            ("call", "incoming", 90),
        )
        self.assertEqual(self.call.user_id, self.user_north)
        self.assertEqual(
            turn.read(["wall_seconds", "working_seconds", "answered_at"]), measured
        )
        self.assertEqual(turn.partner_id, self.customer)
        self.assertFalse(self.recording.exists())

    def test_history_of_the_company_says_that_something_was_erased(self):
        self._run()

        entries = self._entries(partner=self.customer)

        self.assertEqual([entry["label"] for entry in entries], ["Erased", "Erased"])
        self.assertNotIn("SECRET", str(entries))

    def test_record_is_blank_and_put_away(self):
        self.contact.write({"comment": "SECRET", "function": "Buyer"})
        self.contact.message_post(body="SECRET note")
        self.contact.activity_schedule(summary="SECRET", user_id=self.user_north.id)

        self._run()

        self.assertFalse(self.contact.active)
        self.assertIn("Erased contact", self.contact.name)
        for name in ("email", "phone", "phone_sanitized", "comment", "function"):
            self.assertFalse(self.contact[name])
        self.assertFalse(self.contact.message_ids)
        self.assertFalse(self.contact.activity_ids)
        numbers = self.env["contact.phone.number"]
        self.assertFalse(numbers.search([("partner_id", "=", self.contact.id)]))
        values = self.env["mail.tracking.value"].search(
            [("old_value_char", "ilike", "mary@mill")]
        )
        self.assertFalse(values)
        self.assertEqual(self.customer.name, "Mill GmbH")

    def test_numbers_and_addresses_without_customer_are_found(self):
        # Who was saved before they came.
        self.env["contact.partner.upkeep"]._catch_up()
        loose = [
            self._log(partner_id=False, channel="call", address="0048 22 123-45-67"),
            self._log(partner_id=False, address='"M" <Mary@Mill.example>'),
        ]
        other = self._log(partner_id=self.colleague.id, subject="Max only")

        self._run()

        for row in loose:
            self.assertFalse(self._texts(row))
            self.assertFalse(row.partner_id)
        self.assertEqual(other.subject, "Max only")

    def test_corrections_and_events_of_the_telephone_system_go(self):
        manual = self._log(origin="manual", user_id=self.user_north.id, note="SECRET 1")
        manual.with_user(self.user_north).note = "SECRET 2"
        correction = manual.correction_ids
        endpoint = self.env["contact.phone.endpoint"].create({"name": "PBX"})
        event = self.env["contact.phone.call"].create(
            {
                "endpoint_id": endpoint.id,
                "call_id": "1",
                "events": [{"customer": "+48221234567"}],
                "interaction_id": self.call.id,
            }
        )
        self.assertTrue(correction)

        self._run()

        self.assertFalse(correction.exists())
        self.assertFalse(event.exists())
        self.assertFalse(manual.note)

    def test_late_event_of_an_erased_call_brings_nothing_back(self):
        endpoint = self.env["contact.phone.endpoint"].create({"name": "PBX"})
        self._run()

        endpoint._update(self.call, {"external_id": "1", "address": "+48221234567"})

        self.assertFalse(self.call.address)

    def test_message_to_the_person_alone_is_emptied_and_not_captured_again(self):
        message = self.customer.message_post(
            body="SECRET body",
            subject="SECRET subject",
            message_type="email",
            author_id=self.contact.id,
            email_from="Mary <mary@mill.example>",
        )
        captured = self.env["contact.interaction"].search(
            [("message_id", "=", message.id)]
        )
        self.assertTrue(captured)
        captured.company_id = self.north

        self._run()

        self.assertNotIn("SECRET", message.body)
        self.assertFalse(message.subject)
        self.assertFalse(message.author_id)
        self.assertFalse(message.email_from)
        self.assertFalse(captured.message_id)
        self.env["contact.history.capture"]._capture_messages(message)
        self.assertFalse(
            self.env["contact.interaction"].search([("message_id", "=", message.id)])
        )

    def test_of_a_message_to_several_only_the_person_goes(self):
        message = self.customer.message_post(
            body="Dear Mary Mill and Max, the price is 5",
            partner_ids=(self.contact | self.colleague).ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.user_north.partner_id.id,
        )
        theirs = self._log(
            partner_id=self.colleague.id, message_id=message.id, subject="Prices"
        )

        self._run()

        self.assertNotIn("Mary Mill", message.body)
        self.assertIn("the price is 5", message.body)
        self.assertEqual(message.partner_ids, self.colleague)
        self.assertNotIn(self.contact, message.notified_partner_ids)
        self.assertEqual(theirs.subject, "Prices")
        self.assertFalse(theirs.erased_at)

    def test_who_waits_and_was_erased_waits_no_more(self):
        waiting = self._log(direction="incoming", subject="SECRET question")
        turns = self.env["contact.response"]
        self.assertTrue(turns.search([("interaction_id", "=", waiting.id)]))

        self._run()

        self.assertFalse(turns.search([("interaction_id", "=", waiting.id)]))
        newer = self._log(
            partner_id=self.colleague.id, direction="incoming", minutes_ago=-5
        )
        turn = turns.search([("interaction_id", "=", newer.id)])
        self.assertEqual(turn.question_count, 1)

    def test_erased_contact_stays_erased(self):
        recent = self._log(partner_id=self.colleague.id)
        self._run()
        for context in ({}, {"contact_history_erasing_key": 1}):
            with self.assertRaisesRegex(UserError, "does not come back"):
                self.call.with_user(self.manager_north).with_context(**context).write(
                    {"subject": "Again"}
                )

        # What records by itself is not stopped; it brings nothing back either.
        (self.call | recent).write({"subject": "Again", "duration": 5})

        self.assertFalse(self.call.subject)
        self.assertEqual((self.call.duration, recent.subject), (5, "Again"))

    def test_words_of_consents_go_and_that_they_were_given_stays(self):
        said = self.env["contact.consent"].create(
            {
                "partner_id": self.contact.id,
                "company_id": self.south.id,
                "note": "SECRET words",
                "channel": "call",
            }
        )

        erasure = self._run()

        self.assertFalse(said.note)
        self.assertEqual((said.channel, said.decision), ("call", "refused"))
        self.assertIn("proof", erasure.line_ids.mapped("reason"))

    def test_legal_hold_keeps_everything_and_is_named(self):
        self.env["contact.hold"].create(
            {"partner_id": self.customer.id, "reason": "Case 4 C 12/26"}
        )

        erasure = self._erase()

        self.assertFalse(erasure.going_count)
        lines = erasure.line_ids.filtered(lambda line: line.reason == "hold")
        self.assertIn("Case 4 C 12/26", lines.mapped("detail"))
        self.assertIn("Art. 17(3)(e)", lines[0].legal_basis)
        with self.assertRaisesRegex(UserError, "why everything has to stay"):
            erasure.action_erase()

    def test_hold_of_one_contact_keeps_that_one(self):
        self.env["contact.hold"].create(
            {"interaction_id": self.call.id, "reason": "Case"}
        )

        self._run()

        self.assertEqual(self.call.subject, "SECRET call")
        self.assertFalse(self.answer.subject)

    def test_record_that_another_branch_works_with_stays(self):
        western = self._log(self.west, subject="Western")

        erasure = self._run()

        self.assertEqual(self.contact.name, "Mary Mill")
        self.assertEqual(western.subject, "Western")
        self.assertFalse(self.call.subject)
        self.assertIn("branch", erasure.line_ids.mapped("reason"))

    def test_our_own_people_are_not_erased(self):
        partner = self.user_south.partner_id
        erasure = self._erase(partner)

        self.assertIn("staff", erasure.line_ids.mapped("reason"))

    def test_large_one_goes_on_in_the_background(self):
        self.patch(contact_erasure, "AT_ONCE", 0)
        self.patch(contact_erasure, "STEP", 1)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)
        erasure = self._erase()
        erasure.action_erase()
        self.assertEqual(erasure.state, "running")
        self.assertTrue(self.contact.active)

        self.env["contact.erasure"]._cron_erase()

        self.assertEqual(erasure.state, "done")
        self.assertFalse(self.call.subject)
        self.assertFalse(self.contact.active)

    def test_log_of_the_erasure_names_nobody(self):
        erasure = self._run()

        self.assertNotIn("Mary", str(erasure.read() + erasure.line_ids.read()))
        if "privacy.log" in self.env:
            log = self.env["privacy.log"].browse(erasure.privacy_log_ref)
            self.assertEqual(log.anonymized_name, "M*** M***")
            self.assertNotIn("mary@mill.example", log.anonymized_email)
            self.assertEqual(log.user_id, self.officer)
            self.assertIn("records erased", log.execution_details)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_data_protection_erases_and_only_once(self):
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                self._erase(user=user)
        erasure = self._run()
        with self.assertRaises(UserError):
            erasure.action_erase()
        with self.assertRaises(AccessError):
            erasure.with_user(self.manager_north).action_erase()

    def test_previews_that_nobody_went_on_with_go(self):
        erasure = self._erase()
        self.env.cr.execute(
            "UPDATE contact_erasure SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(days=2), erasure.id),
        )
        self.env.invalidate_all()

        self.env["contact.erasure"]._gc_previews()

        self.assertFalse(erasure.exists())

    def test_deleting_in_odoos_privacy_lookup_erases_the_contacts(self):
        if "privacy.lookup.wizard" not in self.env:
            self.skipTest("Odoo's Privacy Lookup is not installed")
        lookup = self.env["privacy.lookup.wizard"].create(
            {"name": "Mary Mill", "email": "mary@mill.example"}
        )
        lookup.action_lookup()
        line = lookup.line_ids.filtered(lambda one: one.res_model == "res.partner")

        line.action_unlink()
        self.env.invalidate_all()

        self.assertFalse(self.contact.exists())
        self.assertFalse(self._texts(self.call))
        self.assertEqual(self.call.duration, 90)

    def test_deleting_what_is_on_hold_is_refused_everywhere(self):
        self.env["contact.hold"].create(
            {"partner_id": self.contact.id, "reason": "Case"}
        )
        with self.assertRaisesRegex(UserError, "legal hold"):
            self.contact.unlink()
        with self.assertRaisesRegex(UserError, "legal hold"):
            self.call.with_user(self.manager_north).unlink()

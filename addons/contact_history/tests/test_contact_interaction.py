from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactInteraction(ContactHistoryCase):
    def test_contact_belongs_to_the_commercial_entity_of_its_customer(self):
        interaction = self._log()

        self.assertEqual(interaction.commercial_partner_id, self.customer)

    def test_contact_follows_its_customer_to_another_company(self):
        interaction = self._log()
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})

        self.contact.parent_id = other

        self.assertEqual(interaction.commercial_partner_id, other)

    def test_contact_stays_when_its_customer_is_deleted(self):
        lone = self.env["res.partner"].create({"name": "Lone"})
        interaction = self._log(partner_id=lone.id, subject="Still here")

        lone.unlink()
        interaction.invalidate_recordset()

        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.subject, "Still here")

    def test_addresses_are_made_comparable(self):
        self.customer.country_id = self.env.ref("base.pl")
        self.contact.country_id = self.env.ref("base.pl")
        cases = {
            '"Mary" <MARY@Mill.example>': "mary@mill.example",
            "22 123 45 67": "+48221234567",
            "0048 22 123 45 67": "+48221234567",
            "nobody knows": False,
            False: False,
        }
        for address, expected in cases.items():
            with self.subTest(address=address):
                interaction = self._log(address=address)
                self.assertEqual(interaction.address_normalized, expected)

    def test_preview_is_the_beginning_of_the_note_on_one_line(self):
        interaction = self._log(note="First line\n\nsecond line " + "x" * 400)

        self.assertTrue(interaction.preview.startswith("First line second line x"))
        self.assertLessEqual(len(interaction.preview), 280)

    def test_preview_of_a_captured_contact_is_kept_without_a_note(self):
        interaction = self._log(preview="Words of a mail")

        interaction.note = False

        self.assertEqual(interaction.preview, "Words of a mail")

    def test_minutes_and_seconds_agree(self):
        interaction = self._log(duration=185)
        self.assertEqual(interaction.duration_minutes, 3)

        interaction.duration_minutes = 5

        self.assertEqual(interaction.duration, 300)

    @mute_logger("odoo.sql_db")
    def test_negative_duration_is_refused(self):
        with self.assertRaises(IntegrityError):
            self._log(duration=-1)

    @mute_logger("odoo.sql_db")
    def test_same_event_is_recorded_once(self):
        self._log(origin="pbx", external_id="call-1")
        self._log(origin="other pbx", external_id="call-1")

        with self.assertRaises(IntegrityError):
            self._log(origin="pbx", external_id="call-1")

    def test_contacts_without_external_id_are_all_recorded(self):
        self._log(origin="pbx")

        self.assertTrue(self._log(origin="pbx").exists())

    def test_moments_are_whole_seconds(self):
        interaction = self._log(occurred_at=NOW.replace(microsecond=654321))
        interaction.invalidate_recordset()

        self.assertEqual(interaction.occurred_at, NOW)

    def test_form_takes_a_contact_logged_by_hand(self):
        log = self.env["contact.interaction"].with_user(self.user_north)
        with Form(log.with_context(default_partner_id=self.contact.id)) as form:
            form.channel = "visit"
            form.direction = "outgoing"
            form.duration_minutes = 30
            form.note = "Showed the samples."
            form.occurred_at = fields.Datetime.to_datetime("2026-03-01 09:00:00")
        interaction = form.record

        self.assertEqual(interaction.origin, "manual")
        self.assertEqual(interaction.user_id, self.user_north)
        self.assertEqual(interaction.company_id, self.north)
        self.assertEqual(interaction.preview, "Showed the samples.")
        self.assertEqual(interaction.duration, 1800)

    @freeze_time("2026-03-10 12:00:00")
    def test_contact_that_has_not_taken_place_cannot_be_logged_by_hand(self):
        with self.assertRaisesRegex(ValidationError, "Plan an activity"):
            self._log(origin="manual", occurred_at=NOW + timedelta(minutes=1))

        self.assertTrue(self._log(origin="manual", occurred_at=NOW))

    def test_files_of_a_new_contact_get_its_access_rules(self):
        user = self.user_north
        file = (
            self.env["ir.attachment"]
            .with_user(user)
            .create(
                {"name": "scan.txt", "raw": b"x", "res_model": "contact.interaction"}
            )
        )
        interaction = (
            self.env["contact.interaction"]
            .with_user(user)
            .create({"partner_id": self.contact.id, "attachment_ids": file.ids})
        )

        self.assertEqual(file.res_id, interaction.id)
        self.assertTrue(file.with_user(self.colleague_north).has_access("read"))
        self.assertFalse(file.with_user(self.user_south).has_access("read"))

    def test_document_of_a_contact_opens(self):
        interaction = self._log(res_model="res.partner", res_id=self.contact.id)

        action = interaction.with_user(self.user_north).action_open_document()

        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", self.contact.id)
        )

    def test_button_of_the_customer_counts_what_its_list_shows(self):
        self._log()
        self._log(partner_id=self.customer.id)
        self._log(self.south)
        self._log(is_confidential=True)
        for partner in (self.customer, self.contact):
            partner = partner.with_user(self.user_north)
            action = partner.action_view_contact_interactions()
            listed = self.env["contact.interaction"].with_user(self.user_north)

            self.assertEqual(partner.contact_interaction_count, 2)
            self.assertEqual(listed.search_count(action["domain"]), 2)

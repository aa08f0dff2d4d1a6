import base64
import io

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase

CSV = """\
Id;Data;Godzina;Kanał;Kierunek;Telefon;Treść;Czas trwania;Uwagi
7;10.03.2026;13:00;rozmowa;przychodzące;+48 601 234 567;O drzwiach;1:30;x
8;10.03.2026;14:00;poczta;wychodzące;office@mill.example;Cennik;;x
9;31.02.2026;14:00;poczta;wychodzące;office@mill.example;Cennik;;x
10;10.03.2026;15:00;gołąb;wychodzące;office@mill.example;Cennik;;x
11;10.03.2026;16:00;rozmowa;przychodzące;+48 501 000 000;Kto to?;5;x
"""


@tagged("post_install", "-at_install")
class TestContactInteractionImport(ContactHistoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager_north.tz = "Europe/Warsaw"
        cls.contact.phone = "+48 601 234 567"
        cls.layout = cls._layout("old-crm")

    @classmethod
    def _layout(cls, name):
        return (
            cls.env["contact.interaction.layout"]
            .with_user(cls.manager_north)
            .create({"name": name})
        )

    def _open(self, content, layout=None, user=None):
        if isinstance(content, str):
            content = content.encode()
        form = Form(
            self.env["contact.interaction.import"].with_user(user or self.manager_north)
        )
        form.layout_id = layout or self.layout
        form.file = base64.b64encode(content)
        return form

    def _rows(self):
        return self.env["contact.interaction"].search(
            [("origin", "=", "old-crm")], order="occurred_at"
        )

    def test_columns_are_found_by_their_titles(self):
        wizard = self._open(CSV).save()

        self.assertEqual(
            wizard.column_ids.mapped("target"),
            [
                "external_id",
                "date",
                "time",
                "channel",
                "direction",
                "address",
                "text",
                "duration",
                False,
            ],
        )
        self.assertEqual(wizard.column_ids[5].sample, "+48 601 234 567")
        self.assertEqual(wizard.zone, "Europe/Warsaw")

    def test_rows_are_recorded_and_wrong_ones_named(self):
        wizard = self._open(CSV).save()

        wizard.action_import()
        call, letter, unknown = self._rows()

        self.assertIn(
            "New contacts: 3, known already: 0, rows not usable: 2.", wizard.result
        )
        self.assertIn(
            "Row 4, Day and time “31.02.2026 14:00”: is no day and time.", wizard.result
        )
        self.assertIn("Row 5, Channel “gołąb”: cannot be read.", wizard.result)
        self.assertEqual(call.partner_id, self.contact)
        self.assertEqual(
            call.occurred_at, fields.Datetime.to_datetime("2026-03-10 12:00:00")
        )
        self.assertEqual((call.channel, call.duration), ("call", 90))
        self.assertEqual(call.company_id, self.north)
        self.assertEqual((letter.channel, letter.partner_id), ("letter", self.customer))
        self.assertFalse(unknown.partner_id)
        self.assertIn(
            unknown,
            self.env["contact.interaction"]
            .with_user(self.user_north)
            .search(self.env["contact.interaction"]._domain_unassigned()),
        )

    def test_trying_writes_nothing_and_tells_the_same(self):
        wizard = self._open(CSV).save()

        wizard.action_try()

        self.assertIn("Nothing has been written yet.", wizard.result)
        self.assertIn("New contacts: 3", wizard.result)
        self.assertFalse(self._rows())
        self.assertFalse(wizard.is_done)
        wizard.action_import()
        self.assertEqual(len(self._rows()), 3)

    def test_same_file_again_adds_nothing(self):
        self._open(CSV).save().action_import()
        again = self._open(CSV).save()

        again.action_import()

        self.assertEqual(len(self._rows()), 3)
        self.assertIn("New contacts: 0, known already: 3", again.result)

    def test_columns_are_remembered_for_the_next_file_from_there(self):
        form = self._open(CSV)
        with form.column_ids.edit(8) as column:
            column.target = "subject"
        form.save().action_import()

        self.assertEqual(self._open(CSV).save().column_ids[8].target, "subject")
        other = self._open(CSV, self._layout("other")).save()
        self.assertFalse(other.column_ids[8].target)
        self.assertEqual(self._rows()[0].subject, "x")

    def test_rows_without_identifier_are_known_by_what_they_say(self):
        text = "Data i godzina,Telefon\n2026-03-10 13:00,+48601234567\n"
        self.layout.write({"channel": "call", "direction": "incoming"})

        self._open(text).save().action_import()
        self._open(text + "2026-03-10 14:00,+48601234567\n").save().action_import()

        self.assertEqual(len(self._rows()), 2)
        self.assertEqual(set(self._rows().mapped("channel")), {"call"})

    def test_spreadsheet_is_read(self):
        book = openpyxl.Workbook()
        book.active.append(["ID", "When", "Type", "Direction", "From", "Seconds"])
        book.active.append(
            [
                17,
                fields.Datetime.to_datetime("2026-07-01 09:00:00"),
                "SMS",
                "in",
                "mary@mill.example",
                60,
            ]
        )
        packed = io.BytesIO()
        book.save(packed)

        self._open(packed.getvalue()).save().action_import()
        row = self._rows()

        self.assertEqual(row.external_id, "17")
        self.assertEqual((row.channel, row.duration), ("sms", 60))
        self.assertEqual(
            row.occurred_at, fields.Datetime.to_datetime("2026-07-01 07:00:00")
        )
        self.assertEqual(row.partner_id, self.contact)

    def test_file_that_is_no_sheet_is_refused_with_what_to_do(self):
        cases = {
            b"": "is empty",
            b"PK no zip": "cannot be read as CSV or XLSX",
            b"\xff\xfe\x00": "no text in UTF-8",
            b"\n \n": "has to name the columns",
        }
        for content, told in cases.items():
            with self.subTest(told), self.assertRaisesRegex(UserError, told):
                wizard = self.env["contact.interaction.import"].new(
                    {"file": base64.b64encode(content), "file_name": "x"}
                )
                wizard._rows()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_managers_import_and_only_into_their_branch(self):
        with self.assertRaises(AccessError):
            self.env["contact.interaction.import"].with_user(self.user_north).create(
                {"layout_id": self.layout.id, "file": base64.b64encode(b"a")}
            )
        foreign = self.env["contact.interaction.layout"].create(
            {"name": "theirs", "company_id": self.south.id}
        )
        self.assertFalse(
            self.env["contact.interaction.layout"]
            .with_user(self.manager_north)
            .search([("name", "=", "theirs")])
        )
        with self.assertRaises(AccessError):
            self._open(CSV, foreign).save().action_import()

    def test_number_of_another_branch_in_a_row_is_refused(self):
        text = f"ID,When,Branch id\n1,2026-03-10 13:00,{self.south.id}\n"
        self.layout.write({"channel": "call", "direction": "incoming"})
        wizard = self._open(text).save()

        wizard.action_import()

        self.assertIn("is unknown in your branches", wizard.result)
        self.assertFalse(self._rows())

    def test_name_that_odoo_uses_itself_is_refused(self):
        wizard = self._open(CSV, self._layout("manual")).save()

        wizard.action_import()

        self.assertIn("is a name that Odoo uses itself", wizard.result)

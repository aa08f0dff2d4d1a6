import io
import json
from datetime import timedelta

import openpyxl
import pypdfium2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import contact_access_request
from .common import NOW
from .common_privacy import PrivacyCase


@tagged("post_install", "-at_install")
class TestAccessRequest(PrivacyCase):
    """A person gets everything we hold, and nothing of anybody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact.phone = "+48 22 123 45 67"
        cls.file = cls.env["ir.attachment"].create(
            {"name": "Plan.txt", "raw": b"the plan"}
        )
        cls.note = cls._log(
            origin="manual",
            user_id=cls.user_north.id,
            subject="Talk",
            note="Mary and Max Mustermann (max@mill.example, +48 601 602 603) agree",
            attachment_ids=[(6, 0, cls.file.ids)],
        )
        cls.south_call = cls._log(
            cls.south, channel="call", subject="Southern call", is_confidential=True
        )

    def test_everything_of_the_branches_one_works_for_is_in_it(self):
        self._log(self.west, subject="Western mail")
        self._log(self.stranger, subject="Strange mail")
        self._log(partner_id=False, address="MARY@mill.example", subject="Unassigned")

        request = self._ask()

        self.assertEqual(request.state, "done")
        self.assertTrue(request.is_partial)
        subjects = {row["subject"] for row in self._json(request)["contacts"]}
        self.assertEqual(subjects, {"Talk", "Southern call", "Unassigned"})

    def test_files_to_read_to_process_and_the_attachments(self):
        bundle = self._zip(self._ask())

        names = bundle.namelist()
        self.assertEqual(names[0], "Your data with us.pdf")
        self.assertEqual(names[1:3], ["data.json", "data.xlsx"])
        (plan,) = [name for name in names if name.endswith("Plan.txt")]
        self.assertEqual(bundle.read(plan), b"the plan")
        pdf = pypdfium2.PdfDocument(bundle.read(names[0]))
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        self.assertIn("Mary Mill", text)
        self.assertIn("Southern call", text)
        self.assertIn("supervisory authority", " ".join(text.split()))
        book = openpyxl.load_workbook(io.BytesIO(bundle.read("data.xlsx")))
        self.assertIn("Contacts with you", book.sheetnames)

    def test_other_people_are_left_out(self):
        self._log(partner_id=self.colleague.id, subject="MAX ONLY")
        self._log(
            partner_id=False,
            certainty="maybe",
            candidate_ids=(self.contact | self.colleague).ids,
            address="unknown@other.example",
            subject="SOMEBODY ELSE",
        )

        content = self._zip(self._ask()).read("data.json").decode()

        self.assertIn("Mary and […] ([…], […]) agree", content)
        for secret in ("Mustermann", "max@mill", "601 602", "MAX ONLY", "SOMEBODY"):
            self.assertNotIn(secret, content)

    def test_address_of_several_people_tells_of_none_of_them(self):
        self.colleague.email = "mary@mill.example"
        self._log(partner_id=False, address="mary@mill.example", subject="WHOSE?")

        content = self._zip(self._ask()).read("data.json").decode()

        self.assertNotIn("WHOSE?", content)

    def test_message_to_several_is_given_whole_without_the_others(self):
        message = self.customer.message_post(
            body="Dear Mary, dear Max",
            subject="Prices",
            partner_ids=(self.contact | self.colleague).ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.user_north.partner_id.id,
        )
        self._log(
            partner_id=self.colleague.id,
            message_id=message.id,
            direction="outgoing",
            address="max@mill.example",
            subject="Prices",
        )

        (row,) = [
            row
            for row in self._json(self._ask())["contacts"]
            if row["subject"] == "Prices"
        ]

        self.assertEqual(row["text"], "Dear Mary, dear Max")
        self.assertEqual(row["others"], 1)
        self.assertIsNone(row["address"])

    def test_what_is_beside_the_contacts_is_told_too(self):
        self.note.with_user(self.user_north).note = "Mary agrees"
        self.env["contact.consent"].with_user(self.user_north).create(
            {"partner_id": self.contact.id, "note": "No calls"}
        )
        self.contact.message_post(body="Likes coffee")
        self.contact.activity_schedule(summary="Call Mary", user_id=self.user_north.id)
        self.env["contact.disclosure"].with_user(self.user_north)._log(
            [
                {
                    "owner_company_id": self.south.id,
                    "partner_id": self.contact.id,
                    "kind": "interaction",
                    "level": "content",
                    "res_model": "contact.interaction",
                    "res_id": self.south_call.id,
                }
            ]
        )

        sections = self._json(self._ask())

        self.assertEqual(sections["person"][0]["email"], "mary@mill.example")
        self.assertEqual(sections["numbers"][0]["number"], "+48221234567")
        self.assertIn("[…]", sections["corrections"][0]["before"])
        self.assertEqual(sections["consents"][0]["note"], "No calls")
        self.assertIn("Likes coffee", {row["text"] for row in sections["notes"]})
        self.assertEqual(sections["activities"][0]["text"], "Call Mary")
        self.assertEqual(sections["disclosures"][0]["reader"], "North")

    def test_equal_input_gives_equal_bytes(self):
        contents = []
        for _time in range(2):
            with freeze_time(NOW), self.cr.savepoint() as savepoint:
                contents.append(self._ask().with_context(bin_size=False).file)
                savepoint.rollback()

        self.assertEqual(*contents)

    def test_document_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.contact.lang = "pl_PL"
        request = self._ask()

        self.assertEqual(request.lang, "pl_PL")
        content = json.loads(self._zip(request).read("data.json"))
        self.assertEqual(content["language"], "pl-PL")

    def test_large_one_is_collected_in_steps_that_can_be_interrupted(self):
        self._log(subject="Another")
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)
        self.patch(contact_access_request, "AT_ONCE", 0)
        self.patch(contact_access_request, "STEP", 1)
        request = self._ask()
        self.assertEqual(request.state, "running")
        for _step in range(3):
            request._step()
        self.assertGreater(request.progress, 0)

        self.env["contact.access.request"]._cron_collect()

        self.assertEqual(request.state, "done")
        self.assertEqual(request.progress, 100)
        self.assertEqual(request.row_count, request.total_count)
        self.assertEqual(len(self._json(request)["contacts"]), 3)
        self.assertFalse(request.part_ids)

    def test_file_goes_after_its_time(self):
        request = self._ask()
        request.date_expires = fields.Datetime.now() - timedelta(hours=1)

        self.env["contact.access.request"]._gc_files()

        self.assertEqual(request.state, "expired")
        self.assertFalse(request.file)
        with self.assertRaisesRegex(UserError, "its time is over"):
            request.with_user(self.officer).sudo(False).action_download()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_data_protection_asks_and_only_for_whom_they_may_see(self):
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                self._ask(user=user)
        hidden = self.env["res.partner"].create(
            {"name": "HIDDEN", "company_id": self.west.id}
        )
        with self.assertRaises(AccessError):
            self._ask(hidden)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_file_is_nobodys_but_through_its_download(self):
        request = self._ask()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", request._name),
                ("res_id", "=", request.id),
                ("res_field", "=", "file"),
            ]
        )
        self.assertTrue(attachment)
        for user in (self.officer, self.manager_north):
            with self.assertRaises(AccessError):
                attachment.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                request.with_user(user).sudo(False).read(["file"])


@tagged("post_install", "-at_install")
class TestAccessRequestDownload(HttpCase, PrivacyCase):
    def test_download_is_for_who_answers_it_and_is_logged(self):
        request = self._ask()
        address = f"/contact_history/access_request/{request.id}"
        other = self.manager_north
        for user in (other, self.user_north):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(address).status_code, 404)

        self.authenticate(self.officer.login, self.officer.login)
        answer = self.url_open(address)

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertNotIn("Mary", answer.headers["Content-Disposition"])
        self.assertEqual(request.download_count, 1)
        logged = self.env["contact.disclosure"].search(
            [("kind", "=", "access_request"), ("res_id", "=", request.id)]
        )
        self.assertEqual(logged.owner_company_id, self.north | self.south)
        self.assertEqual(logged.user_id, self.officer)
        self.assertIn("downloaded", request.message_ids[0].body)
        request.date_expires = fields.Datetime.now() - timedelta(hours=1)
        self.assertEqual(self.url_open(address).status_code, 404)

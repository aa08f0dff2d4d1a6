import io
import json

import openpyxl
import pypdf

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import ContactHistoryCase
from .test_contact_dashboard import DashboardCase


@tagged("post_install", "-at_install")
class TestContactDashboardFile(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for minutes in (100, 50):
            cls._ask(minutes_ago=minutes)
            cls._answer(minutes_ago=minutes - 10, user_id=cls.user_north.id)
        cls.user_north.group_ids += cls.env.ref("base.group_allow_export")
        cls.env.flush_all()
        cls.mine = cls.dashboard.with_user(cls.user_north)

    def _sheets(self):
        book = openpyxl.load_workbook(io.BytesIO(self.mine._write_xlsx({})))
        return {
            sheet["A1"].value: list(sheet.iter_rows(min_row=3, values_only=True))
            for sheet in book
        }

    def test_sheets_hold_numbers(self):
        sheets = self._sheets()

        self.assertEqual(
            sheets["By channel"][0][1:],
            (
                "Questions",
                "Median (minutes)",
                "90th percentile (minutes)",
                "Within the target (%)",
            ),
        )
        self.assertEqual(sheets["By channel"][1], ("E-mail", 2, 10, 10, 100))
        self.assertIn("Contacts by channel", sheets)

    def test_text_of_people_never_becomes_a_formula(self):
        self.user_north.name = "=1+1"
        book = openpyxl.load_workbook(io.BytesIO(self.mine._write_xlsx({})))
        cells = [cell for sheet in book for row in sheet.rows for cell in row]

        self.assertTrue(any(cell.value == "=1+1" for cell in cells))
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])

    def test_paper_says_the_same_with_all_letters(self):
        self.north.name = "Łódź Αθήνα <b>"
        text = "".join(
            page.extract_text()
            for page in pypdf.PdfReader(io.BytesIO(self.mine._write_pdf({}))).pages
        )

        self.assertIn("Łódź Αθήνα <b>", text)
        self.assertIn("90th percentile", text)


@tagged("post_install", "-at_install")
class TestContactDashboardDownload(HttpCase, ContactHistoryCase):
    def _download(self, kind, user, choice=None):
        self.authenticate(user.login, user.login)
        return self.url_open(
            f"/contact_history/dashboard/{kind}",
            data={
                "choice": json.dumps(choice or {}),
                "csrf_token": Request.csrf_token(self),
            },
        )

    def test_files_are_for_who_may_export(self):
        refused = self._download("xlsx", self.user_south)
        self.assertEqual(refused.status_code, 500)
        self.assertIn("may not export", refused.text)

        self.user_north.group_ids += self.env.ref("base.group_allow_export")
        for kind, start in (("xlsx", b"PK"), ("pdf", b"%PDF")):
            answer = self._download(kind, self.user_north)
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(start))

    def test_request_that_cannot_be_read_is_refused(self):
        self.user_north.group_ids += self.env.ref("base.group_allow_export")
        answer = self._download("pdf", self.user_north, {"period": "decade"})

        self.assertEqual(answer.status_code, 500)
        self.assertIn("period", answer.text)

import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_comparison import ComparisonCommon

DANGEROUS = '=HYPERLINK("http://evil.example";"x")'


@tagged("post_install", "-at_install")
class TestExport(ComparisonCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_export(cls.anna, cls.manager)
        cls.evil = cls._make_customer(DANGEROUS, email="-1+1@evil.example")
        cls.offer = cls._make_sent_offer(
            cls.anna, lines=[(cls.lathe, 2, 80000.0), (cls.mill, 1, 45000.0)]
        )
        cls.evil_offer = cls._make_sent_offer(cls.anna, partner=cls.evil)

    def _sheet(self, **request):
        (rows,) = self._read_sheets(self._export(self.anna, **request)).values()
        return rows

    def _table(self, rows, first):
        """Return the rows below the head, each as a dict by column."""
        place = next(number for number, row in enumerate(rows) if row[0] == first)
        return [dict(zip(rows[place], row, strict=True)) for row in rows[place + 1 :]]

    def test_offers_are_listed_with_types_and_totals(self):
        rows = self._sheet(kind="offers", ids=self.offer.ids, about="State: Sent")

        self.assertEqual([rows[0][0], rows[1][0]], ["Offers", "State: Sent"])
        self.assertIn("Anna Test", rows[2][0])
        offer, total = self._table(rows, "Number")
        self.assertEqual(offer["Number"], self.offer.name)
        self.assertEqual(offer["Total"], 205000)
        self.assertEqual(offer["Currency"], "EUR")
        self.assertEqual(offer["Last Sent"].date(), self.offer.date_last_sent.date())
        self.assertEqual(total["Number"], "Total EUR")
        self.assertTrue(total["Total"].startswith("=SUMIFS("))

    def test_lines_are_listed_of_offers_and_of_versions(self):
        by_offer = self._sheet(kind="lines", model="offer.offer", ids=self.offer.ids)
        by_version = self._sheet(kind="lines", ids=self.offer.revision_ids.ids)

        self.assertEqual(by_offer, by_version)
        lines = self._table(by_offer, "Offer")[:2]
        self.assertEqual([line["Product Code"] for line in lines], ["CX400", "FM2"])
        self.assertEqual([line["Quantity"] for line in lines], [2, 1])
        self.assertEqual([line["Amount"] for line in lines], [160000, 45000])

    def test_price_history_is_listed(self):
        rows = self._sheet(kind="prices", domain=[["offer_id", "=", self.offer.id]])

        prices = self._table(rows, "Date")
        self.assertEqual(sorted(row["Net Price"] for row in prices), [45000, 80000])

    def test_dossier_holds_all_that_is_known_of_a_customer(self):
        self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id, "function": "Purchasing"}
        )
        sheets = self._read_sheets(
            self._export(self.manager, kind="dossier", ids=self.customer.ids)
        )

        self.assertEqual(
            list(sheets),
            [
                "Spellings",
                "Contacts",
                "Offers",
                "Revisions",
                "Decisions",
                "Dates of Contact",
            ],
        )
        self.assertIn(self.customer.name, str(sheets["Spellings"]))
        self.assertIn("Purchasing", str(sheets["Contacts"]))
        self.assertIn(self.offer.name, str(sheets["Revisions"]))
        mine = self._read_sheets(
            self._export(self.anna, kind="dossier", ids=self.customer.ids)
        )
        self.assertNotIn("Decisions", mine)

    def test_names_of_customers_never_become_formulas(self):
        for kind, values in (
            ("offers", {"ids": self.evil_offer.ids}),
            ("lines", {"ids": self.evil_offer.revision_ids.ids}),
            ("dossier", {"ids": self.evil.ids}),
        ):
            with self.subTest(kind=kind):
                data = self._export(self.anna, kind=kind, about="=1+1", **values)
                book = load_workbook(io.BytesIO(data))
                cells = [cell for page in book for row in page for cell in row]
                self.assertIn(DANGEROUS, [cell.value for cell in cells])
                formulas = [cell.value for cell in cells if cell.data_type == "f"]
                self.assertFalse(
                    [text for text in formulas if not text.startswith("=SUMIFS($")]
                )

    def test_lists_and_files_go_on_paper(self):
        env = self._as(self.anna)
        for action, parts in (
            (self.offer.with_env(env).action_print_list(), ("Offers", "205,000.00")),
            (
                self.customer.with_env(env).action_print_offer_dossier(),
                ("Spellings", "Revisions", self.customer.name),
            ),
        ):
            stream = io.BytesIO()
            env["offer.export"]._write_pdf(action["params"]["request"], stream)
            text = self._pdf_text(stream.getvalue())
            for part in (*parts, self.offer.name, "Page 1 of", "Meridian Warszawa"):
                self.assertIn(part, text)

    def test_paper_has_an_end(self):
        module = "odoo.addons.offer_repository.models.offer_export_paper._MAX_ROWS"
        with patch(module, 1), self.assertRaises(UserError):
            self._as(self.anna)["offer.export"]._write_pdf(
                {"kind": "offers", "domain": []}, io.BytesIO()
            )

    def test_equal_data_gives_equal_bytes(self):
        for kind, values in (
            ("offers", {"domain": []}),
            ("lines", {"domain": []}),
            ("prices", {"domain": []}),
            ("dossier", {"ids": self.customer.ids}),
        ):
            with self.subTest(kind=kind):
                first = self._export(self.anna, kind=kind, **values)
                self.assertEqual(self._export(self.anna, kind=kind, **values), first)

    def test_language_of_the_reader_decides(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        env = self._as(self.anna)
        polish = env["offer.export"].with_context(lang="pl_PL")
        stream = io.BytesIO()

        polish._write_sheet({"kind": "offers", "ids": self.offer.ids}, stream)

        page = load_workbook(stream).active
        moments = [cell.number_format for row in page for cell in row if cell.is_date]
        self.assertEqual(set(moments), {"dd.mm.yyyy hh:mm", "dd.mm.yyyy"})

    def test_numbers_and_filters_are_checked(self):
        for values in (
            {"kind": "x"},
            {"kind": "offers"},
            {"kind": "offers", "ids": ["1"]},
            {"kind": "offers", "ids": [True]},
            {"kind": "offers", "ids": 5},
            {"kind": "offers", "domain": [["a"]]},
            {"kind": "offers", "domain": "[]"},
        ):
            with self.subTest(**values), self.assertRaises(ValidationError):
                self._export(self.anna, **values)
        with self.assertRaises(UserError):
            self._export(self.anna, kind="offers", ids=[2**31 - 1])

    def test_buttons_ask_for_what_was_marked(self):
        env = self._as(self.anna)
        offer = self.offer.with_env(env)
        customer = self.customer.with_env(env)
        for action, kind in (
            (offer.action_export(), "offers"),
            (offer.action_export_lines(), "lines"),
            (offer.revision_ids.action_export_lines(), "lines"),
            (customer.action_export_offer_dossier(), "dossier"),
        ):
            request = action["params"]["request"]
            self.assertEqual(request["kind"], kind)
            self.assertTrue(self._export(self.anna, **request))

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.offer_document_reader import OfferDocumentReader
from .common_external import TABLE, ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalLines(ExternalCommon):
    """The table of a document becomes lines that the weakest seller confirms."""

    def test_lines_are_proposed_from_the_table_and_come_to_the_amount(self):
        item = self._upload(self._table_pdf())

        lathe, training = item.line_ids
        self.assertEqual((lathe.name, lathe.product_code), ("Tokarka CX-400", "CX400"))
        self.assertEqual(lathe.product_id, self.lathe)
        self.assertEqual((lathe.quantity, lathe.uom_name), (1, "szt."))
        self.assertEqual((lathe.price_unit, lathe.discount), (80000, 10))
        self.assertEqual((training.quantity, training.price_subtotal), (8, 8000))
        self.assertFalse(training.product_id)
        self.assertEqual(item.lines_state, "fit")
        self.assertIn("80,000.00", item.lines_text)
        self.assertIn("✓", item.lines_text)

    def test_confirmed_lines_are_archived_with_product_and_unit(self):
        offer = self._external_offer(data=self._table_pdf())

        lathe, training = offer.current_revision_id.line_ids
        self.assertEqual((lathe.product_id, lathe.product_code), (self.lathe, "CX400"))
        self.assertEqual(lathe.uom_id, self.env.ref("uom.product_uom_unit"))
        self.assertEqual(training.uom_id, self.env.ref("uom.product_uom_hour"))
        self.assertEqual((training.name, training.uom_name), ("Szkolenie", "godz."))
        self.assertEqual(lathe.price_subtotal, 72000)
        self.assertFalse(self.env["offer.intake.line"].search([]))
        self.assertIntact()

    def test_prices_of_the_lines_are_in_the_history_and_in_conflicts(self):
        self._external_offer(data=self._table_pdf())
        self._external_offer(self.ewa, self._table_pdf())

        report = self._as(self.anna)["offer.price.report"]
        row = report.search([("product_id", "=", self.lathe.id)])
        self.assertEqual((row.price, row.discount), (72000, 10))
        conflict = self.env["offer.conflict"].search([])
        levels = [one["level"] for one in conflict._comparison()["rows"]]
        self.assertEqual(levels, ["product", "text"])

    def test_what_is_edited_is_reckoned_anew(self):
        item = self._upload(self._table_pdf())
        item.partner_id = self.customer

        with Form(item) as form, form.line_ids.edit(1) as line:
            line.quantity = 9
        self.assertEqual(item.line_ids[1].price_subtotal, 9000)
        self.assertEqual(item.lines_state, "differ")
        self.assertIn("81,000.00", item.lines_text)
        with self.assertRaisesRegex(UserError, "The lines come to"):
            item.action_take()

        item.action_amount_of_lines()
        self.assertEqual((item.amount_untaxed, item.amount_total), (81000, 98400))
        item.action_take()
        self.assertEqual(item.state, "taken")

    def test_lines_can_be_left_out(self):
        item = self._upload(self._table_pdf())
        item.line_ids[0].quantity = 5

        item.action_drop_lines()

        offer = self._take(item)
        self.assertFalse(offer.current_revision_id.line_ids)
        self.assertEqual(offer.amount_untaxed, 80000)

    def test_amount_of_the_document_stays_until_its_parts_change(self):
        rows = (TABLE[0], ("1", "Blacha", "", "3", "kg", "3,33", "", "10,00"))
        item = self._upload(self._table_pdf(rows, ("Oferta", "Razem 10,00 EUR")))

        self.assertEqual(item.line_ids.price_subtotal, 10)
        self.assertFalse(item.line_ids.is_doubtful)
        self.assertEqual(item.lines_state, "fit")
        item.line_ids.price_subtotal = 12
        self.assertTrue(item.line_ids.is_doubtful)

    def test_net_amount_that_nobody_names_is_the_sum_of_the_lines(self):
        item = self._upload(
            self._table_pdf(lines=("Oferta", "Razem brutto: 98 400,00 EUR"))
        )
        self.assertEqual((item.amount_untaxed, item.amount_total), (80000, 98400))
        [untaxed] = [one for one in item.proposals if one["field"] == "amount_untaxed"]
        self.assertEqual(untaxed["snippet"], "Sum of the lines")

        far = self._upload(
            self._table_pdf(lines=("Oferta", "Razem brutto: 998 400,00 EUR"))
        )
        self.assertEqual((far.amount_untaxed, far.lines_state), (0, "differ"))

        nothing = self._upload(self._table_pdf(lines=("Oferta", "Dziekujemy")))
        self.assertEqual((nothing.amount_total, nothing.lines_state), (80000, "fit"))

    def test_of_several_tables_the_one_that_fits_is_proposed(self):
        more = (
            ("", "", "", "", "", "", "Razem", "80 000,00"),
            TABLE[0],
            ("1", "Opcja", "", "1", "szt.", "500,00", "", "500,00"),
            ("", "", "", "", "", "", "Razem", "500,00"),
        )
        item = self._upload(self._table_pdf((*TABLE, *more)))

        self.assertEqual(item.line_ids.mapped("name"), ["Tokarka CX-400", "Szkolenie"])

    def test_code_of_two_products_or_of_another_branch_is_nobodys(self):
        self._make_product("Lathe, used", "CX400", 1.0)
        self.assertFalse(self._upload(self._table_pdf()).line_ids.product_id)

        self.env["product.product"].search(
            [("default_code", "=", "CX400")]
        ).product_tmpl_id.company_id = self.krakow
        again = self._upload(self._table_pdf(lines=("Oferta 2",)))
        self.assertFalse(again.line_ids.product_id)

    def test_correction_keeps_units_codes_and_amounts(self):
        offer = self._external_offer(data=self._table_pdf())
        before = offer.current_revision_id.line_ids.read(
            ["product_code", "uom_id", "uom_name", "price_subtotal"], load=None
        )
        wizard = (
            self._as(self.anna)["offer.offer.correct"]
            .with_context(default_offer_id=offer.id)
            .create({"reason": "Date", "date": "2026-11-04"})
        )
        wizard.action_correct()

        after = offer.current_revision_id.line_ids.read(
            ["product_code", "uom_id", "uom_name", "price_subtotal"], load=None
        )
        for one in (*before, *after):
            del one["id"]
        self.assertEqual(offer.revision_count, 2)
        self.assertEqual(after, before)

    def test_text_counts_when_the_tables_take_too_long(self):
        run = OfferDocumentReader._run

        def cut(reader, name, data):
            done = run(reader, name, data)
            done.stdout = done.stdout[: done.stdout.index(b"\n") + 9]
            return done

        with patch.object(OfferDocumentReader, "_run", cut):
            item = self._upload(self._table_pdf())
        self.assertFalse(item.line_ids)
        self.assertEqual(item.amount_total, 98400)
        self.assertFalse(item.problem)


@tagged("post_install", "-at_install")
class TestExternalLinesAccess(ExternalCommon):
    """Lines follow their document: no way into another's, none out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.item = cls._upload(cls._table_pdf())
        cls.foreign = cls._upload(cls._table_pdf(), user=cls.ewa)

    def test_others_cannot_read_or_change_them(self):
        line = self.item.line_ids[0]
        for user in (self.piotr, self.ewa):
            foreign = line.with_env(self._as(user))
            with self.assertRaises(AccessError):
                foreign.read(["price_unit"])
            with self.assertRaises(AccessError):
                foreign.price_unit = 1
            with self.assertRaises(AccessError):
                foreign.unlink()
            with self.assertRaises(AccessError):
                foreign.intake_id.action_drop_lines()
            with self.assertRaises(AccessError):
                foreign.intake_id.action_amount_of_lines()

    def test_lines_are_not_moved_to_nor_made_in_other_documents(self):
        lines = self._as(self.anna)["offer.intake.line"]
        with self.assertRaises(AccessError):
            lines.create({"intake_id": self.foreign.id, "name": "x"})
        with self.assertRaises(AccessError):
            self.item.line_ids[0].intake_id = self.foreign.id

    def test_products_that_the_user_may_not_read_are_not_named(self):
        hidden = self._make_product("Secret", "S1", 1.0, company_id=self.krakow.id)
        with self.assertRaises(AccessError):
            self.item.write(
                {"line_ids": [Command.create({"name": "x", "product_id": hidden.id})]}
            )
        with self.assertRaises(AccessError):
            self.item.line_ids[0].product_id = hidden

    def test_lines_of_sorted_documents_are_final(self):
        self.item.action_discard()
        line = self.item.line_ids[0]

        for change in (
            lambda: line.write({"quantity": 5}),
            line.unlink,
            lambda: line.create({"intake_id": self.item.id, "name": "x"}),
            self.item.action_drop_lines,
        ):
            with self.assertRaisesRegex(UserError, "is sorted already"):
                change()

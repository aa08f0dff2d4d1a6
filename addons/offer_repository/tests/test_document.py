import io

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import OfferCommon

_REPORT = "sale.action_report_saleorder"


@tagged("post_install", "-at_install")
class TestDocument(OfferCommon):
    def _render(self, orders, report=_REPORT):
        content, kind = orders.env["ir.actions.report"]._render_qweb_pdf(
            report, orders.ids
        )
        self.assertEqual(kind, "pdf")
        return content

    def _text(self, orders, report=_REPORT):
        return self._pdf_text(self._render(orders, report))

    def test_quotation_is_a_pdf_without_wkhtmltopdf(self):
        self.warszawa.vat = "5213000001"
        self.warszawa.street = "ul. Puławska 145"
        order = self._make_order(self.anna, client_order_ref="ZM/118")

        text = self._text(order)

        for expected in (
            f"Offer {order.name}",
            "Meridian Warszawa",
            "ul. Puławska 145",
            "5213000001",
            "Zakład Mechaniczny ŁĄCZNIK",
            "Anna Test",
            "ZM/118",
            "Lathe CX-400",
            "80,000.00",
            "Page 1 of 1",
        ):
            with self.subTest(expected=expected):
                self.assertIn(expected, text)

    def test_rendering_again_gives_the_same_bytes_for_anyone_at_any_time(self):
        order = self._make_order(self.anna)
        with freeze_time("2026-11-20 23:30:00"):
            first = self._render(order)
        self.manager.tz = "Asia/Tokyo"

        with freeze_time("2026-12-01 01:00:00"):
            second = self._render(order.with_env(self._as(self.manager, self.warszawa)))

        self.assertEqual(first, second)

    def test_texts_dates_and_amounts_are_in_the_customers_language(self):
        expected = {
            "pl_PL": ("Oferta", "Ważna do", "31.12.2026", "200 000,00", "Strona 1 z 1"),
            "el_GR": ("Προσφορά", "Ισχύει έως", "31/12/2026", "200.000,00", "Σύνολο"),
        }
        for lang, words in expected.items():
            self.env["res.lang"]._activate_lang(lang)
            self.customer.lang = lang
            order = self._make_order(
                self.anna,
                lines=[(self.lathe, 2.5, 80000.0)],
                validity_date="2026-12-31",
            )
            text = self._text(order).replace("\u00a0", " ")
            for word in (*words, "2,50"):
                with self.subTest(lang=lang, word=word):
                    self.assertIn(word, text)

    def test_section_taxes_discount_and_terms_are_shown(self):
        tax = self._make_tax()
        order = self._make_order(
            self.anna,
            lines=[
                Command.create({"display_type": "line_section", "name": "Machines"}),
                Command.create(
                    {
                        "product_id": self.lathe.id,
                        "price_unit": 80000,
                        "discount": 12.5,
                        "tax_ids": [Command.set(tax.ids)],
                    }
                ),
                Command.create({"display_type": "line_note", "name": "With training"}),
            ],
            note="<p>Delivery EXW.</p>",
        )

        text = self._text(order)

        for expected in (
            "Machines",
            "12.5",
            "VAT 23%",
            "16,100.00",
            "86,100.00",
            "With training",
            "Delivery EXW.",
        ):
            with self.subTest(expected=expected):
                self.assertIn(expected, text)

    def _make_tax(self):
        country = self.env.ref("base.pl")
        self.root.country_id = country
        group = self.env["account.tax.group"].create(
            {"name": "VAT 23%", "company_id": self.root.id, "country_id": country.id}
        )
        return self.env["account.tax"].create(
            {
                "name": "VAT 23%",
                "amount": 23,
                "company_id": self.root.id,
                "country_id": country.id,
                "tax_group_id": group.id,
            }
        )

    def test_hidden_prices_and_contents_of_a_section_stay_hidden(self):
        order = self._make_order(
            self.anna,
            lines=[
                Command.create(
                    {
                        "display_type": "line_section",
                        "name": "Package",
                        "collapse_prices": True,
                    }
                ),
                (self.lathe, 1, 71717.0),
                Command.create(
                    {
                        "display_type": "line_section",
                        "name": "Services",
                        "collapse_composition": True,
                    }
                ),
                (self.mill, 1, 45000.0),
            ],
        )

        text = self._text(order)

        self.assertIn("Lathe CX-400", text)
        # as the section's sum only, not on the line
        self.assertEqual(text.count("71,717.00"), 1)
        self.assertIn("Services", text)
        self.assertNotIn("Milling machine", text)

    def test_several_quotations_are_merged_in_the_order_asked_for(self):
        orders = self._make_order(self.anna) | self._make_order(self.anna)
        backwards = orders[::-1]

        text = self._text(backwards)

        self.assertLess(text.index(orders[1].name), text.index(orders[0].name))
        pages = PdfReader(io.BytesIO(self._render(backwards))).pages
        self.assertEqual(len(pages), 2)

    def test_quotation_selected_twice_is_printed_twice(self):
        order = self._make_order(self.anna)

        content, _kind = order.env["ir.actions.report"]._render_qweb_pdf(
            _REPORT, [order.id, order.id]
        )

        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 2)

    def test_pro_forma_and_order_have_their_own_titles(self):
        order = self._make_order(self.anna)
        pro_forma = self._text(order, "sale.action_report_pro_forma_invoice")
        order.action_confirm()

        self.assertIn(f"Pro-forma invoice {order.name}", pro_forma)
        self.assertIn(f"Order {order.name}", self._text(order))

    def test_company_that_chose_odoos_report_keeps_it(self):
        self.krakow.offer_document_engine = "qweb"
        order = self._make_order(self.ewa)

        # in tests Odoo answers with the page that its engine would be given
        content, kind = order.env["ir.actions.report"]._render_qweb_pdf(
            _REPORT, order.ids
        )

        self.assertEqual(kind, "html")
        self.assertIn(b"Quotation #", content)

    def test_mixed_selection_gives_each_company_its_own_engine(self):
        self.krakow.offer_document_engine = "qweb"
        ours = self._make_order(self.anna)
        theirs = self._make_order(self.ewa)
        both = (ours | theirs).with_env(
            self._as(self.manager, self.warszawa | self.krakow)
        )
        Report = self.env.registry["ir.actions.report"]
        pdf_of_page = self._render(ours)
        self.patch(Report, "get_wkhtmltopdf_state", lambda self: "ok")
        original = Report._run_wkhtmltopdf

        def run(report, bodies, **kwargs):
            if report._offer_rendering():
                return original(report, bodies, **kwargs)
            self.assertEqual(len(bodies), 1)
            self.assertIn(theirs.name, str(bodies[0]))
            return pdf_of_page

        self.patch(Report, "_run_wkhtmltopdf", run)
        report = both.env["ir.actions.report"]
        streams = report._render_qweb_pdf_prepare_streams(_REPORT, {}, both.ids)

        self.assertEqual(list(streams), both.ids)

    def test_other_reports_are_untouched(self):
        invoice_report = self.env["ir.actions.report"].search(
            [("report_name", "=", "account.report_invoice_with_payments")], limit=1
        )

        self.assertFalse(
            self.env["ir.actions.report"]._offer_document_orders(
                invoice_report.id, [1, 2]
            )
        )

    def test_what_was_really_sent_is_archived_with_odoos_report(self):
        self.krakow.offer_document_engine = "qweb"
        order = self._make_order(self.ewa)
        own = self._make_attachment(self.ewa, "own.pdf", b"%PDF-1.4 from elsewhere")

        self._send(order, attachment_ids=[Command.set(own.ids)])

        documents = self._offer_of(order).current_revision_id.document_ids
        self.assertEqual(documents.mapped("raw"), [own.raw])

    def test_document_is_rendered_for_readers_of_the_quotation_only(self):
        order = self._make_order(self.anna)
        report = self.env["ir.actions.report"].with_env(self._as(self.ewa))

        with self.assertRaises(AccessError):
            report._render_qweb_pdf(_REPORT, order.ids)

    def test_context_of_a_caller_cannot_choose_another_order(self):
        order = self._make_order(self.anna)
        foreign = self._make_order(self.ewa)
        report = self.env["ir.actions.report"].with_env(self._as(self.anna))

        content, _kind = report.with_context(
            offer_repository_rendering=foreign.id
        )._render_qweb_pdf(_REPORT, order.ids)

        self.assertIn(order.name, self._pdf_text(content))
        self.assertFalse(
            report.with_context(offer_repository_rendering=1)._offer_rendering()
        )

    def test_letterhead_comes_from_the_parent_where_the_branch_has_none(self):
        self.root.vat = "5213000001"
        self.root.street = "Main street 1"

        text = self._text(self._make_order(self.anna))

        self.assertIn("Main street 1", text)
        self.assertIn("5213000001", text)

    def test_unreadable_logo_does_not_keep_an_offer_back(self):
        order = self._make_order(self.anna)
        self.patch(
            self.env.registry["res.company"], "_offer_logo", lambda self: b"broken"
        )

        self.assertIn(order.name, self._text(order))

    def test_built_in_document_is_announced_to_the_web_client(self):
        ours, theirs = self._make_order(self.anna), self._make_order(self.ewa)
        self.krakow.offer_document_engine = "qweb"

        self.assertTrue(ours.offer_document_is_built_in())
        self.assertFalse(theirs.offer_document_is_built_in())
        self.assertFalse(ours.browse().offer_document_is_built_in())

import base64
import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .test_archive_ways import WaysCommon


@tagged("post_install", "-at_install")
class TestArchiveWaysOverHttp(WaysCommon, HttpCase):
    """Ways that only exist as web pages."""

    def setUp(self):
        super().setUp()
        self.anna.password = "anna.test.1"
        self.order = self._make_order(self.anna, require_payment=False)
        self.order.sudo()._portal_ensure_token()
        self.page = f"/my/orders/{self.order.id}"
        self.token = self.order.sudo().access_token

    def _print(self, orders, report="sale.report_saleorder"):
        ids = ",".join(map(str, orders.ids))
        query = json.dumps([f"/report/pdf/{report}/{ids}", "qweb-pdf"])
        form = {"data": query, "csrf_token": Request.csrf_token(self)}
        return self.url_open("/report/download", data=form, timeout=60)

    def _customer_opens(self, **query):
        self.authenticate(None, None)
        params = {"access_token": self.token, **query}
        return self.url_open(self.page, params=params, timeout=60)

    def test_printing_keeps_the_bytes_that_were_printed(self):
        self.authenticate("anna.test", "anna.test.1")

        printed = self._print(self.order)

        offer = self.assertArchived(self.order, "sent", ["printed"])
        self.assertEqual(offer.current_revision_id.document_ids.raw, printed.content)

    def test_printing_several_keeps_only_its_own_pages_with_each(self):
        other = self._make_order(self.anna, lines=[(self.mill, 1, 45000)])
        self.authenticate("anna.test", "anna.test.1")

        self._print(self.order | other)

        for order in (self.order, other):
            offer = self.assertArchived(order, "sent", ["printed"])
            text = self._pdf_text(offer.current_revision_id.document_ids.raw)
            self.assertIn(order.name, text)
        self.assertNotIn(self.order.name, text)

    def test_printing_something_else_archives_nothing(self):
        self.anna.group_ids += self.env.ref("base.group_system")
        self.authenticate("anna.test", "anna.test.1")

        offers = self.env["offer.offer"].search_count([])

        model = self.env["ir.model"]._get("sale.order")
        page = f"/report/html/base.report_irmodeloverview/{model.id}"
        self.assertEqual(self.url_open(page, timeout=60).status_code, 200)

        self.assertEqual(self.env["offer.offer"].search_count([]), offers)

    def test_customer_opening_the_page_is_publication(self):
        response = self._customer_opens()

        self.assertEqual(response.status_code, 200)
        self.assertArchived(self.order, "sent", ["portal"])

    def test_customer_opening_a_payment_link_is_publication(self):
        self.order.require_payment = True
        wizard = (
            self.order.env["payment.link.wizard"]
            .sudo()
            .with_context(active_model="sale.order", active_id=self.order.id)
            .create({})
        )
        self.authenticate(None, None)

        self.url_open(wizard.link, timeout=60)

        self.assertArchived(self.order, "sent", ["portal"])

    def test_customer_downloading_the_document_gets_what_is_kept(self):
        response = self._customer_opens(report_type="pdf", download="true")

        offer = self.assertArchived(self.order, "sent", ["portal"])
        self.assertEqual(offer.current_revision_id.document_ids.raw, response.content)

    def test_opening_again_adds_nothing_and_revives_nothing(self):
        self._customer_opens()
        offer = self._offer_of(self.order)
        offer._set_state("expired", only_from=("sent",))

        self._customer_opens()

        self.assertArchived(self.order, "expired", ["portal"])

    def test_colleague_and_stranger_opening_the_page_publish_nothing(self):
        self.authenticate("anna.test", "anna.test.1")
        self.url_open(self.page, params={"access_token": self.token}, timeout=60)
        self.authenticate(None, None)
        self.url_open(self.page, params={"access_token": "wrong"}, timeout=60)

        self.assertFalse(self._offer_of(self.order))

    def test_preview_of_a_link_in_a_chat_publishes_nothing(self):
        self.authenticate(None, None)

        self.url_open(
            f"{self.page}?access_token={self.token}",
            headers={"Odoo-Link-Preview": "True"},
            timeout=60,
        )

        self.assertFalse(self._offer_of(self.order))

    def test_signing_over_the_portal_accepts_the_signed_revision(self):
        self.order.require_signature = True
        self._send(self.order)
        self.authenticate(None, None)
        signature = self._png(80, 30)

        answer = self.make_jsonrpc_request(
            f"{self.page}/accept",
            {
                "access_token": self.token,
                "name": "Jan Łącznik",
                "signature": base64.b64encode(signature).decode(),
            },
        )

        self.assertTrue(answer.get("force_refresh"), answer)
        offer = self._offer_of(self.order)
        self.assertEqual(offer.state, "won")
        self.assertEqual(offer.accepted_revision_id.reason, "signed")
        files = offer.accepted_revision_id.document_ids.sorted("id")
        self.assertEqual(files[1].raw, signature)
        pdf = files[0].raw
        self.assertIn("Jan Łącznik", self._pdf_text(pdf))
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])

    def test_declining_on_the_portal_closes_the_offer(self):
        self.order.require_signature = True
        self._send(self.order)
        self.authenticate(None, None)

        self.url_open(
            f"{self.page}/decline",
            data={
                "access_token": self.token,
                "decline_message": "Too dear",
                "csrf_token": Request.csrf_token(self),
            },
            timeout=60,
        )

        self.assertEqual(self._offer_of(self.order).state, "cancelled")

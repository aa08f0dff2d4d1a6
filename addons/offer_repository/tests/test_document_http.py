import base64

from odoo.tests import HttpCase, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestDocumentHttp(HttpCase, OfferCommon):
    def test_print_button_downloads_the_document(self):
        order = self._make_order(self.anna)
        self.authenticate("anna.test", "anna.test")

        response = self.url_open(f"/report/pdf/sale.report_saleorder/{order.id}")

        self.assertEqual(response.status_code, 200)
        self.assertIn(order.name, self._pdf_text(response.content))

    def test_customer_downloads_the_document_on_the_portal(self):
        order = self._make_order(self.anna)
        self._send(order)
        sent = self._offer_of(order).current_revision_id.document_ids.raw
        url = order.sudo().get_portal_url(report_type="pdf", download=True)

        response = self.url_open(url)

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, sent)

    def test_customer_signs_on_the_portal(self):
        order = self._make_order(
            self.anna, require_signature=True, require_payment=False
        )
        self._send(order)
        token = order.sudo()._portal_ensure_token()

        result = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": token,
                "name": "Jan Łącznik",
                "signature": base64.b64encode(self._png(80, 30)).decode(),
            },
        )

        self.assertTrue(result.get("force_refresh"), result)
        offer = self._offer_of(order)
        self.assertEqual(offer.state, "won")
        signed = offer.current_revision_id
        self.assertEqual(signed.reason, "signed")
        by_type = {file.mimetype: file.raw for file in signed.document_ids}
        self.assertEqual(set(by_type), {"application/pdf", "image/png"})
        self.assertIn("Jan Łącznik", self._pdf_text(by_type["application/pdf"]))

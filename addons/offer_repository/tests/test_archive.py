from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestArchive(OfferCommon):
    def test_sending_freezes_one_revision_with_the_bytes_of_the_message(self):
        order = self._make_order(self.anna)

        message = self._send(order)

        offer = self._offer_of(order)
        self.assertEqual(order.state, "sent")
        self.assertEqual(offer.state, "sent")
        self.assertEqual(len(offer.revision_ids), 1)
        sent = message.sudo().attachment_ids
        self.assertEqual(len(sent), 1)
        self.assertEqual(offer.revision_ids.document_ids.raw, sent.raw)
        self.assertEqual(sent.raw[:5], b"%PDF-")

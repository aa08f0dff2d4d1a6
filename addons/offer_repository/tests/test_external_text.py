from odoo.tests import tagged

from .common_external import ExternalCommon


@tagged("post_install", "-at_install")
class TestDocumentText(ExternalCommon):
    """Documents of quotations are read in the background, once each."""

    def _send_with(self, *files):
        order = self._make_order(self.anna)
        attachments = self.env["ir.attachment"]
        for name, data in files:
            attachments |= self._make_attachment(self.anna, name, data)
        order.message_post(
            body="Offer",
            attachment_ids=attachments.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )
        return self._offer_of(order).current_revision_id

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_document_text_read"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_documents_of_quotations_are_read_later(self):
        revision = self._send_with(
            ("a.pdf", self._pdf()),
            ("b.pdf", b"%PDF-1.4 broken"),
            ("c.png", self._png(1, 1)),
        )
        self.assertFalse(revision.document_text)

        self._run_cron()
        self.assertIn("Razem brutto", revision.document_text)
        rows = revision.document_text_ids
        self.assertEqual(len(rows), 3)
        self.assertEqual(set(rows.mapped("problem")), {False, "broken"})

        self._run_cron()
        self.assertEqual(revision.document_text_ids, rows)
        self.assertIntact()

    def test_text_is_not_in_the_evidence(self):
        revision = self._send_with(("a.pdf", self._pdf()))
        self._run_cron()

        self.assertNotIn("98 400", revision.payload)
        revision.document_text_ids.unlink()
        self.assertIntact()
        self._run_cron()
        self.assertIn("98 400", revision.document_text)

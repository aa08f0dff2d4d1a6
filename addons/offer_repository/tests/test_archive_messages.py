import base64

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestArchiveSignature(OfferCommon):
    def test_customer_signing_on_the_portal_is_archived_with_the_signed_document(self):
        order = self._make_order(
            self.anna, require_signature=True, require_payment=False
        )
        self._send(order)
        unsigned = self._offer_of(order).current_revision_id.document_ids.raw
        order_sudo = order.sudo()

        # what the portal's route does once the customer has drawn the signature
        order_sudo.write(
            {
                "signed_by": "Jan Łącznik",
                "signed_on": fields.Datetime.now(),
                "signature": base64.b64encode(self._png(80, 30)),
            }
        )
        order_sudo._validate_order()
        pdf = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("sale.action_report_saleorder", order.ids)[0]
        )
        order_sudo.message_post(
            attachments=[(f"{order.name}.pdf", pdf)],
            author_id=self.customer.id,
            body="Order signed by Jan Łącznik",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

        offer = self._offer_of(order)
        self.assertEqual(offer.state, "won")
        documents = offer.revision_ids.document_ids.mapped("raw")
        self.assertIn(pdf, documents)
        self.assertNotEqual(pdf, unsigned)
        self.assertIn("Jan Łącznik", self._pdf_text(pdf))


@tagged("post_install", "-at_install")
class TestArchiveComposerTypes(OfferCommon):
    def test_confirmation_mail_with_its_pdf_is_kept_as_a_document(self):
        template = self.env.ref("sale.mail_template_sale_confirmation")
        template.report_template_ids = self.env.ref("sale.action_report_saleorder")
        order = self._make_order(self.anna)
        self._send(order)

        order.with_context(send_email=True).action_confirm()

        revisions = self._offer_of(order).revision_ids.sorted("number")
        self.assertEqual(revisions.mapped("reason"), ["sent", "confirmed"])
        self.assertEqual(revisions.mapped("is_material"), [True, False])
        self.assertIn("Order", self._pdf_text(revisions[1].document_ids.raw))

    def test_message_people_and_subject_are_in_the_evidence(self):
        order = self._make_order(self.anna)

        message = self._send(order)

        people = self._offer_of(order).current_revision_id._personal_values()
        self.assertEqual(people["message.subject"], message.subject)
        self.assertIn("zakupy@lacznik.example", people["message.recipients"])

    def test_lines_with_sections_notes_and_taxes_are_unfolded(self):
        lines = [
            Command.create({"display_type": "line_section", "name": "Machines"}),
            (self.lathe, 2, 80000.0),
            Command.create({"display_type": "line_note", "name": "With training"}),
        ]
        offer = self._make_sent_offer(self.anna, lines=lines)

        archived = offer.current_revision_id.line_ids

        self.assertEqual(
            archived.mapped("display_type"), ["line_section", False, "line_note"]
        )
        self.assertEqual(archived[1].product_id, self.lathe)
        self.assertEqual(archived[1].product_code, "CX400")
        self.assertEqual(archived[1].quantity, 2)
        self.assertEqual(archived[1].price_subtotal, 160000)

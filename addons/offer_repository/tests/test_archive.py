from datetime import date

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common_archive import ArchiveCase


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCase):
    """Every way out of the house ends in the archive; drafts do not."""

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def test_draft_is_not_archived(self):
        order = self._make_order(self.anna)

        order.write({"client_order_ref": "changed", "validity_date": "2027-01-31"})
        order.message_post(body="An internal note on a draft.")

        self.assertFalse(self._offer_of(order))

    def test_sending_freezes_one_revision_with_the_bytes_of_the_message(self):
        order = self._make_order(self.anna)

        message = self._send(order)

        offer = self.assertArchived(order, "sent", ["sent"])
        sent = message.sudo().attachment_ids
        self.assertEqual(order.state, "sent")
        self.assertEqual(len(sent), 1)
        self.assertEqual(offer.revision_ids.document_ids.raw, sent.raw)
        self.assertEqual(sent.raw[:5], b"%PDF-")

    def test_head_says_who_offers_what_to_whom(self):
        order = self._make_order(self.anna, validity_date="2027-03-31")

        self._send(order)

        offer = self._offer_of(order)
        self.assertEqual(offer.name, order.name)
        self.assertEqual(offer.partner_id, self.customer)
        self.assertEqual(offer.company_id, self.warszawa)
        self.assertEqual(offer.user_id, self.anna)
        self.assertEqual(offer.amount_total, 80000)
        self.assertEqual(offer.date_valid_until, date(2027, 3, 31))
        self.assertTrue(offer.is_live)

    def test_sending_the_same_again_moves_the_date_only(self):
        order = self._make_order(self.anna)
        with freeze_time("2026-11-20 10:00:00"):
            self._send(order)

        with freeze_time("2026-11-23 10:00:00"):
            self._send(order)

        offer = self.assertArchived(order, "sent", ["sent"])
        self.assertEqual(
            offer.date_first_sent, fields.Datetime.to_datetime("2026-11-20 10:00:00")
        )
        self.assertEqual(
            offer.date_last_sent, fields.Datetime.to_datetime("2026-11-23 10:00:00")
        )

    def test_sending_a_changed_price_makes_revision_two(self):
        order = self._make_order(self.anna)
        self._send(order)
        order.order_line.price_unit = 76000

        self._send(order)

        offer = self.assertArchived(order, "sent", ["sent", "sent"])
        first, second = offer.revision_ids.sorted("number")
        self.assertEqual((first.amount_total, second.amount_total), (80000, 76000))
        self.assertTrue(second.is_material)
        self.assertNotEqual(first.document_ids.raw, second.document_ids.raw)
        self.assertEqual(offer.current_revision_id, second)
        self.assertEqual(offer.amount_total, 76000)

    def test_new_wording_is_kept_as_a_document_but_is_no_new_content(self):
        order = self._make_order(self.anna)
        self._send(order)
        order.order_line.name = "Lathe CX-400, corrected description"

        self._send(order)

        offer = self.assertArchived(order, "sent", ["sent", "sent"])
        self.assertFalse(offer.current_revision_id.is_material)
        self.assertTrue(offer.current_revision_id.document_ids)

    def test_every_file_of_the_message_is_kept(self):
        order = self._make_order(self.anna)
        self._send(order)
        sheet = self._make_attachment(self.anna, "drawing.dxf", b"0\nSECTION\n")

        order.message_post(
            body="Here is the drawing.",
            partner_ids=self.customer.ids,
            attachment_ids=sheet.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        offer = self.assertArchived(order, "sent", ["sent", "sent"])
        document = offer.current_revision_id.document_ids
        self.assertEqual((document.name, document.raw), ("drawing.dxf", sheet.raw))

    def test_image_is_kept_byte_for_byte(self):
        # Odoo recompresses large images when they are stored anew
        order = self._make_order(self.anna)
        self._send(order)
        data = self._png(3000, 3000)
        photo = self._make_attachment(
            self.anna, "photo.png", data, image_no_postprocess=True
        )
        self.assertEqual(photo.raw, data)

        order.message_post(
            body="The machine.",
            attachment_ids=photo.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        self.assertEqual(self._current(order).document_ids.raw, photo.raw)

    def test_internal_note_with_a_file_stays_inside(self):
        order = self._make_order(self.anna)
        self._send(order)
        sheet = self._make_attachment(self.anna)

        order.message_post(body="Calculation", attachment_ids=sheet.ids)

        self.assertArchived(order, "sent", ["sent"])

    def test_marking_as_sent_is_archived_without_a_document(self):
        order = self._make_order(self.anna)

        order.action_quotation_sent()

        offer = self.assertArchived(order, "sent", ["sent"])
        self.assertFalse(offer.current_revision_id.document_ids)

    def test_context_of_a_caller_cannot_send_past_the_archive(self):
        order = self._make_order(self.anna)
        keys = ("offer_repository_skip_archive", "offer_repository_held_back")

        order.with_context(**dict.fromkeys(keys, True)).action_quotation_sent()

        self.assertArchived(order, "sent", ["sent"])

    def test_mass_sending_archives_each_quotation(self):
        orders = self._make_order(self.anna) | self._make_order(
            self.anna, lines=[(self.mill, 1, 45000)]
        )
        template = self.env.ref("sale.email_template_edi_sale")
        action = orders.action_quotation_send()
        composer = (
            orders.env["mail.compose.message"]
            .with_context(**action["context"])
            .create({"template_id": template.id})
        )

        mails, _messages = composer._action_send_mail()

        self.assertEqual(composer.composition_mode, "mass_mail")
        for order in orders:
            offer = self.assertArchived(order, "sent", ["mass_sent"])
            mail = mails.filtered(lambda mail, order=order: mail.res_id == order.id)
            self.assertEqual(
                offer.current_revision_id.document_ids.raw, mail.attachment_ids.raw
            )

    def test_quotation_created_as_sent_is_archived(self):
        order = self._make_order(self.anna, state="sent")

        self.assertArchived(order, "sent", ["sent"])

    def test_chat_photo_on_a_draft_is_no_offer(self):
        order = self._make_order(self.anna)
        photo = self._make_attachment(self.anna, "photo.png", self._png(4, 4))

        order.message_post(
            body="Is it this one?",
            attachment_ids=photo.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        self.assertFalse(self._offer_of(order))

    def test_file_from_the_customer_is_no_offer_of_ours(self):
        order = self._make_order(self.anna)
        self._send(order)
        upload = self._make_attachment(self.anna, "your order.pdf")

        order.sudo().message_post(
            body="Our purchase order.",
            author_id=self.customer.id,
            attachment_ids=upload.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        self.assertArchived(order, "sent", ["sent"])

    def test_pdf_from_the_chatter_of_a_draft_is_an_offer(self):
        order = self._make_order(self.anna)
        sheet = self._make_attachment(self.anna, "offer.pdf")

        order.message_post(
            body="Our offer.",
            attachment_ids=sheet.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        offer = self.assertArchived(order, "sent", ["sent"])
        self.assertEqual(offer.current_revision_id.document_ids.raw, sheet.raw)

    def _current(self, order):
        return self._offer_of(order).current_revision_id

import base64
from datetime import date

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestArchive(OfferCommon):
    """Every way out of the house ends in the archive; drafts do not."""

    def assertArchived(self, order, state, reasons):
        offer = self._offer_of(order)
        self.assertEqual(offer.state, state)
        self.assertEqual(offer.revision_ids.sorted("number").mapped("reason"), reasons)
        return offer

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

    # ------------------------------------------------------------------
    # State
    # ------------------------------------------------------------------

    def test_confirming_a_sent_quotation_wins_without_a_new_revision(self):
        order = self._make_order(self.anna)
        self._send(order)

        order.action_confirm()

        self.assertArchived(order, "won", ["sent"])

    def test_confirming_what_was_never_sent_archives_it(self):
        order = self._make_order(self.anna)

        order.action_confirm()

        self.assertArchived(order, "won", ["confirmed"])

    def test_confirming_other_content_than_sent_archives_what_was_agreed(self):
        order = self._make_order(self.anna)
        self._send(order)
        order.order_line.product_uom_qty = 2

        order.action_confirm()

        offer = self.assertArchived(order, "won", ["sent", "confirmed"])
        self.assertEqual(offer.amount_total, 160000)

    def test_cancelling_closes_the_offer_and_sending_again_reopens_it(self):
        order = self._make_order(self.anna)
        self._send(order)

        order._action_cancel()
        self.assertArchived(order, "cancelled", ["sent"])

        order.action_draft()
        self.assertArchived(order, "cancelled", ["sent"])
        self._send(order)
        self.assertArchived(order, "sent", ["sent"])

    def test_cancelling_a_draft_archives_nothing(self):
        order = self._make_order(self.anna)

        order._action_cancel()

        self.assertFalse(self._offer_of(order))

    def test_taking_a_sent_quotation_back_to_draft_leaves_the_offer_out(self):
        # the customer still holds it
        order = self._make_order(self.anna)
        self._send(order)

        order.action_draft()

        self.assertArchived(order, "sent", ["sent"])

    def test_losing_the_opportunity_loses_its_offers_until_it_is_restored(self):
        lead = self._make_lead(self.anna)
        order = self._make_order(self.anna, opportunity_id=lead.id)
        self._send(order)

        lead.action_set_lost()
        self.assertArchived(order, "lost", ["sent"])

        lead.action_unarchive()
        self.assertArchived(order, "sent", ["sent"])

    def test_lost_opportunity_leaves_won_offers_won(self):
        lead = self._make_lead(self.anna)
        order = self._make_order(self.anna, opportunity_id=lead.id)
        order.action_confirm()

        lead.action_set_lost()

        self.assertArchived(order, "won", ["confirmed"])

    def test_offer_past_its_validity_expires(self):
        today = fields.Date.context_today(self.env.user)
        over = self._make_sent_offer(self.anna, validity_date=self._days_ago(1))
        last_day = self._make_sent_offer(self.anna, validity_date=today)
        endless = self._make_sent_offer(self.anna)
        endless.date_valid_until = False
        self.assertEqual(
            (over | last_day | endless).mapped("is_live"), [False, True, True]
        )

        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_offer_expire"
            ).method_direct_trigger()

        (over | last_day | endless).invalidate_recordset()
        self.assertEqual(over.state, "expired")
        self.assertEqual((last_day | endless).mapped("state"), ["sent", "sent"])

    def test_searching_live_offers_agrees_with_the_field(self):
        over = self._make_sent_offer(self.anna, validity_date=self._days_ago(1))
        live = self._make_sent_offer(self.anna)
        won = self._make_sent_offer(self.anna)
        won.order_id.action_confirm()
        all_of_them = over | live | won

        for wanted in (True, False):
            found = all_of_them.search(
                [("id", "in", all_of_them.ids), ("is_live", "=", wanted)]
            )
            self.assertEqual(
                found, found & all_of_them.filtered(lambda o, w=wanted: o.is_live == w)
            )
            self.assertTrue(found)

    # ------------------------------------------------------------------
    # Following the quotation
    # ------------------------------------------------------------------

    def test_reassigned_quotation_takes_its_offer_along(self):
        order = self._make_order(self.anna)
        self._send(order)

        order.sudo().user_id = self.piotr

        self.assertEqual(self._offer_of(order).user_id, self.piotr)
        self.assertTrue(self._offer_of(order).with_user(self.piotr).has_access("read"))
        self.assertFalse(self._offer_of(order).with_user(self.anna).has_access("read"))

    def test_copy_of_a_quotation_starts_without_archive(self):
        order = self._make_order(self.anna)
        self._send(order)

        copy = order.copy()

        self.assertFalse(copy.offer_ids)
        self.assertFalse(self._offer_of(copy))
        self.assertEqual(copy.offer_revision_count, 0)
        self.assertEqual(order.offer_revision_count, 1)

    def test_deleting_the_quotation_keeps_the_archive(self):
        order = self._make_order(self.anna)
        offer = self._offer_of(order) or self._make_sent_offer(self.anna)
        sent_order = offer.order_id
        sent_order._action_cancel()

        sent_order.sudo().unlink()

        offer.invalidate_recordset()
        self.assertFalse(offer.order_id)
        self.assertEqual(len(offer.revision_ids), 1)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _current(self, order):
        return self._offer_of(order).current_revision_id

    def _make_lead(self, user):
        return self._as(user)["crm.lead"].create(
            {"name": "Lathe", "type": "opportunity", "user_id": user.id}
        )


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

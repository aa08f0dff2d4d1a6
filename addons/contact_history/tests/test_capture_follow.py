from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common_mail import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureFollow(CaptureCase):
    """What happens to messages and senders after they were recorded."""

    def _portal_post(self):
        partner = self.portal_user.partner_id
        return (
            partner.with_user(self.portal_user)
            .sudo()
            .message_post(
                body="My number is 12",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=partner.id,
            )
        )

    def test_edited_message_shows_what_it_says_now(self):
        message = self._portal_post()
        thread = self.portal_user.partner_id
        row = self._interactions()
        self.assertEqual(row.preview, "My number is 12")

        thread._message_update_content(message, body="My number is 13", strict=False)
        self.assertIn("My number is 13", row.preview)
        self.assertNotIn("12", row.preview)

        thread._message_update_content(message, body="", strict=False)
        self.assertFalse(row.preview)
        self.assertEqual(len(self._interactions()), 1)

    def test_deleted_message_leaves_the_contact_without_a_link(self):
        message = self._portal_post()
        row = self._interactions()

        message.sudo().unlink()

        self.assertTrue(row.exists())
        self.assertFalse(row.message_id)
        self.assertEqual(row.preview, "My number is 12")

    def test_mail_that_bounced_has_answered_nobody(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        self._receive("mary@mill.example", answer_to=sent)
        question = self._interactions(direction="incoming")
        self._interactions(message_id=sent.id).occurred_at = (
            question.occurred_at - timedelta(days=1)
        )
        answer = self._compose(self.contact, partner_ids=self.contact)
        row = self._interactions(message_id=answer.id)
        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(turn.state, "answered")

        answer.notification_ids.write({"notification_status": "bounce"})
        self.assertEqual(row.state, "failed")
        self.assertEqual(turn.exists().state, "waiting")

        answer.notification_ids.write({"notification_status": "ready"})
        self.assertEqual(row.state, "done")
        self.assertEqual(turn.exists().state, "answered")

    def test_customer_of_whom_one_was_reached_was_reached(self):
        second = self.contact.copy({"name": "Max", "email": "max@mill.example"})
        message = self._compose(self.contact, partner_ids=self.contact + second)
        first_notice = message.notification_ids.filtered(
            lambda notice: notice.res_partner_id == self.contact
        )

        first_notice.write({"notification_status": "bounce"})

        self.assertEqual(self._interactions().state, "done")

    def test_mail_on_its_own_that_could_not_be_sent_is_failed(self):
        mail = self.env["mail.mail"].create(
            {
                "recipient_ids": [Command.set(self.contact.ids)],
                "author_id": self.user_north.partner_id.id,
            }
        )
        refuse = patch.object(
            self.env.registry["ir.mail_server"],
            "send_email",
            side_effect=MailDeliveryException("Nobody there"),
        )
        with (
            self.mock_mail_gateway(),
            mute_logger("odoo.addons.mail.models.mail_mail"),
            refuse,
        ):
            mail.send()
        self.assertEqual(mail.state, "exception")
        self.assertEqual(self._interactions().state, "failed")

        mail.mark_outgoing()
        self.assertEqual(self._interactions().state, "done")
        with self.mock_mail_gateway():
            mail.send()
        self.assertEqual(self._interactions().state, "done")

    # ------------------------------------------------------------------
    # Senders that become known
    # ------------------------------------------------------------------

    def _follow(self):
        self.env["contact.history.follower"]._assign_by_document()

    def _unknown_on(self, document, sender="who@nowhere.example"):
        self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": document._name,
                "res_id": document.id,
                "author_id": False,
                "email_from": sender,
            }
        )
        row = self._interactions(address_normalized=sender)
        row.write({"partner_id": False, "candidate_ids": [Command.clear()]})
        return row

    def test_unknown_sender_is_known_once_the_address_is_written_down(self):
        row = self._unknown_on(self.customer)

        self.contact.email = "who@nowhere.example"
        self.env["contact.partner.upkeep"]._catch_up()  # as a commit would

        self.assertEqual(row.partner_id, self.contact)
        self.assertEqual(row.certainty, "known")

    def test_maybe_becomes_known_once_the_address_is_written_down(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        self._receive("Assistant <assistant@elsewhere.example>", answer_to=sent)
        row = self._interactions(direction="incoming")
        self.assertEqual((row.certainty, row.partner_id), ("maybe", self.contact))

        other = self.env["res.partner"].create(
            {"name": "Ann", "email": "assistant@elsewhere.example"}
        )
        self.env["contact.partner.upkeep"]._catch_up()  # as a commit would

        self.assertEqual((row.certainty, row.partner_id), ("known", other))
        self.assertFalse(row.candidate_ids)

    def test_unknown_sender_is_probably_whom_the_document_belongs_to(self):
        row = self._unknown_on(self.customer)

        self._follow()

        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(row.certainty, "maybe")
        self.assertEqual(row.candidate_ids, self.customer)

    def test_contact_that_was_assigned_stays_assigned(self):
        row = self._unknown_on(self.customer)
        other = self.env["res.partner"].create({"name": "Other"})
        row._assign(other)

        self._follow()

        self.assertEqual(row.partner_id, other)

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_mail import CaptureCase

ANSWER = """\
<p>Thank you, the price is fine.</p>
<blockquote data-o-mail-quote="1">
On Monday North wrote: here is our price list.
</blockquote>
"""


@tagged("post_install", "-at_install", "mail_flow")
class TestCaptureIncoming(CaptureCase):
    def test_answer_of_the_customer_is_recorded(self):
        sent = self._compose(self.contact, partner_ids=self.contact)

        self._receive("Mary <mary@mill.example>", ANSWER, answer_to=sent)
        interaction = self._interactions(direction="incoming")

        self.assertEqual(len(interaction), 1)
        self.assertEqual(interaction.partner_id, self.contact)
        self.assertEqual(interaction.channel, "email")
        self.assertEqual(interaction.certainty, "known")
        self.assertEqual(interaction.subject, "Re: Price list")
        self.assertEqual(interaction.preview, "Thank you, the price is fine.")
        self.assertEqual(interaction.address_normalized, "mary@mill.example")
        self.assertEqual(
            interaction.occurred_at, fields.Datetime.to_datetime("2026-03-09 09:15:00")
        )
        self.assertEqual(
            (interaction.res_model, interaction.res_id),
            ("res.partner", self.contact.id),
        )

    def test_answer_belongs_to_who_and_which_branch_was_answered(self):
        self.contact.message_subscribe(self.user_south.partner_id.ids)
        sent = self._compose(self.contact, partner_ids=self.contact)

        self._receive("mary@mill.example", answer_to=sent)
        interaction = self._interactions(direction="incoming")

        self.assertEqual(interaction.company_id, self.north)
        self.assertEqual(interaction.user_id, self.user_north)

    def test_same_letter_twice_is_one_contact(self):
        sent = self._compose(self.contact, partner_ids=self.contact)
        self._receive("mary@mill.example", answer_to=sent)

        type(self).letters -= 1
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self._receive("mary@mill.example", answer_to=sent)

        self.assertEqual(len(self._interactions(direction="incoming")), 1)

    def test_letter_that_customers_followers_get_too_is_no_contact_of_ours(self):
        second = self.contact.copy({"name": "Max", "email": "max@mill.example"})
        other = self.env["res.partner"].create(
            {"name": "Other", "email": "other@example.com"}
        )
        sent = self._compose(self.contact, partner_ids=self.contact)
        self.contact.message_subscribe((second + other).ids)

        self._receive("mary@mill.example", answer_to=sent)

        self.assertEqual(len(self._interactions(direction="outgoing")), 1)
        self.assertEqual(
            self._interactions(direction="incoming").partner_id, self.contact
        )

    def test_unknown_sender_on_a_customers_page_is_a_maybe(self):
        sent = self._compose(self.contact, partner_ids=self.contact)

        self._receive("Assistant <assistant@elsewhere.example>", answer_to=sent)
        interaction = self._interactions(direction="incoming")

        self.assertEqual(interaction.certainty, "maybe")
        self.assertEqual(interaction.partner_id, self.contact)
        self.assertEqual(interaction.candidate_ids, self.contact)
        self.assertEqual(interaction.address_normalized, "assistant@elsewhere.example")

    def test_letter_that_opens_a_new_document_is_recorded(self):
        self.env["mail.alias"].create(
            {
                "alias_name": "hello",
                "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
                "alias_contact": "everyone",
            }
        )

        self._receive("mary@mill.example", to=f"hello@{self.alias_domain}")

        self.assertEqual(
            self._interactions(direction="incoming").partner_id, self.contact
        )

    def test_unknown_sender_of_a_new_document_waits_for_a_customer(self):
        author_less = self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": "res.company",
                "res_id": self.north.id,
                "author_id": False,
                "email_from": "who@example.com",
            }
        )
        interaction = self._interactions(message_id=author_less.id)

        self.assertEqual(interaction.certainty, "maybe")
        self.assertFalse(interaction.candidate_ids - self.north.partner_id)
        self.assertEqual(interaction.address_normalized, "who@example.com")

    def test_message_of_the_customer_on_the_portal_is_recorded(self):
        partner = self.portal_user.partner_id

        partner.with_user(self.portal_user).sudo().message_post(
            body="When does it come?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=partner.id,
        )
        interaction = self._interactions()

        self.assertEqual(interaction.channel, "portal")
        self.assertEqual(interaction.direction, "incoming")
        self.assertEqual(interaction.partner_id, partner)
        self.assertEqual(interaction.preview, "When does it come?")

    def test_note_in_the_name_of_the_customer_is_no_contact(self):
        partner = self.portal_user.partner_id

        partner.message_post(
            body="Page viewed by the customer",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=partner.id,
        )

        self.assertFalse(self._interactions())

    def test_out_of_office_of_ours_is_no_contact(self):
        self.contact.with_user(self.user_north).message_post(
            body="I am away",
            message_type="out_of_office",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )

        self.assertFalse(self._interactions())

    def test_responsible_person_of_the_document_is_ours(self):
        self.contact.user_id = self.user_south
        parentless = self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": "res.partner",
                "res_id": self.contact.id,
                "author_id": self.contact.id,
                "body": "<p>Hello</p>",
            }
        )
        interaction = self._interactions(message_id=parentless.id)

        self.assertEqual(interaction.user_id, self.user_south)
        self.assertEqual(interaction.company_id, self.south)

    def test_letter_of_nothing_but_quotation_keeps_its_words(self):
        self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": "res.partner",
                "res_id": self.contact.id,
                "author_id": self.contact.id,
                "body": '<p data-o-mail-quote="1">All of it is quoted</p>',
            }
        )

        self.assertEqual(self._interactions().preview, "All of it is quoted")

    def test_letter_without_words_is_recorded(self):
        self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": "res.partner",
                "res_id": self.contact.id,
                "author_id": self.contact.id,
                "attachment_ids": [Command.create({"name": "a.txt", "raw": b"x"})],
            }
        )

        self.assertEqual(len(self._interactions()), 1)
        self.assertFalse(self._interactions().preview)

    def test_document_that_is_gone_does_not_stop_the_mail(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()

        self.env["mail.message"].create(
            {
                "message_type": "email",
                "model": "res.partner",
                "res_id": gone_id,
                "author_id": self.contact.id,
                "reply_to": "reply@meridian.example",
                "body": "Hello",
            }
        )

        self.assertFalse(self._interactions().res_id)
        self.assertEqual(self._interactions().partner_id, self.contact)

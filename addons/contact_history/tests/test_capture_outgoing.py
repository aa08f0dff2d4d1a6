from markupsafe import Markup

from odoo import Command, fields
from odoo.tests import tagged, users

from .common_mail import CaptureCase


@tagged("post_install", "-at_install", "mail_flow")
class TestCaptureOutgoing(CaptureCase):
    def test_mail_of_the_composer_is_recorded(self):
        message = self._compose(
            self.contact,
            partner_ids=self.contact,
            subject="Price list",
            body=Markup("<p>Dear Mary,</p><p>here it is.</p>"),
        )

        interaction = self._interactions()

        self.assertEqual(len(interaction), 1)
        self.assertEqual(interaction.partner_id, self.contact)
        self.assertEqual(interaction.commercial_partner_id, self.customer)
        self.assertEqual(interaction.channel, "email")
        self.assertEqual(interaction.direction, "outgoing")
        self.assertEqual(interaction.user_id, self.user_north)
        self.assertEqual(interaction.company_id, self.north)
        self.assertEqual(interaction.subject, "Price list")
        self.assertEqual(interaction.preview, "Dear Mary, here it is.")
        self.assertEqual(interaction.message_id, message)
        self.assertEqual(interaction.occurred_at, message.date)
        self.assertEqual(interaction.address_normalized, "mary@mill.example")
        self.assertEqual(
            (interaction.res_model, interaction.res_id),
            ("res.partner", self.contact.id),
        )
        self.assertEqual(
            interaction.external_id, f"{message.id}-outgoing-{self.customer.id}"
        )

    def test_mail_reaches_the_timeline_with_its_files(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.user_north)
            .create(
                {"name": "prices.pdf", "raw": b"%PDF", "mimetype": "application/pdf"}
            )
        )
        self.contact.with_user(self.user_north).message_post(
            body="See the file",
            subject="Prices",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
            attachment_ids=file.ids,
        )

        (entry,) = self._entries()

        self.assertEqual(entry["subject"], "Prices")
        self.assertEqual(
            [item["name"] for item in entry["attachments"]], ["prices.pdf"]
        )

    def test_several_people_of_one_customer_are_one_contact(self):
        second = self.contact.copy({"name": "Max", "email": "max@mill.example"})
        other = self.env["res.partner"].create(
            {"name": "Other", "email": "other@example.com"}
        )

        self._compose(self.contact, partner_ids=self.contact + second + other)

        self.assertEqual(len(self._interactions()), 2)
        self.assertEqual(
            self._interactions().commercial_partner_id, self.customer + other
        )

    def test_colleagues_who_get_the_mail_are_no_contact(self):
        self.contact.message_subscribe(self.colleague_north.partner_id.ids)

        self._compose(self.contact, partner_ids=self.contact)

        self.assertEqual(self._interactions().partner_id, self.contact)

    def test_internal_talk_is_not_recorded(self):
        self.contact.message_subscribe(
            (self.contact + self.colleague_north.partner_id).ids
        )
        post = self.contact.with_user(self.user_north).message_post

        post(body="A note", subtype_xmlid="mail.mt_note")
        post(
            body="A note that names the customer",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.contact.ids,
        )
        post(
            body="For a colleague",
            message_type="comment",
            partner_ids=self.colleague_north.partner_id.ids,
        )

        self.assertFalse(self._interactions())

    def test_system_noise_is_not_recorded(self):
        self.contact.message_subscribe(self.contact.ids)
        contact = self.contact.with_user(self.user_north)

        contact._message_log(body="Stage changed")
        contact.message_post(body="Tracked", message_type="notification")
        contact.message_post(
            body="Ticket received",
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        contact.message_notify(
            body="You have been assigned", partner_ids=self.contact.ids
        )
        contact.phone = "+48 22 123 45 67"

        self.assertFalse(self._interactions())

    def test_talk_in_a_channel_is_not_recorded(self):
        channel = self.env["discuss.channel"].create({"name": "General"})
        channel.add_members(self.contact.ids)

        channel.message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.contact.id,
        )

        self.assertFalse(self._interactions())

    def test_sending_the_notification_again_adds_no_double(self):
        message = self._compose(self.contact, partner_ids=self.contact)
        values = {"mail_message_id": message.id, "notification_type": "email"}

        message.notification_ids.unlink()
        self.env["mail.notification"].create(
            {**values, "res_partner_id": self.contact.id}
        )

        self.assertEqual(len(self._interactions()), 1)

    def test_template_sent_without_chatter_is_recorded(self):
        template = self.env["mail.template"].create(
            {
                "name": "Greeting",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "Season's greetings",
                "body_html": "<p>All the best</p>",
                "partner_to": "{{ object.id }}",
                "auto_delete": True,
            }
        )

        with self.mock_mail_gateway(mail_unlink_sent=True):
            template.with_user(self.user_north).send_mail(
                self.contact.id, force_send=True
            )
        interaction = self._interactions()

        self.assertEqual(len(interaction), 1)
        self.assertEqual(interaction.subject, "Season's greetings")
        self.assertEqual(interaction.preview, "All the best")
        self.assertEqual(interaction.user_id, self.user_north)
        # The mail is gone, what is known of it stays.
        self.assertFalse(interaction.message_id.exists())
        self.assertEqual(self._entries()[0]["subject"], "Season's greetings")

    def test_mass_mail_is_one_contact_for_each_customer(self):
        other = self.env["res.partner"].create(
            {"name": "Other", "email": "other@example.com"}
        )
        blocked = self.env["res.partner"].create(
            {"name": "Blocked", "email": "blocked@example.com"}
        )
        self.env["mail.blacklist"]._add("blocked@example.com")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.user_north)
            .create(
                {
                    "model": "res.partner",
                    "res_ids": (self.contact + other + blocked).ids,
                    "composition_mode": "mass_mail",
                    "subject": "News",
                    "body": "<p>News of the season</p>",
                    "auto_delete": False,
                }
            )
        )

        with self.mock_mail_gateway():
            composer._action_send_mail()

        self.assertEqual(
            set(self._interactions().mapped("partner_id")) - {blocked},
            {self.contact, other},
        )
        self.assertNotIn(blocked, self._interactions().partner_id)
        self.assertEqual(len(self._interactions()), 2)

    @users("north_contact_history")
    def test_mail_to_a_bare_address_finds_the_customer(self):
        mails = self.env["mail.mail"].sudo()
        author = self.env.user.partner_id.id

        mails.create(
            {
                "subject": "Hello",
                "body_html": "<p>Dear Mary</p>",
                "email_to": "Mary <MARY@mill.example>, nobody@example.com",
                "author_id": author,
            }
        )
        mails.create({"email_to": self.colleague_north.email, "author_id": author})

        self.assertEqual(self._interactions().partner_id, self.contact)
        self.assertEqual(self._interactions().preview, "Dear Mary")
        self.assertEqual(self._interactions().certainty, "known")

    def test_bare_address_of_several_customers_stays_open(self):
        twin = self.env["res.partner"].create(
            {"name": "Twin", "email": "mary@mill.example"}
        )

        self.env["mail.mail"].create(
            {
                "email_to": "mary@mill.example",
                "author_id": self.user_north.partner_id.id,
            }
        )
        interaction = self._interactions()

        self.assertEqual(interaction.certainty, "maybe")
        self.assertEqual(interaction.candidate_ids, self.contact + twin)

    def test_mail_of_a_robot_has_no_person(self):
        self.env["mail.mail"].create(
            {
                "recipient_ids": [Command.set(self.contact.ids)],
                "author_id": self.env.ref("base.partner_root").id,
                "subject": "Reminder",
            }
        )

        self.assertFalse(self._interactions().user_id)

    def test_mail_that_was_cancelled_is_no_contact(self):
        self.env["mail.mail"].create(
            {
                "recipient_ids": [Command.set(self.contact.ids)],
                "author_id": self.user_north.partner_id.id,
                "state": "cancel",
            }
        )

        self.assertFalse(self._interactions())

    def test_document_of_a_branch_decides_the_branch(self):
        self.contact.company_id = self.south
        self.user_north.company_ids = [Command.link(self.south.id)]

        self._compose(self.contact, partner_ids=self.contact)

        self.assertEqual(self._interactions().company_id, self.south)

    def test_text_message_is_recorded(self):
        if not hasattr(self.env["res.partner"], "_message_sms"):
            self.skipTest("needs the sms app")
        self.contact.phone = "+48 22 123 45 67"

        self.contact.with_user(self.user_north)._message_sms("See you at ten")
        interaction = self._interactions()

        self.assertEqual(interaction.channel, "sms")
        self.assertEqual(interaction.direction, "outgoing")
        self.assertEqual(interaction.partner_id, self.contact)
        self.assertEqual(interaction.preview, "See you at ten")
        self.assertEqual(interaction.address_normalized, "+48221234567")

    def test_answer_of_a_colleague_by_mail_is_outgoing(self):
        message = self._compose(self.contact, partner_ids=self.contact)
        self.contact.message_subscribe(self.contact.ids)

        self._receive(self.user_north.email, "<p>One thing more</p>", answer_to=message)

        self.assertEqual(
            self._interactions().mapped("direction"), ["outgoing", "outgoing"]
        )
        self.assertEqual(self._interactions()[1].preview, "One thing more")

    def test_time_of_the_message_counts_not_of_the_recording(self):
        moment = fields.Datetime.to_datetime("2026-02-03 08:30:00")

        self.env["mail.mail"].create(
            {
                "recipient_ids": [Command.set(self.contact.ids)],
                "author_id": self.user_north.partner_id.id,
                "date": moment,
            }
        )

        self.assertEqual(self._interactions().occurred_at, moment)
        self.assertGreater(self._interactions().recorded_at, moment)

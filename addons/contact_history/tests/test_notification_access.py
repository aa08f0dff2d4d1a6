from odoo.tests import tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestNotificationAccess(ContactHistoryCase):
    """Odoo's list of notifications tells nobody whom another branch writes to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.env["res.partner"].create(
            {
                "name": "Secret Customer",
                "email": "secret@secret.example",
                "company_id": cls.south.id,
            }
        )
        message = cls._write_from_south(
            cls.secret,
            cls.secret | cls.user_north.partner_id,
            body="SECRET body",
            subject="SECRET subject",
        )
        cls.notifications = message.notification_ids
        cls.env.flush_all()

    @classmethod
    def _write_from_south(cls, customer, receivers, **values):
        """Return the message that the other branch writes on a customer, sudo."""
        customer_sudo = customer.with_user(cls.user_south).sudo()
        return customer_sudo.message_post(
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=receivers.ids,
            **values,
        )

    def _seen_by(self, user):
        notifications = self.env["mail.notification"].with_user(user)
        self.env.invalidate_all()
        return notifications.search([("id", "in", self.notifications.ids)])

    def test_another_branch_sees_its_own_notification_only(self):
        self.assertEqual(len(self.notifications), 2)

        seen = self._seen_by(self.user_north)

        self.assertEqual(seen.res_partner_id, self.user_north.partner_id)
        self.assertFalse(self._seen_by(self.colleague_north))

    def test_what_belongs_to_no_company_is_its_writers_and_receivers(self):
        # as Odoo logs text messages
        writer = self.user_south.partner_id
        message = self.secret._message_log_batch(
            {self.secret.id: "SECRET text"}, author_id=writer.id
        )
        self.assertFalse(message.record_company_id)
        sent = {"mail_message_id": message.id, "notification_type": "email"}
        self.notifications = self.env["mail.notification"].create(
            {**sent, "res_partner_id": self.secret.id, "author_id": writer.id}
        )

        self.assertFalse(self._seen_by(self.colleague_north))
        self.assertEqual(self._seen_by(self.user_south), self.notifications)

    def test_names_subjects_and_groups_stay_closed(self):
        model = self.env["mail.notification"].with_user(self.colleague_north)
        of_these = [("id", "in", self.notifications.ids)]

        self.assertFalse(
            model.search_count([*of_these, ("mail_message_id.subject", "like", "S")])
        )
        answers = (
            model.formatted_read_group(of_these, ["res_partner_id"], ["__count"]),
            model.name_search("Secret Customer"),
            model.search_read(of_these, ["res_partner_id", "mail_message_id"]),
        )
        self.assertNotIn("secret", str(answers).lower())

    def test_the_own_branch_and_administrators_see_them(self):
        self.assertEqual(self._seen_by(self.user_south), self.notifications)
        administrator = self.env.ref("base.user_admin")
        self.assertEqual(self._seen_by(administrator), self.notifications)

    def test_every_reader_still_sees_the_chatter_of_a_shared_customer(self):
        message = self._write_from_south(self.customer, self.contact, body="to all")
        self.env.invalidate_all()
        read = (
            message.sudo(False)
            .with_user(self.user_north)
            .read(["body", "notified_partner_ids"])
        )

        self.assertIn("to all", read[0]["body"])
        self.assertEqual(read[0]["notified_partner_ids"], self.contact.ids)

from unittest.mock import patch

from psycopg2.errors import ReadOnlySqlTransaction

from odoo.tests import tagged

from .common_mail import CaptureCase


@tagged("post_install", "-at_install", "mail_flow")
class TestHistoryQueuePartner(CaptureCase):
    """Customers that are deleted while messages wait."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["contact.history.queue"]
        cls.queue.search([]).unlink()
        cls.leaver = cls.env["res.partner"].create(
            {"name": "Leaver", "email": "leaver@example.com"}
        )

    def _post(self, customer, subject):
        return self._compose(customer, subject=subject, partner_ids=customer)

    def _recorded(self):
        """Return the subjects recorded, by SQL: searching would record them."""
        self.env.flush_all()
        self.cr.execute(
            "SELECT subject FROM contact_interaction WHERE subject LIKE 'Queue:%' "
            "ORDER BY subject"
        )
        return [subject for (subject,) in self.cr.fetchall()]

    def test_reader_who_may_not_write_is_sent_to_who_may(self):
        self._post(self.contact, "Queue: stays")
        self._committed()

        with (
            patch.object(type(self.env.cr), "readonly", True),
            self.assertRaises(ReadOnlySqlTransaction),
        ):
            self._page()

        self._page()
        self.assertEqual(self._recorded(), ["Queue: stays"])

    def test_only_what_is_about_the_deleted_customer_is_recorded(self):
        self._post(self.contact, "Queue: stays")
        self._post(self.leaver, "Queue: leaves")
        self._committed()

        self.leaver.unlink()

        self.assertEqual(self._recorded(), ["Queue: leaves"])
        self.assertEqual(len(self.queue.search([])), 1)

    def test_what_the_deleted_customer_wrote_is_recorded_too(self):
        question = self._post(self.contact, "Queue: question")
        self._committed()
        self.queue.search([])._work()
        self.contact.message_post(
            body="And for me?",
            subject="Queue: answer",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.leaver.id,
            parent_id=question.id,
        )
        self._committed()

        self.leaver.unlink()

        self.assertIn("Queue: answer", self._recorded())

    def test_on_a_document_of_the_deleted_customer_is_recorded_too(self):
        document = self.env["res.partner"].create({"name": "Person of the leaver"})
        message = self._post(document, "Queue: person")
        self._committed()

        about = self.queue._documents_of(document, message)

        self.assertEqual(about, {"res.partner": document.ids})

    def test_deleting_while_nothing_waits_asks_once(self):
        self.queue._catch_up_own()
        with self.assertQueryCount(1):
            self.queue._finish_of(self.leaver)

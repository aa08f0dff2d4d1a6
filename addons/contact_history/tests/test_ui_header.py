from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common_mail import CaptureCase

QUEUE = "odoo.addons.contact_history.models.contact_history_queue"


@tagged("post_install", "-at_install", "mail_flow")
class TestHeaderTour(HttpCase, CaptureCase):
    """Turning to a customer from the page, as a salesperson, in a real browser."""

    def _start(self, tour):
        self.start_tour(
            f"/odoo/contacts/{self.contact.id}", tour, login=self.user_north.login
        )

    def _of_user(self, subject):
        return self.env["contact.interaction"].search(
            [("subject", "=", subject), ("user_id", "=", self.user_north.id)]
        )

    def test_salesperson_writes_from_the_header(self):
        self.contact.phone = "+48 22 123 45 67"
        self.env["contact.consent"].create(
            {
                "partner_id": self.contact.id,
                "company_id": self.north.id,
                "channel": "call",
                "decision": "refused",
            }
        )

        with self.mock_mail_gateway():
            self._start("contact_history_write_to_customer")

        sent = self._of_user("Written from the header")
        self.assertEqual(sent.partner_id, self.contact)
        self.assertEqual((sent.channel, sent.direction), ("email", "outgoing"))

    def test_reader_is_told_while_much_is_waiting(self):
        self._log(subject="Own subject", user_id=self.user_north.id)
        self._compose(self.contact, subject="Late", partner_ids=self.contact)
        self._committed()

        # As if hundreds of mails had been sent at once.
        with patch(f"{QUEUE}.FEW", 0):
            self._start("contact_history_still_recording")

        self.assertTrue(self.env["contact.history.queue"].search([]))

    def test_two_keys_log_a_contact(self):
        self._start("contact_history_two_keys")

        logged = self._of_user(False)
        self.assertEqual(len(logged), 1)
        self.assertEqual(logged.partner_id, self.contact)
        self.assertEqual(logged.channel, "call")

import importlib.util
import socket
import tempfile
from email import message_from_bytes, policy
from pathlib import Path
from unittest.mock import patch

from aiosmtpd.controller import Controller

from odoo.tests import tagged

from .common_mail import CaptureCase

CATCHER = Path(__file__).parents[3] / "tools" / "devkit" / "mail_catcher.py"
LETTERS = Path(__file__).parent / "letters"


def _catcher(folder):
    """Return the project's own mail server, which delivers into files."""
    spec = importlib.util.spec_from_file_location("mail_catcher", CATCHER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with socket.socket() as free:
        free.bind((module.HOST, 0))
        port = free.getsockname()[1]
    return Controller(module.Catcher(folder), hostname=module.HOST, port=port)


@tagged("post_install", "-at_install", "mail_flow")
class TestCaptureSmtp(CaptureCase):
    """Mails over a real SMTP connection, and answers as mail programs write them."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.caught = Path(folder.name)
        server = _catcher(self.caught)
        server.start()
        self.addCleanup(server.stop)
        servers = self.env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {"name": "Catcher", "smtp_host": server.hostname, "smtp_port": server.port}
        )
        self.startPatcher(
            patch.object(
                self.env.registry["ir.mail_server"],
                "_disable_send",
                lambda _self: False,
            )
        )

    def _send(self):
        """Send the price list from the composer, and return what arrived."""
        self.env["mail.compose.message"].with_user(self.user_north).create(
            {
                "model": "res.partner",
                "res_ids": self.contact.ids,
                "composition_mode": "comment",
                "subject": "Price list",
                "body": "<p>Here is our price list</p>",
                "partner_ids": self.contact.ids,
            }
        )._action_send_mail()
        (file,) = self.caught.glob("*Price-list*.eml")
        return message_from_bytes(file.read_bytes(), policy=policy.default)

    def _receive_file(self, name, arrived, to=None):
        """Let the gateway take in what a mail program makes of the mail."""
        letter = (LETTERS / f"{name}.eml").read_bytes()
        to = to or arrived["Reply-To"] or arrived["From"]
        address = (
            to if isinstance(to, str) and "<" not in to else to.addresses[0].addr_spec
        )
        letter = letter.replace(b"@TO@", address.encode())
        letter = letter.replace(b"@MESSAGE@", arrived["Message-Id"].encode())
        self.env["mail.thread"].message_process("res.partner", letter)
        return self._interactions(direction="incoming")

    def test_mail_that_left_over_smtp_is_recorded(self):
        arrived = self._send()
        row = self._interactions()

        self.assertEqual(arrived["X-Envelope-To"], "mary@mill.example")
        self.assertIn("Here is our price list", arrived.get_body().get_content())
        self.assertEqual((row.partner_id, row.state), (self.contact, "done"))
        self.assertEqual(row.message_id.message_id, arrived["Message-Id"])

    def test_answer_of_outlook_is_recorded(self):
        row = self._receive_file("outlook_reply", self._send())

        self.assertEqual(row.partner_id, self.contact)
        self.assertEqual(row.subject, "ODP: Cennik drzwi dębowych")
        self.assertEqual(row.preview, "Proszę o dostawę w środę.")
        self.assertEqual(row.message_id.attachment_ids.mapped("name"), ["plan.pdf"])
        self.assertEqual(str(row.occurred_at), "2026-03-10 07:41:10")
        self.assertEqual(row.response_role, "asks")

    def test_answer_of_gmail_is_recorded_without_what_it_quotes(self):
        row = self._receive_file("gmail_reply", self._send())

        self.assertEqual(row.preview, "Μπορεί να σταλεί;")
        self.assertEqual(row.user_id, self.user_north)

    def test_out_of_office_starts_no_clock(self):
        row = self._receive_file("out_of_office", self._send())

        self.assertTrue(row.is_automatic)
        self.assertEqual(row.response_role, "neither")

    def test_mail_that_came_back_has_reached_nobody(self):
        arrived = self._send()
        row = self._interactions()

        found = self._receive_file(
            "delivery_failure",
            arrived,
            to=f"{self.alias_bounce}@{self.alias_domain}",
        )

        self.assertFalse(found)
        self.assertEqual(row.state, "failed")
        self.assertEqual(row.response_role, "neither")

from odoo.tests import tagged

from .common_mail import CaptureCase

LETTER = """\
From: mary@mill.example
To: {to}
Subject: {subject}
Date: Mon, 09 Mar 2026 10:15:00 +0100
Message-Id: <{number}.automatic@customer.example>
{header}MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

I am away until Monday.
"""


@tagged("post_install", "-at_install")
class TestCaptureAutomatic(CaptureCase):
    """Real letters of robots: they are kept, and nobody waits for an answer."""

    def _process(self, number, header="", subject="Re: Price list"):
        letter = LETTER.format(
            to="sales@meridian.example",
            subject=subject,
            number=number,
            header=header,
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(
                "res.partner", letter, thread_id=self.contact.id
            )
        return self._interactions()[-1:]

    def test_letter_of_a_robot_starts_no_clock(self):
        cases = {
            "header": {"header": "Auto-Submitted: auto-replied\n"},
            "old header": {"header": "X-Autoreply: yes\n"},
            "subject": {"subject": "Automatic reply: Price list"},
        }
        for number, (name, values) in enumerate(cases.items()):
            interaction = self._process(number, **values)
            with self.subTest(name):
                self.assertTrue(interaction.is_automatic)
                self.assertEqual(interaction.response_role, "neither")
        self.assertEqual(len(self._interactions()), len(cases))
        waiting = [("commercial_partner_id", "=", self.customer.id)]
        self.assertFalse(self.env["contact.response"].search_count(waiting))

    def test_letter_of_a_human_starts_the_clock(self):
        interaction = self._process(9)

        self.assertFalse(interaction.is_automatic)
        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertTrue(interaction)
        self.assertEqual(turn.interaction_id, interaction)

from odoo import Command
from odoo.tests import Form, new_test_user

from odoo.addons.mail.tests.common import MailCommon

from .common import ContactHistoryCase

INCOMING = """\
Return-Path: <{sender}>
To: {to}
From: {sender}
Subject: {subject}
Date: Mon, 09 Mar 2026 10:15:00 +0100
Message-Id: <{number}.contact-history@customer.example>
{headers}MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"

{body}
"""


class CaptureCase(MailCommon, ContactHistoryCase):
    """Real mail flows: the composer on the one side, RFC 822 text on the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_north.email = "north@meridian.example"
        cls.user_north.group_ids = [
            Command.link(cls.env.ref("base.group_partner_manager").id)
        ]
        cls.portal_user = new_test_user(
            cls.env,
            login="portal_contact_history",
            groups="base.group_portal",
            email="portal@mill.example",
            name="Paula Portal",
        )
        cls.portal_user.partner_id.parent_id = cls.customer
        cls.letters = 0

    def _committed(self):
        """Let everything noted so far look like another transaction's commit.

        :return: what waits in the queue
        """
        self.cr.flush()
        self.cr.cache.pop("contact_history.own_rows", None)
        return self.env["contact.history.queue"].search([])

    def _interactions(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["contact.interaction"].search(
            [("origin", "=", "mail.message"), *domain], order="id"
        )

    def _compose(self, records, user=None, **values):
        """Send an e-mail through the composer, as the user does."""
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(user or self.user_north)
            .with_context(
                default_model=records._name,
                default_res_ids=records.ids,
                default_composition_mode="comment",
                # What an open form leaves in the context is nobody's business.
                default_partner_id=self.env.company.partner_id.id,
                default_channel="letter",
                **values.pop("context", {}),
            )
        )
        for name, value in values.items():
            if name == "partner_ids":
                for partner in value:
                    composer.partner_ids.add(partner)
            else:
                setattr(composer, name, value)
        with self.mock_mail_gateway():
            composer.save()._action_send_mail()
        return records.message_ids[:1]

    def _receive(self, sender, body="<p>Hello</p>", answer_to=None, **values):
        """Let the gateway process a letter."""
        type(self).letters += 1
        headers = ""
        if answer_to:
            headers = f"In-Reply-To: {answer_to.message_id}\n"
            headers += f"References: {answer_to.message_id}\n"
        letter = INCOMING.format(
            sender=sender,
            to=values.pop("to", f"{self.alias_catchall}@{self.alias_domain}"),
            subject=values.pop("subject", "Re: Price list"),
            number=self.letters,
            headers=headers,
            body=body,
        )
        with self.mock_mail_gateway():
            return self.env["mail.thread"].message_process(
                values.pop("model", "res.partner"), letter, **values
            )

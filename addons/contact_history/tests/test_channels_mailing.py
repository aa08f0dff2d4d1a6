from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .common_mail import CaptureCase


@tagged("post_install", "-at_install", "-standard", "contact_history_channels")
class TestChannelsMailing(CaptureCase):
    """Mass mailings, by e-mail and by text message."""

    def _mailing(self, **values):
        return self.env["mailing.mailing"].create(
            {
                "name": "Spring",
                "subject": "Spring",
                "user_id": self.user_north.id,
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": [("id", "in", self.contact.ids)],
                "body_html": "<p>New doors</p>",
                "email_from": self.user_north.email_formatted,
                **values,
            }
        )

    def _rows(self):
        return self.env["contact.interaction"].search(
            [("partner_id", "=", self.contact.id)], order="id"
        )

    def _read_past(self):
        feed = self.env["contact.history.feed.mailing"]
        return feed._take(feed._records_sudo().search(feed._domain_past()))

    def _send(self, mailing):
        with self.mock_mail_gateway(mail_unlink_sent=True):
            mailing.with_user(self.env.ref("base.user_admin")).action_send_mail()

    def test_mass_mail_is_a_contact_once(self):
        self._send(self._mailing())
        rows = self._rows()

        self.assertEqual(len(rows), 1)
        self.assertEqual((rows.channel, rows.direction), ("email", "outgoing"))
        self.assertEqual(rows.subject, "Spring")
        self._read_past()
        self.assertEqual(self._rows(), rows)

    def test_mass_mail_from_before_is_found_by_its_trace(self):
        mailing = self._mailing()
        self._send(mailing)
        self._rows().unlink()
        installed = self.env["contact.history.backfill"]._installed_at()
        before = installed.replace(microsecond=0)
        mailing.mailing_trace_ids.sent_datetime = before - timedelta(days=3)

        self._read_past()
        self._read_past()

        row = self._rows()
        self.assertEqual(len(row), 1)
        self.assertEqual(row.occurred_at, before - timedelta(days=3))
        self.assertEqual((row.user_id, row.subject), (self.user_north, "Spring"))

    def test_mass_mail_to_a_list_finds_the_customer_by_address(self):
        mail_list = self.env["mailing.list"].create({"name": "News"})
        self.env["mailing.contact"].create(
            [
                {"email": email, "list_ids": [Command.set(mail_list.ids)]}
                for email in ("mary@mill.example", "nobody@nowhere.example")
            ]
        )
        self._send(
            self._mailing(
                mailing_model_id=self.env["ir.model"]._get_id("mailing.list"),
                contact_list_ids=[Command.set(mail_list.ids)],
                mailing_domain=[],
            )
        )

        self.assertEqual(len(self._rows()), 1)
        self.assertEqual(len(self._interactions()), 1)

    def _trace(self, mailing, **values):
        return self.env["mailing.trace"].create(
            {
                "mass_mailing_id": mailing.id,
                "trace_type": "sms",
                "trace_status": "sent",
                "sms_number": "+48221234567",
                "model": "res.partner",
                "res_id": self.contact.id,
                **values,
            }
        )

    def test_text_message_of_a_mailing_is_followed_when_it_left_no_message(self):
        self.contact.phone = "+48 22 123 45 67"
        sms = {"mailing_type": "sms", "body_plaintext": "Doors", "keep_archives": False}
        without, with_message = (
            self._mailing(**sms),
            self._mailing(**{**sms, "keep_archives": True}),
        )
        self._trace(without)
        self._trace(without, trace_status="error")
        self._trace(with_message)
        self.env.flush_all()

        follower = self.env["contact.history.follower"]
        follower._follow(self.env["contact.history.feed.mailing"])
        follower._follow(self.env["contact.history.feed.mailing"])

        row = self._rows()
        self.assertEqual(len(row), 1)
        self.assertEqual((row.channel, row.preview), ("sms", "Doors"))

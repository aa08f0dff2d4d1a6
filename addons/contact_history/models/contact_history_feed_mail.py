from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..response import is_automatic

# Notices of these states have not left the house.
NOT_DELIVERED = ("bounce", "exception", "canceled")
NOT_SENT = ("cancel", "exception")


class ContactHistoryFeedDelivery(models.AbstractModel):
    """E-mails that went to customers because of a message."""

    _name = "contact.history.feed.delivery"
    _inherit = "contact.history.feed"
    _description = "Contact history: delivered messages"

    _feed_code = "delivery"
    _feed_sequence = 10
    _feed_model = "mail.notification"

    def _feed_name(self):
        return self.env._("E-mails sent from documents")

    def _domain_past(self):
        to_outside = Domain("res_partner_id", "=", False) | Domain(
            "res_partner_id.partner_share", "=", True
        )
        return (
            Domain("notification_type", "=", "email")
            & Domain("notification_status", "not in", NOT_DELIVERED)
            & Domain("mail_message_id.message_type", "in", ("comment", "email"))
            & to_outside
        )

    def _take(self, records):
        return self.env["contact.history.capture"]._capture_notifications(records)


class ContactHistoryFeedLetter(models.AbstractModel):
    """E-mails sent without a message on a document's page, as far as they are kept."""

    _name = "contact.history.feed.letter"
    _inherit = "contact.history.feed"
    _description = "Contact history: e-mails on their own"

    _feed_code = "letter"
    _feed_sequence = 20
    _feed_model = "mail.mail"

    def _feed_name(self):
        return self.env._("E-mails sent on their own")

    def _domain_past(self):
        return Domain("state", "not in", NOT_SENT) & Domain(
            "mail_message_id.notification_ids", "=", False
        )

    def _take(self, records):
        return self.env["contact.history.capture"]._capture_mails(records)


class ContactHistoryFeedMessage(models.AbstractModel):
    """What customers wrote, text messages to them, and activities that were done."""

    _name = "contact.history.feed.message"
    _inherit = "contact.history.feed"
    _description = "Contact history: messages"

    _feed_code = "message"
    _feed_sequence = 30
    _feed_model = "mail.message"

    def _feed_name(self):
        return self.env._("E-mails received, portal and text messages, activities")

    def _domain_past(self):
        not_ours = Domain("author_id", "=", False) | Domain(
            "author_id.partner_share", "=", True
        )
        by_customer = Domain("message_type", "in", ("comment", "email")) & not_ours
        messages = self.env[self._feed_model]
        return (
            Domain("model", "!=", False)
            & Domain("model", "not in", sorted(messages._contact_history_not_on()))
            & (
                by_customer
                | Domain("message_type", "=", "sms")
                | Domain("mail_activity_type_id.contact_history_channel", "!=", False)
            )
        )

    def _take(self, records):
        """Capture messages; of old letters only the subject tells a robot."""
        robots = records.filtered(lambda message: is_automatic({}, message.subject))
        capture = self.env["contact.history.capture"]
        by_robots = capture.with_context(contact_history_automatic=True)
        return capture._capture_messages(
            records - robots
        ) | by_robots._capture_messages(robots)


class ContactHistoryFeedWaiting(models.AbstractModel):
    """Old questions without an answer in Odoo: nobody waits for one any more."""

    _name = "contact.history.feed.waiting"
    _inherit = "contact.history.feed"
    _description = "Contact history: questions from before"

    _feed_code = "waiting"
    _feed_sequence = 900
    _feed_model = "contact.response"

    def _feed_name(self):
        return self.env._("Old questions that nobody waits for any more")

    def _is_ready(self):
        """Wait until every contact that was read has been paired."""
        # sudo: see contact.history.feed.
        due_sudo = self.env["contact.interaction"].sudo()
        return not due_sudo.search_count([("is_pairing_due", "=", True)], limit=1)

    def _domain_past(self):
        return Domain("answered_at", "=", False) & Domain(
            "started_at", "<", self._too_old()
        )

    def _too_old(self):
        """Return before when a question is history: a week before the addon came."""
        return self.env["contact.history.backfill"]._installed_at() - timedelta(days=7)

    def _take(self, records):
        limit, pairing = self._too_old(), self.env["contact.response.pairing"]
        old = self.env["contact.interaction"].union(
            *(pairing._questions(turn) for turn in records)
        )
        old.filtered(lambda row: row.occurred_at < limit).action_needs_no_answer()
        return self.env["contact.interaction"].sudo()

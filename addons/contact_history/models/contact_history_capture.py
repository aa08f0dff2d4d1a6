from typing import NamedTuple

from odoo import api, models
from odoo.tools import clean_context
from odoo.tools.mail import email_normalize_all

NOT_SENT = ("cancel", "exception")


class Contact(NamedTuple):
    """One message reaching, or coming from, one customer."""

    message: models.Model
    direction: str
    channel: str
    partner: models.Model
    address: str | bool
    candidates: models.Model | None = None


class Delivery(NamedTuple):
    """What goes out because of one message: to partners, and to bare addresses."""

    message: models.Model
    partners: models.Model
    emails: list[str]


class ContactHistoryCapture(models.AbstractModel):
    """Turns messages into contacts, so that nobody has to remember to.

    Runs in superuser mode: whoever sends or receives a message (a portal user, the mail
    gateway) has no rights on the log. Messages of documents are noted in their own
    transaction and looked at after its commit, see ``contact.history.queue``.
    A new channel prepares ``Contact`` tuples and hands them to
    ``contact.history.recorder``.
    """

    _name = "contact.history.capture"
    _description = "Contact history: capture"

    # ------------------------------------------------------------------
    # Entry points, one for each way a message can take
    # ------------------------------------------------------------------

    @api.model
    def _note_messages(self, messages):
        """Have messages looked at after the commit; what people log, at once."""
        logged = messages.filtered("mail_activity_type_id")
        if logged:
            self._capture_messages(logged)
        self.env["contact.history.queue"]._note(
            "message", [(number, number) for number in (messages - logged).ids]
        )

    @api.model
    def _note_notifications(self, notifications):
        """Have e-mails to customers looked at after the commit."""
        self.env["contact.history.queue"]._note(
            "delivery",
            [
                (notification_sudo.id, notification_sudo.mail_message_id.id)
                for notification_sudo in self._safe(notifications)
                if self._is_outgoing(notification_sudo.mail_message_id)
            ],
        )

    @api.model
    def _capture_messages(self, messages):
        """Record what customers wrote, and text messages sent to them."""
        contacts = []
        for message_sudo in self._safe(messages):
            if message_sudo.mail_activity_type_id:
                contacts += self._find_activity(message_sudo)
            elif message_sudo.message_type == "sms":
                contacts += self._find_sms(message_sudo)
            elif self._is_incoming(message_sudo):
                contacts.append(self._find_incoming(message_sudo))
        return self.env["contact.history.recorder"]._record(contacts)

    @api.model
    def _capture_notifications(self, notifications):
        """Record e-mails that go to customers because of a message."""
        deliveries = [
            Delivery(
                notification_sudo.mail_message_id,
                notification_sudo.res_partner_id,
                email_normalize_all(notification_sudo.mail_email_address or ""),
            )
            for notification_sudo in self._safe(notifications)
            if self._is_outgoing(notification_sudo.mail_message_id)
        ]
        contacts = self._find_recipients(deliveries)
        return self.env["contact.history.recorder"]._record(contacts)

    @api.model
    def _capture_mails(self, mails):
        """Record e-mails sent without a message on a document's page.

        Templates, mass mailings and mails written by other code.
        """
        deliveries = [
            Delivery(
                mail_sudo.mail_message_id,
                mail_sudo.recipient_ids,
                email_normalize_all(mail_sudo.email_to or ""),
            )
            for mail_sudo in self._safe(mails)
            if mail_sudo.state not in NOT_SENT and self._is_ours(mail_sudo)
        ]
        contacts = self._find_recipients(deliveries)
        return self.env["contact.history.recorder"]._record(contacts)

    @api.model
    def _safe(self, records):
        """Return the records for reading what the acting user may not.

        Defaults in the context belong to whatever form is open, not to the log.
        """
        # sudo: see the class; only values for the log are taken from them.
        return records.sudo().with_context(clean_context(self.env.context))

    # ------------------------------------------------------------------
    # Who reached whom
    # ------------------------------------------------------------------

    def _is_ours(self, message_sudo):
        author = message_sudo.author_id
        return bool(author) and not author.partner_share

    def _is_incoming(self, message_sudo):
        if self._is_ours(message_sudo) or message_sudo.author_guest_id:
            return False
        if message_sudo.message_type == "email":
            return True
        is_note = message_sudo.is_internal or message_sudo.subtype_id.internal
        return bool(message_sudo.author_id) and not is_note

    def _is_outgoing(self, message_sudo):
        return (
            message_sudo.message_type in ("comment", "email")
            and not message_sudo.is_internal
            and not message_sudo.subtype_id.internal
            and message_sudo.model not in message_sudo._contact_history_not_on()
            and self._is_ours(message_sudo)
        )

    def _find_incoming(self, message_sudo):
        by_email = message_sudo.message_type == "email"
        partner, candidates = message_sudo.author_id, None
        if not partner:
            partner, candidates = self._find_writer(message_sudo)
        return Contact(
            message_sudo,
            "incoming",
            "email" if by_email else "portal",
            partner,
            message_sudo.email_from,
            candidates,
        )

    def _find_writer(self, message_sudo):
        """Return who wrote a message without an author, and who else it may have been.

        The address may belong to a record that another branch keeps, which the
        message does not name. Somebody unknown who writes on a customer's document is
        most likely one of the customer's people, but nobody has said so.
        """
        emails = email_normalize_all(message_sudo.email_from or "")[:1]
        known = self._find_partners_by_email(set(emails))
        if known:
            contact = self._behind_address(message_sudo, emails[0], known[emails[0]])
            return contact.partner, contact.candidates
        candidates = self._document_customers(message_sudo)
        return candidates[:1], candidates

    def _find_sms(self, message_sudo):
        recipients = message_sudo.partner_ids or self._document_customers(message_sudo)
        return [
            Contact(message_sudo, "outgoing", "sms", partner, partner.phone)
            for partner in recipients
            if partner.partner_share
        ]

    def _find_recipients(self, deliveries):
        """Return the contacts of what is delivered, with one look-up of addresses."""
        emails = {email for delivery in deliveries for email in delivery.emails}
        by_email = self._find_partners_by_email(emails)
        contacts = []
        for message_sudo, partners, addresses in deliveries:
            contacts += [
                Contact(message_sudo, "outgoing", "email", partner, partner.email)
                for partner in partners
                if partner.partner_share
            ]
            contacts += [
                self._behind_address(message_sudo, email, by_email[email])
                for email in addresses
                if email in by_email
            ]
        return contacts

    def _find_partners_by_email(self, emails):
        """Return {address: partners}, without the addresses of colleagues."""
        if not emails:
            return {}
        # sudo: see the class.
        found = (
            self.env["res.partner"]
            .sudo()
            .search([("email_normalized", "in", list(emails))])
        )
        return {
            email: partners
            for email, partners in found.grouped("email_normalized").items()
            if all(partners.mapped("partner_share"))
        }

    def _behind_address(self, message_sudo, email, partners):
        """Return the contact with whoever an address without a partner belongs to.

        The document's customer, if it is among them. Of several others nobody
        knows which.
        """
        on_document = partners & self._document_customers(message_sudo)
        is_clear = bool(on_document) or len(partners.commercial_partner_id) == 1
        return Contact(
            message_sudo,
            "outgoing",
            "email",
            (on_document or partners)[:1],
            email,
            None if is_clear else partners,
        )

    @api.model
    def _documents(self, messages_sudo):
        """Return {message id: the document it hangs on}, where there still is one."""
        known = messages_sudo.filtered(lambda message: message.model in self.env)
        by_model = {
            name: documents_sudo.exists()
            for name, documents_sudo in known._records_by_model_name().items()
        }
        return {
            message_sudo.id: document_sudo
            for message_sudo, document_sudo in known._record_by_message().items()
            if document_sudo in by_model[message_sudo.model]
        }

    def _document_customers(self, message_sudo):
        document_sudo = self._documents(message_sudo).get(message_sudo.id)
        if not document_sudo:
            return self.env["res.partner"].sudo()
        return document_sudo._mail_get_partners()[document_sudo.id].filtered(
            "partner_share"
        )

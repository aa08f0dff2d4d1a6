from lxml import etree, html

from odoo import api, models
from odoo.tools.mail import html_to_inner_content

from ..timeline import shorten

ORIGIN = "mail.message"


class ContactHistoryRecorder(models.AbstractModel):
    """Writes captured contacts into the log, each once."""

    _name = "contact.history.recorder"
    _description = "Contact history: recorder"

    @api.model
    def _record(self, contacts):
        """Record each contact once: one row for a message and a customer.

        :param list[Contact] contacts: may repeat what is recorded already.
        :return: the new contact.interaction records, in superuser mode.
        """
        # sudo: see contact.history.capture.
        capture = self.env["contact.history.capture"]
        log_sudo = capture._safe(self.env["contact.interaction"])
        by_key = {}
        for contact in contacts:
            by_key.setdefault(self._external_id(contact), contact)
        if not by_key:
            return log_sudo
        stored = log_sudo.search_fetch(
            [("origin", "=", ORIGIN), ("external_id", "in", list(by_key))],
            ["external_id"],
        )
        for external_id in stored.mapped("external_id"):
            del by_key[external_id]
        threads = self._find_threads(by_key.values())
        messages_sudo = log_sudo.env["mail.message"].union(
            *(contact.message for contact in by_key.values())
        )
        documents = capture._documents(messages_sudo)
        return log_sudo.create(
            [
                {
                    **self._prepare_interaction(
                        contact, documents.get(contact.message.id), threads
                    ),
                    "external_id": external_id,
                }
                for external_id, contact in by_key.items()
            ]
        )

    def _external_id(self, contact):
        customer = contact.partner.commercial_partner_id.id or 0
        return f"{contact.message.id}-{contact.direction}-{customer}"

    def _find_threads(self, contacts):
        """Return {message: the contact it recorded}, of the messages answered."""
        answered = [
            contact.message.parent_id.id
            for contact in contacts
            if contact.direction == "incoming" and contact.message.parent_id
        ]
        if not answered:
            return {}
        found = (
            self.env["contact.interaction"]
            .sudo()
            .search([("message_id", "in", answered)], order="id")
        )
        return {interaction.message_id.id: interaction for interaction in found}

    def _prepare_interaction(self, contact, document_sudo, threads):
        """Return the values of the row. Override to record more.

        :param contact: ``Contact``.
        :param document_sudo: record of any model the message hangs on, or None.
        :param dict threads: see ``_find_threads``.
        """
        message_sudo = contact.message
        answered = threads.get(message_sudo.parent_id.id)
        user = self._responsible(contact, document_sudo, answered)
        subject = message_sudo.subject or message_sudo.record_name
        return {
            "origin": ORIGIN,
            "message_id": message_sudo.id,
            "res_model": message_sudo.model if document_sudo else False,
            "res_id": document_sudo.id if document_sudo else False,
            "partner_id": contact.partner.id,
            "certainty": "maybe" if contact.candidates is not None else "known",
            "candidate_ids": contact.candidates.ids if contact.candidates else [],
            "address": contact.address,
            "channel": contact.channel,
            "direction": contact.direction,
            "state": "done",
            "occurred_at": message_sudo.date,
            "user_id": user.id,
            "company_id": self._branch(contact, document_sudo, answered, user).id,
            "subject": subject,
            "preview": self._preview(message_sudo),
            "is_automatic": contact.direction == "incoming"
            and bool(self.env.context.get("contact_history_automatic")),
        }

    def _responsible(self, contact, document_sudo, answered):
        """Return our person in this contact; nobody for what a robot sent."""
        users = self.env["res.users"].sudo()
        if contact.direction == "outgoing":
            found = contact.message.author_id.user_ids
        elif answered:
            found = answered.user_id
        elif document_sudo and "user_id" in document_sudo:
            found = document_sudo["user_id"]
        else:
            found = users
        if found._name != "res.users":
            return users
        return found.filtered(lambda user: user.active and not user.share)[:1]

    def _branch(self, contact, document_sudo, answered, user):
        """Return the branch that the contact belongs to.

        Customers are mostly shared by all branches, so the document often says
        nothing; and what comes in by e-mail is posted by a robot, whose own
        company says nothing either. Then the answered message, and the person
        who looks after the document, know better.
        """
        is_incoming = contact.direction == "incoming"
        document_company = (
            document_sudo and document_sudo._mail_get_companies()[document_sudo.id]
        )
        return (
            document_company
            or (answered and answered.company_id)
            or (is_incoming and user.company_id)
            or contact.message.record_company_id
            or user.company_id
            or self.env.company
        )

    def _preview(self, message_sudo):
        """Return the first words of what was newly written, without quotations."""
        body = message_sudo.body
        if not body and message_sudo.mail_ids:
            body = message_sudo.mail_ids[:1].body_html
        if not body:
            return False
        return shorten(html_to_inner_content(self._without_quotations(body)))

    def _without_quotations(self, body):
        """Drop what Odoo has marked as quoted text or signature."""
        tree = html.fragment_fromstring(str(body), create_parent="div")
        for quoted in tree.xpath(".//*[@data-o-mail-quote='1']"):
            quoted.drop_tree()
        rest = etree.tostring(tree, encoding="unicode", method="html")
        # A mail that is nothing but quotation is better shown than left empty.
        return rest if tree.text_content().strip() else body

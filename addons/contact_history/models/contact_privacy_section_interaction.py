from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from .contact_interaction import MANUAL


class ContactPrivacySectionInteraction(models.AbstractModel):
    """The contacts with the person, with what was written and said."""

    _name = "contact.privacy.section.interaction"
    _inherit = "contact.privacy.section"
    _description = "Personal data: contacts"

    _section_code = "contacts"
    _section_sequence = 20

    def _title(self):
        return self.env._("Contacts with you")

    def _about(self):
        return self.env._(
            "Calls, messages, letters and meetings: so that whoever answers you knows "
            "what was said before. Messages were sent to you or by you, and are given "
            "whole; other recipients are only counted. In notes of ours, other people "
            "are left out: […]."
        )

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("channel", self.env._("Channel")),
            self._column("direction", self.env._("Direction")),
            self._column("state", self.env._("State")),
            self._column("duration", self.env._("Duration (s)")),
            self._column("address", self.env._("Address")),
            self._column("colleague", self.env._("Our person")),
            self._column("branch", self.env._("Branch")),
            self._column("others", self.env._("Other recipients")),
            self._column("outcome", self.env._("Outcome")),
            self._column("recorded", self.env._("Recorded on")),
            self._column("subject", self.env._("Subject"), is_long=True),
            self._column("text", self.env._("Text"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["contact.interaction"], self._domain(subject)

    def _domain(self, subject):
        """Return which contacts are with the person.

        Also those that a colleague is on record for, when the message went to both.
        """
        partners = subject.partners.ids
        mine = Domain("partner_id", "in", partners)
        if subject.addresses:
            mine |= Domain("address_normalized", "in", list(subject.addresses)) & (
                Domain("partner_id", "=", False) | Domain("certainty", "=", "maybe")
            )
        received = Domain.OR(
            Domain(f"message_id.{name}", "in", partners)
            for name in ("partner_ids", "notified_partner_ids", "author_id")
        )
        return (
            Domain("company_id", "in", subject.companies.ids)
            & Domain("erased_at", "=", False)
            & (mine | (Domain("message_id", "!=", False) & received))
        )

    def _values(self, record, subject):
        is_ours = record.origin == MANUAL
        text = self._text(record)
        return {
            "date": record.occurred_at,
            "channel": self._label(record, "channel"),
            "direction": self._label(record, "direction"),
            "state": self._label(record, "state"),
            "duration": record.duration or None,
            "address": self._address(record, subject),
            "colleague": record.user_id.name or None,
            "branch": record.company_id.name,
            "others": self._count_others(record, subject) or None,
            "outcome": self._label(record, "outcome"),
            "recorded": record.recorded_at,
            "subject": self._masked(record.subject, subject, is_ours),
            "text": self._masked(text, subject, is_ours),
        }

    def _masked(self, text, subject, is_ours):
        """Return the text; without other people where it is a note of ours."""
        if not text:
            return None
        return subject.masker.mask(text) if is_ours else text

    def _text(self, record):
        if record.message_id and record.origin == record.res_model:
            return self._chat(record)
        body = record.message_id.body
        if body:
            return html2plaintext(body).strip()
        return record.note or record.preview

    def _chat(self, record):
        """Return what was said in a chat until the next turn, told by itself."""
        said = Domain("model", "=", record.res_model) & Domain(
            "res_id", "=", record.res_id
        )
        following = self.env["contact.interaction"].search(
            Domain("origin", "=", record.origin)
            & Domain("res_id", "=", record.res_id)
            & Domain("id", ">", record.id)
            & Domain("message_id", "!=", False),
            order="id",
            limit=1,
        )
        turn = said & Domain("id", ">=", record.message_id.id)
        if following:
            turn &= Domain("id", "<", following.message_id.id)
        messages = self.env["mail.message"].search(turn, order="id")
        texts = (html2plaintext(message.body or "").strip() for message in messages)
        return "\n".join(filter(None, texts))

    def _address(self, record, subject):
        """Return the address it came from or went to, unless it is a colleague's."""
        if record.partner_id and record.partner_id not in subject.partners:
            return None
        return record.address or None

    def _count_others(self, record, subject):
        message = record.message_id
        everybody = message.partner_ids | message.notified_partner_ids
        return len(everybody.filtered("partner_share") - subject.partners)

    def _files(self, record):
        return record.attachment_ids | record.message_id.attachment_ids

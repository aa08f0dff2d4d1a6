from odoo import models
from odoo.fields import Domain


class ContactPrivacySectionFeedback(models.AbstractModel):
    """What the person was asked about our contacts, and what the person said."""

    _name = "contact.privacy.section.feedback"
    _inherit = "contact.privacy.section"
    _description = "Personal data: answers to our questions"

    _section_code = "feedback"
    _section_sequence = 62

    def _title(self):
        return self.env._("What you said of our contacts")

    def _columns(self):
        return [
            self._column("asked", self.env._("Asked")),
            self._column("answered", self.env._("Answered")),
            self._column("mark", self.env._("Mark")),
            self._column("comment", self.env._("Comment"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["contact.feedback"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "asked": record.asked_at,
            "answered": record.answered_at or None,
            "mark": self._label(record, "mark_text"),
            "comment": subject.masker.mask(record.comment or ""),
        }

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        """Forget who said it and in which words; the mark stays in the figures."""
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(subject)
        records = model.search(domain, order="id", limit=limit)
        records.rating_ids.unlink()
        records.message_ids.unlink()
        records.write({"partner_id": False, "comment": False})
        return len(records)

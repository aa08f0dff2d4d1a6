from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext


class PrivacySectionHeld(models.AbstractModel):
    """Messages that were held and never went out, to the person or naming it."""

    _name = "contact.privacy.section.held"
    _inherit = "contact.privacy.section"
    _description = "Personal data: messages that were held"

    _section_code = "held_messages"
    _section_sequence = 62

    def _title(self):
        return self.env._("Messages that never went out")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("number", self.env._("Quotation")),
            self._column("subject", self.env._("Subject"), is_long=True),
            self._column("text", self.env._("Message"), is_long=True),
        ]

    def _find(self, subject):
        requests = self.env["offer.release.request"].search(
            Domain("has_draft", "=", True)
            & Domain("company_id", "in", subject.companies.ids)
        )
        theirs = requests.filtered(lambda request: self._is_theirs(request, subject))
        return requests.browse(), Domain("id", "in", theirs.ids)

    def _is_theirs(self, request, subject):
        """Tell whether the message is to the person, or names it."""
        text = f"{request.draft_subject} {html2plaintext(request.draft_body or '')}"
        return bool(request.draft_partner_ids & subject.partners) or any(
            partner._offer_is_named_in(text) for partner in subject.partners
        )

    def _values(self, record, subject):
        text = html2plaintext(record.draft_body or "").strip()
        return {
            "date": record.create_date,
            "number": record.order_name,
            "subject": subject.masker.mask(record.draft_subject or "") or None,
            "text": subject.masker.mask(text) or None,
        }

    def _preview(self, subject):
        return self._preview_all(_with_people(subject))

    def _erase(self, subject, limit):
        """Drop what was written, and the files that hang on nothing else."""
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(_with_people(subject))
        requests = model.search(domain, limit=limit)
        for request in requests:
            files = request.draft_attachment_ids.filtered(
                lambda file, request=request: (
                    file.res_model == request._name and file.res_id == request.id
                )
            )
            request._drop_draft()
            files.unlink()
        return len(requests)


class PrivacySectionStopped(models.AbstractModel):
    """What was written when a quotation was stopped, and nobody asked to send."""

    _name = "contact.privacy.section.stopped"
    _inherit = "contact.privacy.section"
    _description = "Personal data: messages that were stopped"

    _section_code = "stopped_messages"
    _section_sequence = 63

    def _title(self):
        return self.env._("Messages that were stopped")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("subject", self.env._("Subject"), is_long=True),
            self._column("text", self.env._("Message"), is_long=True),
        ]

    def _find(self, subject):
        stops = self.env["offer.check.override"].search(
            Domain("event", "=", "conflict")
            & Domain("company_id", "in", subject.companies.ids)
        )
        theirs = stops.filtered(lambda stop: self._is_theirs(stop, subject))
        return stops.browse(), Domain("id", "in", theirs.ids)

    def _is_theirs(self, stop, subject):
        if not stop.draft:
            return False
        to = self.env["res.partner"].browse(stop.draft["partner_ids"])
        text = f"{stop.draft['subject']} {html2plaintext(stop.draft['body'])}"
        return bool(to & subject.partners) or any(
            partner._offer_is_named_in(text) for partner in subject.partners
        )

    def _values(self, record, subject):
        text = html2plaintext(record.draft["body"] or "").strip()
        return {
            "date": record.create_date,
            "subject": subject.masker.mask(record.draft["subject"] or "") or None,
            "text": subject.masker.mask(text) or None,
        }

    def _preview(self, subject):
        return self._preview_all(_with_people(subject))

    def _erase(self, subject, limit):
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(_with_people(subject))
        stops = model.search(domain, limit=limit)
        stops.draft = False
        return len(stops)


class PrivacySectionPrepared(models.AbstractModel):
    """Messages to the person that a decision prepared."""

    _name = "contact.privacy.section.prepared"
    _inherit = "contact.privacy.section"
    _description = "Personal data: prepared messages"

    _section_code = "prepared_messages"
    _section_sequence = 64

    def _title(self):
        return self.env._("Messages prepared for you")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("state", self.env._("State")),
            self._column("subject", self.env._("Subject"), is_long=True),
            self._column("text", self.env._("Message"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["offer.conflict.draft"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "date": record.create_date,
            "state": self._label(record, "state"),
            "subject": subject.masker.mask(record.subject),
            "text": subject.masker.mask(record.body),
        }

    def _preview(self, subject):
        return self._preview_all(_with_people(subject))

    def _erase(self, subject, limit):
        return self._unlink_all(_with_people(subject), limit)


class PrivacySectionSatisfaction(models.AbstractModel):
    """What the person answered when asked how satisfied it is."""

    _name = "contact.privacy.section.satisfaction"
    _inherit = "contact.privacy.section"
    _description = "Personal data: answers about satisfaction"

    _section_code = "satisfaction"
    _section_sequence = 65

    def _title(self):
        return self.env._("How satisfied you were")

    def _columns(self):
        return [
            self._column("asked", self.env._("Asked On")),
            self._column("answered", self.env._("Answered On")),
            self._column("mark", self.env._("Mark")),
            self._column("words", self.env._("Your words"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["offer.satisfaction"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "asked": record.date_asked or None,
            "answered": record.date_answered or None,
            "mark": self._label(record, "mark"),
            "words": record.feedback or None,
        }

    def _preview(self, subject):
        return self._preview_all(_with_people(subject))

    def _erase(self, subject, limit):
        """Keep the mark, which is nobody's data without the words and the name."""
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(_with_people(subject))
        rows = model.search(domain, limit=limit)
        waiting = rows.filtered(lambda row: row.state in ("waiting", "asked"))
        waiting.write({"state": "skipped", "skip_reason": "stop"})
        rows.write({"feedback": False, "partner_id": False})
        return len(rows)


def _with_people(subject):
    """Return the subject; a company with the people below it, who go along."""
    partners = subject.partners
    people = partners.search([("id", "child_of", partners.ids)])
    return subject._replace(partners=partners | people)

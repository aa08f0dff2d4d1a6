from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext


class ContactPrivacySectionCorrection(models.AbstractModel):
    """What notes on the person said before they were corrected."""

    _name = "contact.privacy.section.correction"
    _inherit = "contact.privacy.section"
    _description = "Personal data: corrections"

    _section_code = "corrections"
    _section_sequence = 30

    def _title(self):
        return self.env._("Corrections of our notes")

    def _columns(self):
        return [
            self._column("date", self.env._("Corrected on")),
            self._column("field", self.env._("What")),
            self._column("before", self.env._("Before"), is_long=True),
            self._column("after", self.env._("After"), is_long=True),
        ]

    def _find(self, subject):
        contacts = self.env["contact.privacy.section.interaction"]._domain(subject)
        model = self.env["contact.interaction.correction"]
        return model, Domain("interaction_id", "any", contacts)

    def _values(self, record, subject):
        return {
            "date": record.create_date,
            "field": record.field_label,
            "before": subject.masker.mask(record.old_value or ""),
            "after": subject.masker.mask(record.new_value or ""),
        }


class ContactPrivacySectionCall(models.AbstractModel):
    """What the telephone system told of the person's calls."""

    _name = "contact.privacy.section.call"
    _inherit = "contact.privacy.section"
    _description = "Personal data: events of calls"

    _section_code = "call_events"
    _section_sequence = 40

    def _title(self):
        return self.env._("What the telephone system reported")

    def _about(self):
        return self.env._("The events of each call, kept for 30 days.")

    def _columns(self):
        return [
            self._column("call", self.env._("Call")),
            self._column("events", self.env._("Events"), is_long=True),
        ]

    def _find(self, subject):
        contacts = self.env["contact.privacy.section.interaction"]._domain(subject)
        return self.env["contact.phone.call"], Domain("interaction_id", "any", contacts)

    def _values(self, record, subject):
        lines = [
            ", ".join(f"{name}: {value}" for name, value in event.items() if value)
            for event in record.events or ()
        ]
        return {"call": record.call_id, "events": "\n".join(lines)}


class ContactPrivacySectionDisclosure(models.AbstractModel):
    """Which branches looked at contacts that were not theirs."""

    _name = "contact.privacy.section.disclosure"
    _inherit = "contact.privacy.section"
    _description = "Personal data: disclosures"

    _section_code = "disclosures"
    _section_sequence = 80

    def _title(self):
        return self.env._("Which branches looked at your data")

    def _about(self):
        return self.env._(
            "Whenever a branch sees data of yours that belongs to another one. The "
            "employee is known to us and not named here."
        )

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("reader", self.env._("Branch that looked")),
            self._column("owner", self.env._("Branch it belongs to")),
            self._column("kind", self.env._("Kind")),
            self._column("level", self.env._("Level")),
        ]

    def _find(self, subject):
        companies = subject.companies.ids
        mine = Domain("owner_company_id", "in", companies) | Domain(
            "company_id", "in", companies
        )
        return (
            self.env["contact.disclosure"],
            mine & Domain("partner_id", "in", subject.partners.ids),
        )

    def _values(self, record, subject):
        return {
            "date": record.date,
            "reader": record.company_id.name,
            "owner": record.owner_company_id.name,
            "kind": self._label(record, "kind"),
            "level": self._label(record, "level"),
        }


class ContactPrivacySectionNote(models.AbstractModel):
    """What was written below the person's record in the address book."""

    _name = "contact.privacy.section.note"
    _inherit = "contact.privacy.section"
    _description = "Personal data: notes"

    _section_code = "notes"
    _section_sequence = 50

    def _title(self):
        return self.env._("Notes below your record")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("subject", self.env._("Subject"), is_long=True),
            self._column("text", self.env._("Text"), is_long=True),
        ]

    def _find(self, subject):
        """Return what hangs on the record itself and is no contact already told of."""
        hanging = [
            ("res_model", "=", "res.partner"),
            ("res_id", "in", subject.partners.ids),
            ("message_id", "!=", False),
        ]
        told = self.env["contact.interaction"].search(hanging).message_id
        return self.env["mail.message"], (
            Domain("model", "=", "res.partner")
            & Domain("res_id", "in", subject.partners.ids)
            & Domain("id", "not in", told.ids)
        )

    def _values(self, record, subject):
        lines = [html2plaintext(record.body or "").strip()]
        lines += [
            f"{value.field_id.field_description}: {value.old_value_char or ''} → "
            f"{value.new_value_char or ''}"
            for value in record.tracking_value_ids
        ]
        text = "\n".join(filter(None, lines))
        return {
            "date": record.date,
            "subject": subject.masker.mask(record.subject or ""),
            "text": subject.masker.mask(text),
        }

    def _files(self, record):
        return record.attachment_ids

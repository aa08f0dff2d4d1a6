from odoo import models
from odoo.fields import Domain

# What stands in the address book of somebody, in the order it is told.
FIELDS = (
    "name",
    "commercial_company_name",
    "function",
    "email",
    "phone",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "vat",
    "company_registry",
    "website",
    "ref",
    "lang",
    "tz",
    "category_id",
    "comment",
    "create_date",
    "write_date",
)


class ContactPrivacySectionPerson(models.AbstractModel):
    """The person's record in the address book."""

    _name = "contact.privacy.section.person"
    _inherit = "contact.privacy.section"
    _description = "Personal data: address book"

    _section_code = "person"
    _section_sequence = 10
    _section_is_card = True

    def _title(self):
        return self.env._("Your record in our address book")

    def _names(self):
        """Return the fields that are told of. Override to add one."""
        return [*FIELDS, "bank_ids", "user_ids"]

    def _columns(self):
        described = self.env["res.partner"].fields_get(attributes=["string"])
        return [self._column(name, described[name]["string"]) for name in self._names()]

    def _find(self, subject):
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners, Domain("id", "in", subject.partners.ids)

    def _values(self, record, subject):
        return {name: self._value(record, name) for name in self._names()}

    def _value(self, record, name):
        field, value = record._fields[name], record[name]
        if name == "user_ids":
            return ", ".join(value.mapped("login")) or None
        if field.relational:
            return ", ".join(value.mapped("display_name")) or None
        if field.type == "selection":
            return self._label(record, name)
        if field.type == "html":
            return value and value.striptags() or None
        return value or None

    def _files(self, record):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", record.id),
                ("res_field", "=", False),
                ("id", "not in", record.message_ids.attachment_ids.ids),
            ],
            order="id",
        )


class ContactPrivacySectionNumber(models.AbstractModel):
    """Numbers that somebody said are the person's."""

    _name = "contact.privacy.section.number"
    _inherit = "contact.privacy.section"
    _description = "Personal data: telephone numbers"

    _section_code = "numbers"
    _section_sequence = 15

    def _title(self):
        return self.env._("Telephone numbers by which we know you")

    def _columns(self):
        return [
            self._column("number", self.env._("Number")),
            self._column("learned", self.env._("Learned from a call")),
        ]

    def _find(self, subject):
        model = self.env["contact.phone.number"]
        return model, Domain("partner_id", "in", subject.partners.ids)

    def _values(self, record, subject):
        return {"number": record.number, "learned": record.is_learned}


class ContactPrivacySectionConsent(models.AbstractModel):
    """What the person said of being contacted."""

    _name = "contact.privacy.section.consent"
    _inherit = "contact.privacy.section"
    _description = "Personal data: wishes and consents"

    _section_code = "consents"
    _section_sequence = 18

    def _title(self):
        return self.env._("Your wishes, consents and objections")

    def _columns(self):
        labels = self.env["contact.consent"].fields_get(attributes=["string"])
        columns = [
            self._column(name, labels[name]["string"])
            for name in (
                "date",
                "decision",
                "channel",
                "purpose",
                "date_until",
                "source",
            )
        ]
        return [
            *columns,
            self._column("branch", self.env._("Branch")),
            self._column("note", labels["note"]["string"], is_long=True),
        ]

    def _find(self, subject):
        return self.env["contact.consent"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "date": record.date,
            "decision": self._label(record, "decision"),
            "channel": self._label(record, "channel"),
            "purpose": self._label(record, "purpose"),
            "date_until": record.date_until or None,
            "source": self._label(record, "source"),
            "branch": record.company_id.name,
            "note": record.note or None,
        }

    def _files(self, record):
        return record.attachment_ids


class ContactPrivacySectionActivity(models.AbstractModel):
    """What is planned with the person."""

    _name = "contact.privacy.section.activity"
    _inherit = "contact.privacy.section"
    _description = "Personal data: planned activities"

    _section_code = "activities"
    _section_sequence = 60

    def _title(self):
        return self.env._("What we plan with you")

    def _columns(self):
        return [
            self._column("date", self.env._("Due")),
            self._column("kind", self.env._("Kind")),
            self._column("text", self.env._("What"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["mail.activity"], (
            Domain("res_model", "=", "res.partner")
            & Domain("res_id", "in", subject.partners.ids)
        )

    def _values(self, record, subject):
        note = record.note and record.note.striptags()
        text = "\n".join(filter(None, (record.summary, note)))
        return {
            "date": record.date_deadline,
            "kind": record.activity_type_id.name or None,
            "text": subject.masker.mask(text) or None,
        }

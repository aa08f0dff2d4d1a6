from odoo import models
from odoo.fields import Domain

# Parts of an archived entry that name one of a company's people
_OF_PEOPLE = ("contact.", "signature.")


class PrivacySectionOffer(models.AbstractModel):
    """The offers a person got, with the documents as they were sent."""

    _name = "contact.privacy.section.offer"
    _inherit = "contact.privacy.section"
    _description = "Personal data: offers"

    _section_code = "offers"
    _section_sequence = 70

    def _title(self):
        return self.env._("Offers to you")

    def _about(self):
        return self.env._(
            "What left the house, with the documents as they were sent. Kept as "
            "evidence for as long as the law or a dispute asks for it."
        )

    def _columns(self):
        return [
            self._column("number", self.env._("Number")),
            self._column("date", self.env._("Last Sent")),
            self._column("branch", self.env._("Branch")),
            self._column("salesperson", self.env._("Salesperson")),
            self._column("state", self.env._("State")),
            self._column("amount", self.env._("Total")),
            self._column("currency", self.env._("Currency")),
            self._column("valid_until", self.env._("Valid Until")),
            self._column("versions", self.env._("Revisions")),
        ]

    def _find(self, subject):
        """Return the offers to the person; of a contact, those to the contact alone."""
        name = "partner_id" if subject.is_contact else "commercial_partner_id"
        return self.env["offer.offer"], (
            Domain("company_id", "in", subject.companies.ids)
            & Domain(name, "in", subject.partners.ids)
        )

    def _values(self, record, subject):
        return {
            "number": record.name,
            "date": record.date_last_sent or None,
            "branch": record.company_id.name,
            "salesperson": record.user_id.name or None,
            "state": self._label(record, "state"),
            "amount": record.amount_total,
            "currency": record.currency_id.name,
            "valid_until": record.date_valid_until or None,
            "versions": len(record.revision_ids),
        }

    def _files(self, record):
        return record.revision_ids.document_ids.sorted("id")


class PrivacySectionArchive(models.AbstractModel):
    """What the archive holds of the person beside the chain."""

    _name = "contact.privacy.section.archive"
    _inherit = "contact.privacy.section"
    _description = "Personal data: archived entries"

    # The chain that is read; each has its own numbers.
    _archive_model = ""

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("number", self.env._("Offer")),
            self._column("values", self.env._("What it holds of you"), is_long=True),
        ]

    def _find(self, subject):
        customers = subject.partners.commercial_partner_id
        return self.env[self._archive_model], Domain(
            "offer_id.commercial_partner_id", "in", customers.ids
        ) & Domain("company_id", "in", subject.companies.ids)

    def _names(self, row, subject):
        """Return the fields of a row that are the person's."""
        found = set()
        for partner in subject.partners:
            found |= row._fields_of_person(partner)
        return found

    def _values(self, record, subject):
        values = record._personal_values()
        # Of a company's people each may ask for their own.
        others = _OF_PEOPLE if subject.partner.is_company else ()
        lines = [
            f"{name}: {values[name]}"
            for name in sorted(self._names(record, subject))
            if not name.startswith(others)
        ]
        return {
            "date": record.date,
            "number": record.offer_id.name,
            "values": "\n".join(lines) or None,
        }

    # ------------------------------------------------------------------
    # Erasing: values beside the chain go, the chain goes on verifying
    # ------------------------------------------------------------------

    def _rows(self, subject):
        """Return (row, names, files) of what still holds something of the person."""
        model, domain = self._find(subject)
        for row in model.search(domain, order="offer_id, date, id"):
            names = self._names(row, subject)
            files = self._documents(row, subject)
            if names or files:
                yield row, names, files

    def _documents(self, row, subject):
        """Return the files with the customer's name: a contact's are the company's."""
        return self.env["ir.attachment"].browse()

    def _preview(self, subject):
        groups = {}
        for row, _names, _files in self._rows(subject):
            reason = row._reason_to_stay()
            until = row._stays_until() if reason == "term" else False
            held = row.offer_id.hold_reason if reason == "hold" else False
            count, last, detail = groups.get(reason, (0, False, False))
            last = max(filter(None, (last, until)), default=False)
            groups[reason] = count + 1, last, detail or held
        reasons = {"hold": "hold", "open": "open", "term": "law"}
        return [
            {
                "what": self._title(),
                "count": count,
                "reason": reasons.get(reason, False),
                "until": until,
                "detail": detail,
            }
            for reason, (count, until, detail) in groups.items()
        ]

    def _erase(self, subject, limit):
        count = 0
        for row, names, files in self._rows(subject):
            if row._reason_to_stay():
                continue
            if files:
                row._purge_documents()
            row._forget_fields(names)
            count += 1
            if count == limit:
                break
        return count


class PrivacySectionRevision(models.AbstractModel):
    _name = "contact.privacy.section.revision"
    _inherit = "contact.privacy.section.archive"
    _description = "Personal data: archived offers"

    _section_code = "archived_offers"
    _section_sequence = 72
    _archive_model = "offer.revision"

    def _title(self):
        return self.env._("Archived offers")

    def _documents(self, row, subject):
        if subject.is_contact:
            return super()._documents(row, subject)
        return row.document_ids


class PrivacySectionEvent(models.AbstractModel):
    _name = "contact.privacy.section.event"
    _inherit = "contact.privacy.section.archive"
    _description = "Personal data: events of offers"

    _section_code = "archived_events"
    _section_sequence = 74
    _archive_model = "offer.event"

    def _title(self):
        return self.env._("Events of archived offers")

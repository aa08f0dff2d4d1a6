from odoo import models
from odoo.fields import Domain

from .contact_erasing import erasing


class ContactPrivacySection(models.AbstractModel):
    """What most sections do: all of it goes, unless the customer is on hold."""

    _inherit = "contact.privacy.section"

    def _preview_all(self, subject):
        """Return the preview of a section that goes as a whole."""
        count = self._count(subject)
        if not count:
            return []
        hold = self.env["contact.hold"]._hold_of(subject.partner)
        held = self._reason_of_hold(hold) if hold else {}
        return [{"what": self._description_text(), "count": count, **held}]

    def _reason_of_hold(self, hold_sudo):
        return {
            "reason": "hold",
            "until": hold_sudo.date_until,
            "detail": hold_sudo.reason,
        }

    def _description_text(self):
        name = self.env["ir.model"]._get(self._name).name.partition(": ")[2]
        # A line of its own begins with a capital letter; the rest stays as it is.
        return name[:1].upper() + name[1:]

    def _unlink_all(self, subject, limit):
        """Delete the next records, unless the customer is on hold."""
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(subject)
        records = model.search(domain, order="id", limit=limit)
        records.unlink()
        return len(records)


class ContactPrivacySectionInteraction(models.AbstractModel):
    _inherit = "contact.privacy.section.interaction"

    def _domain_mine(self, subject):
        """Return which contacts are the person's alone, or on record for the person."""
        return self._domain(subject) & (
            Domain("partner_id", "in", subject.partners.ids)
            | Domain("address_normalized", "in", list(subject.addresses))
        )

    def _preview(self, subject):
        log = self.env["contact.interaction"]
        kept = log._domain_kept()
        lines = []
        for label, domain in (
            (self.env._("Contacts"), self._domain_mine(subject)),
            (self.env._("Messages also sent to others"), self._domain_others(subject)),
        ):
            for is_kept, part in ((False, ~kept), (True, kept)):
                count = log.search_count(domain & part)
                if count:
                    lines.append(
                        {
                            "what": label,
                            "count": count,
                            **(self._kept_because(subject) if is_kept else {}),
                        }
                    )
        return lines

    def _domain_others(self, subject):
        return self._domain(subject) & ~self._domain_mine(subject)

    def _kept_because(self, subject):
        """Return why the kept contacts stay. Override with ``_domain_kept``."""
        hold = self.env["contact.hold"]._hold_of(subject.partner)
        return self._reason_of_hold(hold) if hold else {"reason": "hold"}

    def _erase(self, subject, limit):
        log = self.env["contact.interaction"]
        rows = log.search(
            self._domain(subject) & ~log._domain_kept(), order="id", limit=limit
        )
        mine = rows.filtered_domain(self._domain_mine(subject))
        self._messages(rows, mine)._contact_history_erase(subject.partners)
        mine._erase_in_place(with_company=not subject.is_contact)
        return len(rows)

    def _messages(self, rows, mine):
        """Return the messages behind the contacts; of a chat all of them."""
        chats = mine.filtered(lambda row: row.origin == row.res_model)
        spoken = Domain.OR(
            Domain("model", "=", row.res_model) & Domain("res_id", "=", row.res_id)
            for row in chats
        )
        return rows.message_id | self.env["mail.message"].search(spoken)


class ContactPrivacySectionCorrection(models.AbstractModel):
    _inherit = "contact.privacy.section.correction"

    def _preview(self, subject):
        return self._preview_all(subject)


class ContactPrivacySectionCall(models.AbstractModel):
    _inherit = "contact.privacy.section.call"

    def _preview(self, subject):
        return self._preview_all(subject)


class ContactPrivacySectionNote(models.AbstractModel):
    _inherit = "contact.privacy.section.note"

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        return self._unlink_all(subject, limit)


class ContactPrivacySectionActivity(models.AbstractModel):
    _inherit = "contact.privacy.section.activity"

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        return self._unlink_all(subject, limit)


class ContactPrivacySectionNumber(models.AbstractModel):
    _inherit = "contact.privacy.section.number"

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        if self.env["contact.privacy.section.person"]._obstacles(subject):
            return 0  # they would only come back from the address book
        return self._unlink_all(subject, limit)


class ContactPrivacySectionConsent(models.AbstractModel):
    _inherit = "contact.privacy.section.consent"

    def _preview(self, subject):
        count = self._count(subject)
        if not count:
            return []
        about = self.env._("Words and proof of wishes and consents")
        kept = self.env._("That they were given or refused, and when")
        return [
            {"what": about, "count": count},
            {"what": kept, "count": count, "reason": "proof"},
        ]

    def _erase(self, subject, limit):
        model, domain = self._find(subject)
        said = model.search(
            domain
            & (Domain("note", "!=", False) | Domain("attachment_ids", "!=", False)),
            limit=limit,
        )
        said.attachment_ids.filtered(lambda file: file.res_model == said._name).unlink()
        erasing(said).write({"note": False, "attachment_ids": [(5,)]})
        return len(said)


class ContactPrivacySectionDisclosure(models.AbstractModel):
    _inherit = "contact.privacy.section.disclosure"

    def _preview(self, subject):
        count = self._count(subject)
        what = self.env._("Log of who looked")
        return [{"what": what, "count": count, "reason": "proof"}] if count else []

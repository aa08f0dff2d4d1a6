from odoo import models
from odoo.fields import Domain


class PrivacySectionClaim(models.AbstractModel):
    """Which branch looked after the customer, and until when."""

    _name = "contact.privacy.section.claim"
    _inherit = "contact.privacy.section"
    _description = "Personal data: customer protection"

    _section_code = "claims"
    _section_sequence = 76

    def _title(self):
        return self.env._("Which branch takes care of you")

    def _columns(self):
        return [
            self._column("branch", self.env._("Branch")),
            self._column("name", self.env._("Customer")),
            self._column("since", self.env._("Since")),
            self._column("until", self.env._("Until")),
        ]

    def _find(self, subject):
        members = self.env["offer.identity.member"].search(
            [("partner_id", "in", subject.partners.ids)]
        )
        return self.env["offer.claim"], (
            Domain("identity_id", "in", members.identity_id.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "branch": record.company_id.name,
            "name": record.customer_name,
            "since": record.date_start,
            "until": record.date_end,
        }


class PrivacySectionConflict(models.AbstractModel):
    """When offers of several branches to the person were compared."""

    _name = "contact.privacy.section.conflict"
    _inherit = "contact.privacy.section"
    _description = "Personal data: offers of several branches"

    _section_code = "conflicts"
    _section_sequence = 77

    def _title(self):
        return self.env._("When offers of several branches to you were compared")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("state", self.env._("State")),
        ]

    def _find(self, subject):
        members = self.env["offer.identity.member"].search(
            [("partner_id", "in", subject.partners.ids)]
        )
        mine = Domain("identity_id", "in", members.identity_id.ids)
        within = Domain("offer_ids.company_id", "in", subject.companies.ids)
        return self.env["offer.conflict"], mine & within

    def _values(self, record, subject):
        return {"date": record.create_date, "state": self._label(record, "state")}


class PrivacySectionOverride(models.AbstractModel):
    """When somebody saved the person's record although it was known elsewhere."""

    _name = "contact.privacy.section.override"
    _inherit = "contact.privacy.section"
    _description = "Personal data: overridden checks"

    _section_code = "overridden_checks"
    _section_sequence = 78

    def _title(self):
        return self.env._("When your record was found to be known already")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("branch", self.env._("Branch")),
            self._column("name", self.env._("Customer")),
            self._column("reason", self.env._("Reason"), is_long=True),
        ]

    def _find(self, subject):
        return self.env["offer.check.override"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
            & (Domain("subject", "!=", False) | Domain("reason", "!=", False))
        )

    def _values(self, record, subject):
        return {
            "date": record.create_date,
            "branch": record.company_id.name,
            "name": record.subject or None,
            "reason": subject.masker.mask(record.reason or "") or None,
        }

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(subject)
        rows = model.search(domain, limit=limit)
        rows.write({"subject": False, "reason": False, "typed": False})
        return len(rows)


class PrivacySectionHandover(models.AbstractModel):
    """When a branch asked another one for the customer."""

    _name = "contact.privacy.section.handover"
    _inherit = "contact.privacy.section"
    _description = "Personal data: requests for a customer"

    _section_code = "handovers"
    _section_sequence = 79

    def _title(self):
        return self.env._("When a branch asked to take care of you")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("asking", self.env._("Asking Branch")),
            self._column("owning", self.env._("Owning Branch")),
            self._column("name", self.env._("Name Given")),
            self._column("reason", self.env._("Reason"), is_long=True),
            self._column("answer", self.env._("Answer"), is_long=True),
        ]

    def _find(self, subject):
        companies = subject.companies.ids
        within = Domain("company_id", "in", companies) | Domain(
            "owner_company_id", "in", companies
        )
        told = Domain.OR(
            Domain(name, "!=", False) for name in ("asked_name", "reason", "answer")
        )
        return self.env["offer.handover.request"], (
            Domain("customer_id", "in", subject.partners.ids) & within & told
        )

    def _values(self, record, subject):
        return {
            "date": record.create_date,
            "asking": record.company_id.name,
            "owning": record.owner_company_id.name,
            "name": record.asked_name or None,
            "reason": subject.masker.mask(record.reason or "") or None,
            "answer": subject.masker.mask(record.answer or "") or None,
        }

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        if self.env["contact.hold"]._hold_of(subject.partner):
            return 0
        model, domain = self._find(subject)
        rows = model.search(domain, limit=limit)
        rows.write({"asked_name": False, "reason": False, "answer": False})
        return len(rows)


class PrivacySectionIntake(models.AbstractModel):
    """Documents of the person that wait to be sorted, or were sorted lately."""

    _name = "contact.privacy.section.intake"
    _inherit = "contact.privacy.section"
    _description = "Personal data: documents to sort"

    _section_code = "documents"
    _section_sequence = 75

    def _title(self):
        return self.env._("Documents that came to us")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("name", self.env._("Name")),
            self._column("sender", self.env._("Mail From")),
            self._column("state", self.env._("State")),
        ]

    def _find(self, subject):
        return self.env["offer.intake"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "date": record.create_date,
            "name": record.name,
            "sender": subject.masker.mask(record.sender or "") or None,
            "state": self._label(record, "state"),
        }

    def _preview(self, subject):
        lines = []
        for line in self._preview_all(subject):
            # Waiting ones are work; the others go by themselves within 30 days.
            lines.append({"reason": "open", **line})
        return lines

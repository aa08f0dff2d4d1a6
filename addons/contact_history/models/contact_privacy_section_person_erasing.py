from odoo import api, models
from odoo.fields import Domain

# What is emptied in the address book; the name is replaced.
EMPTIED = (
    "email",
    "phone",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "vat",
    "company_registry",
    "company_name",
    "website",
    "ref",
    "function",
    "comment",
    "image_1920",
    "barcode",
    "partner_latitude",
    "partner_longitude",
    "category_id",
)


class ContactPrivacySectionPerson(models.AbstractModel):
    _inherit = "contact.privacy.section.person"

    def _preview(self, subject):
        obstacles = self._obstacles(subject)
        what = self.env._("Record in the address book, bank accounts, log-in")
        count = len(self._left(subject))
        if not obstacles:
            return [{"what": what, "count": count}] if count else []
        return [{"what": what, "count": count, **obstacle} for obstacle in obstacles]

    @api.model
    def _obstacles(self, subject):
        """Return why the record has to stay. Override to add a reason.

        :return: list of dicts of ``reason``, and perhaps ``until`` and ``detail``.
        """
        obstacles = []
        hold = self.env["contact.hold"]._hold_of(subject.partner)
        if hold:
            obstacles.append(self._reason_of_hold(hold))
        if any(not partner.partner_share for partner in subject.partners):
            obstacles.append({"reason": "staff"})
        elsewhere = Domain("partner_id", "in", subject.partners.ids) & Domain(
            "company_id", "not in", subject.companies.ids
        )
        if self.env["contact.interaction"].search_count(elsewhere, limit=1):
            obstacles.append({"reason": "branch"})
        return obstacles

    def _left(self, subject):
        """Return the records that are not blank yet."""
        return subject.partners.filtered(lambda one: not one.contact_erased_at)

    def _erase(self, subject, limit):
        if self._obstacles(subject):
            return 0
        partners = self._left(subject)[:limit]
        for partner in partners:
            partner._contact_history_blank()
        return len(partners)

from odoo import models
from odoo.fields import Domain


class ContactPrivacySectionFollowup(models.AbstractModel):
    """When a rule had somebody turn to the person, or why it did not."""

    _name = "contact.privacy.section.followup"
    _inherit = "contact.privacy.section"
    _description = "Personal data: follow-ups"

    _section_code = "followups"
    _section_sequence = 61

    def _title(self):
        return self.env._("When we thought of turning to you")

    def _columns(self):
        return [
            self._column("date", self.env._("When")),
            self._column("branch", self.env._("Branch")),
            self._column("state", self.env._("State")),
            self._column("channel", self.env._("Channel")),
        ]

    def _find(self, subject):
        return self.env["contact.followup"], (
            Domain("partner_id", "in", subject.partners.ids)
            & Domain("company_id", "in", subject.companies.ids)
        )

    def _values(self, record, subject):
        return {
            "date": record.occurred_at,
            "branch": record.company_id.name,
            "state": self._label(record, "state"),
            "channel": record.channel or None,
        }

    def _preview(self, subject):
        return self._preview_all(subject)

    def _erase(self, subject, limit):
        return self._unlink_all(subject, limit)

from odoo import api, fields, models
from odoo.tools import formatLang

from .contact_dashboard import LISTS

LISTS["feedback"] = "contact_history.contact_feedback_action"


class ContactDashboard(models.AbstractModel):
    """How content customers were, where they are asked."""

    _inherit = "contact.dashboard"

    @api.model
    def _feedback_domain(self, choice, span):
        return self._chosen_domain(choice) & self._span_domain("answered_at", span)

    @api.model
    def _tiles(self, choice):
        return [*super()._tiles(choice), *self._feedback_tiles(choice)]

    @api.model
    def _feedback_tiles(self, choice):
        now = fields.Datetime.now()
        feedback = self.env["contact.feedback"]
        domain = self._feedback_domain(choice, choice.span(now))
        before = self._feedback_domain(choice, choice.span_before(now))
        [(count, average)] = feedback._read_group(domain, [], ["__count", "mark:avg"])
        if not count:
            return []
        [(_count, old)] = feedback._read_group(before, [], ["__count", "mark:avg"])
        label = self.env._("Satisfaction")
        return [
            self._tile(
                "satisfaction",
                label,
                self._mark(average),
                self.env._("Of 5, answers: %(count)s", count=self._number(count)),
                self._link("feedback", domain, label),
                trend=self._trend(average, old, is_less_better=False),
                before=self._mark(old),
            )
        ]

    @api.model
    def _mark(self, value):
        return "–" if value is None else formatLang(self.env, value, digits=1)

from odoo import models
from odoo.fields import Domain


class ContactHistorySourceFeedback(models.AbstractModel):
    """What customers said about a contact, read with the reader's rights."""

    _name = "contact.history.source.feedback"
    _inherit = "contact.history.source"
    _description = "Feedback"

    _source_code = "feedback"
    _source_sequence = 25
    _source_kind = "feedback"

    def _is_available(self):
        return self.env["contact.feedback"].has_access("read")

    def _read_entries(self, partners, before, limit, filters):
        if filters.is_active:
            return []
        customers = partners.commercial_partner_id
        answered = self.env["contact.feedback"].search(
            Domain("commercial_partner_id", "in", customers.ids)
            & Domain("answered_at", "!=", False)
            & self._domain_before(before, "answered_at"),
            order=self._order_behind(before, "answered_at"),
            limit=limit,
        )
        labels = dict(
            self.env["contact.feedback"]
            ._fields["mark_text"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": feedback.id,
                "kind": "feedback",
                "occurred_at": feedback.answered_at,
                "label": labels.get(feedback.mark_text),
                # sudo: names of people and branches, as Odoo shows them for any link
                "user_name": feedback.sudo().user_id.name,
                "company_name": feedback.sudo().company_id.name,
                "partner_name": feedback.sudo().partner_id.name,
                "subject": self.env._("Feedback of the customer"),
                "preview": feedback.comment,
                "res_model": "contact.interaction",
                "res_id": feedback.interaction_id.id,
            }
            for feedback in answered
        ]

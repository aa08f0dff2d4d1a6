from datetime import datetime, time

from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..timeline import shorten

# Who plans more than that with one customer finds them in the list of activities.
PLANNED_LIMIT = 20


class ContactHistorySourceActivity(models.AbstractModel):
    """Planned activities on the partners of the page."""

    _name = "contact.history.source.activity"
    _inherit = "contact.history.source"
    _description = "Planned activities"

    _source_code = "activity"
    _source_sequence = 20
    _source_kind = "activity"

    def _read_planned(self, partners):
        activities = self.env["mail.activity"].search(
            self._domain_visible(partners),
            order="date_deadline, id",
            limit=PLANNED_LIMIT,
        )
        return [self._prepare_entry(activity) for activity in activities]

    def _domain_visible(self, partners):
        """Return the activities on the partners that the reader may read.

        Odoo drops the others only after LIMIT, which would end a page too early.
        So what it checks is asked for at once: one's own activities, and those
        on partners that one may post on.
        """
        readable = partners.with_env(self.env)._filtered_access("read")
        postable = readable._filtered_access(readable._mail_post_access)
        return Domain("res_model", "=", "res.partner") & (
            Domain("res_id", "in", postable.ids)
            | (
                Domain("res_id", "in", readable.ids)
                & Domain("user_id", "=", self.env.uid)
            )
        )

    def _prepare_entry(self, activity):
        return {
            "id": activity.id,
            "kind": "activity",
            "occurred_at": datetime.combine(activity.date_deadline, time.min),
            "date_only": True,
            "state": activity.state,
            "label": activity.activity_type_id.name,
            "subject": activity.summary or activity.activity_type_id.name,
            "preview": shorten(html2plaintext(activity.note or "")),
            "user_name": activity.user_id.name,
            "partner_name": activity.res_name,
            "res_model": activity.res_model,
            "res_id": activity.res_id,
        }

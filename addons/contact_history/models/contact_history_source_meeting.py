from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..timeline import shorten
from .contact_history_source_activity import PLANNED_LIMIT

# What repeats for years would fill the page.
AHEAD = timedelta(days=60)


class ContactHistorySourceMeeting(models.AbstractModel):
    """Meetings that lie ahead, read from the calendar with the reader's rights.

    What is over is in the log, see ``contact.history.feed.meeting``.
    """

    _name = "contact.history.source.meeting"
    _inherit = "contact.history.source"
    _description = "Planned meetings"

    _source_code = "meeting"
    _source_sequence = 25
    _source_kind = "planned_meeting"

    def _is_available(self):
        return "calendar.event" in self.env and self.env["calendar.event"].has_access(
            "read"
        )

    def _read_planned(self, partners):
        now = fields.Datetime.now()
        events = self.env["calendar.event"].search(
            Domain("stop", ">", now)
            & Domain("start", "<=", now + AHEAD)
            & Domain("partner_ids", "in", partners.ids),
            order="start, id",
            limit=PLANNED_LIMIT,
        )
        return [self._prepare_entry(event) for event in events]

    def _prepare_entry(self, event):
        # sudo: names of people, as Odoo shows them for any link.
        event_sudo = event.sudo()
        seconds = (event.stop - event.start).total_seconds()
        return {
            "id": event.id,
            "kind": "planned_meeting",
            "occurred_at": event.start.replace(microsecond=0),
            "state": "planned",
            "duration": 0 if event.allday else int(seconds),
            "subject": event.name,
            "preview": shorten(html2plaintext(event.description or "")),
            "user_name": event_sudo.user_id.name,
            "partner_name": ", ".join(
                event_sudo.partner_ids.filtered("partner_share")[:3].mapped("name")
            ),
            "res_model": event._name,
            "res_id": event.id,
        }

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineMeeting(ContactHistoryCase):
    """A source that is there when Odoo's calendar is."""

    def _kinds(self, user=None):
        return [
            (entry["kind"], entry["subject"]) for entry in self._page(user)["planned"]
        ]

    def _plan(self, days, **values):
        start = fields.Datetime.now() + timedelta(days=days)
        return (
            self.env["calendar.event"]
            .with_user(self.user_north)
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": f"In {days} days",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [Command.set(self.contact.ids)],
                    **values,
                }
            )
        )

    def test_meetings_ahead_stand_on_top(self):
        if "calendar.event" not in self.env:
            self.skipTest("needs the calendar app")
        self._log()
        for days in (3, -3, 90):
            self._plan(days)
        event = self._plan(5, name="SECRET", privacy="private")

        self.assertEqual(
            self._kinds(),
            [("planned_meeting", "In 3 days"), ("planned_meeting", "SECRET")],
        )
        self.assertEqual(self._page()["planned"][1]["res_id"], event.id)
        self.assertEqual(len(self._entries()), 1)
        # Each reader has a request, and so a cache, of his own.
        self.env.invalidate_all()
        self.assertNotIn("SECRET", str(self._page(self.user_south)))

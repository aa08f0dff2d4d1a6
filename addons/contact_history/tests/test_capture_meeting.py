from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common_mail import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureMeeting(CaptureCase):
    """Meetings of the calendar become contacts by taking place."""

    def setUp(self):
        super().setUp()
        if "calendar.event" not in self.env:
            self.skipTest("needs the calendar app")
        self.now = fields.Datetime.now()

    def _plan(self, hours_ago=2, partners=None, **values):
        start = self.now - timedelta(hours=hours_ago)
        return (
            self.env["calendar.event"]
            .with_user(self.user_north)
            .with_context(no_mail_to_attendees=True, mail_create_nolog=True)
            .create(
                {
                    "name": "Measure the stairs",
                    "start": start,
                    "stop": start + timedelta(minutes=90),
                    "user_id": self.user_north.id,
                    "partner_ids": [
                        Command.set(
                            (
                                self.user_north.partner_id
                                + (self.contact if partners is None else partners)
                            ).ids
                        )
                    ],
                    **values,
                }
            )
        )

    def _follow(self):
        self.env.flush_all()
        feed = self.env["contact.history.feed.meeting"]
        records = feed._records_sudo().search(
            feed._domain_changed(self.now - timedelta(days=7))
        )
        feed._take(records)
        return self.env["contact.interaction"].search(
            [("origin", "=", "calendar.event")], order="id"
        )

    def test_meeting_that_is_over_is_a_contact_with_each_customer(self):
        other = self.env["res.partner"].create({"name": "Other"})
        second = self.contact.copy({"name": "Max"})
        event = self._plan(partners=self.contact + second + other)

        rows = self._follow()
        row = rows.filtered(lambda row: row.commercial_partner_id == self.customer)

        self.assertEqual(rows.commercial_partner_id, self.customer + other)
        self.assertEqual(len(rows), 2)
        self.assertEqual((row.channel, row.state), ("meeting", "done"))
        self.assertEqual(row.occurred_at, event.start.replace(microsecond=0))
        self.assertEqual(row.duration, 5400)
        self.assertEqual((row.user_id, row.company_id), (self.user_north, self.north))
        self.assertEqual(row.subject, "Measure the stairs")
        self.assertEqual((row.res_model, row.res_id), (event._name, event.id))
        self.assertEqual(self._follow(), rows)

    def test_meeting_ahead_is_none_yet(self):
        self._plan(hours_ago=-2)
        self._plan(hours_ago=1)

        self.assertFalse(self._follow())

    def test_talk_among_colleagues_is_no_contact(self):
        self._plan(partners=self.colleague_north.partner_id)

        self.assertFalse(self._follow())

    def test_who_declined_was_not_met(self):
        event = self._plan()
        guest = event.attendee_ids.filtered(lambda one: one.partner_id == self.contact)
        guest.state = "declined"

        self.assertFalse(self._follow())

    def test_moved_meeting_moves_in_the_history(self):
        event = self._plan()
        row = self._follow()
        start = self.now - timedelta(hours=30)

        event.write(
            {"start": start, "stop": start + timedelta(hours=1), "name": "Stairs"}
        )
        self.assertEqual(self._follow(), row)
        self.assertEqual(row.occurred_at, start.replace(microsecond=0))
        self.assertEqual((row.duration, row.subject), (3600, "Stairs"))

        ahead = self.now + timedelta(days=1)
        event.write({"start": ahead, "stop": ahead + timedelta(hours=1)})
        self.assertFalse(self._follow())

    def test_cancelled_meeting_stays_as_cancelled(self):
        event = self._plan()
        row = self._follow()

        event.active = False
        self.assertEqual(self._follow(), row)
        self.assertEqual(row.state, "cancelled")
        self.assertEqual(row.response_role, "neither")

        event.active = True
        self._follow()
        self.assertEqual(row.state, "done")

    def test_deleted_meeting_stays_as_cancelled_without_a_link(self):
        event = self._plan()
        row = self._follow()
        ahead = self._plan(hours_ago=-2)

        (event | ahead).unlink()

        self.assertEqual(row.state, "cancelled")
        self.assertFalse(row.res_id)
        self.assertEqual(self._follow(), row)

    def test_customer_taken_off_the_list_was_not_met(self):
        other = self.env["res.partner"].create({"name": "Other"})
        event = self._plan(partners=self.contact + other)
        rows = self._follow()

        event.partner_ids = [Command.unlink(other.id)]
        self._follow()

        by_partner = {row.partner_id: row.state for row in rows}
        self.assertEqual(by_partner, {self.contact: "done", other: "cancelled"})

    def test_erased_meeting_does_not_come_back(self):
        event = self._plan()
        row = self._follow()
        self.env.flush_all()
        # What an erasure leaves, see contact.interaction.CONTENT.
        self.env.cr.execute(
            """
            UPDATE contact_interaction
               SET erased_at = now(), partner_id = NULL, commercial_partner_id = NULL,
                   subject = NULL, address = NULL, res_model = NULL, res_id = NULL
             WHERE id = %s
            """,
            [row.id],
        )
        self.env.invalidate_all()

        event.name = "Stairs again"

        self.assertEqual(self._follow(), row)
        self.assertFalse(row.subject)
        self.assertFalse(row.partner_id)

    def test_private_meeting_is_confidential(self):
        self._plan(privacy="private")

        row = self._follow()

        self.assertTrue(row.is_confidential)
        self.assertFalse(row.with_user(self.colleague_north).has_access("read"))
        self.assertTrue(row.with_user(self.user_north).has_access("read"))

    def test_meeting_on_a_document_is_probably_with_its_customer(self):
        self._plan(
            partners=self.env["res.partner"],
            res_model_id=self.env["ir.model"]._get_id("res.partner"),
            res_id=self.contact.id,
        )

        row = self._follow()

        self.assertEqual((row.partner_id, row.certainty), (self.contact, "maybe"))
        row._assign(self.contact)
        self.assertEqual(self._follow().certainty, "known")

    def test_old_meetings_are_found_when_earlier_contacts_are_read(self):
        self._plan(hours_ago=24 * 400)
        self._plan(hours_ago=24 * 400, active=False)
        feed = self.env["contact.history.feed.meeting"]

        feed._take(feed._records_sudo().search(feed._domain_past()))

        rows = self.env["contact.interaction"].search(
            [("origin", "=", "calendar.event")]
        )
        self.assertEqual(rows.filtered("partner_id").mapped("state"), ["done"])

    def test_job_follows_the_calendar(self):
        self._plan()
        self.env.flush_all()

        with self.enter_registry_test_mode():
            self.env.ref(
                "contact_history.ir_cron_contact_history_follow"
            ).method_direct_trigger()

        rows = self.env["contact.interaction"].search(
            [("origin", "=", "calendar.event")]
        )
        self.assertIn(self.contact, rows.partner_id)
        position = self.env["contact.history.position"].search(
            [("feed", "=", "meeting")]
        )
        self.assertGreaterEqual(position.followed_at, self.now.replace(microsecond=0))

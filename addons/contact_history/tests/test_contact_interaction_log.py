from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactInteractionLog(ContactHistoryCase):
    def _log_by_hand(self, **values):
        log = self.env["contact.interaction"].with_user(self.user_north)
        with Form(log.with_context(default_partner_id=self.contact.id)) as form:
            form.subject = "Asked about delivery"
            form.occurred_at = NOW
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_follow_up_becomes_an_activity_of_our_person(self):
        interaction = self._log_by_hand(
            outcome="follow_up",
            follow_up_date=date(2026, 3, 20),
            follow_up_summary="Call back",
        )
        activity = self.contact.activity_ids

        self.assertEqual(interaction.outcome, "follow_up")
        self.assertEqual(activity.summary, "Call back")
        self.assertEqual(activity.date_deadline, date(2026, 3, 20))
        self.assertEqual(activity.user_id, self.user_north)

    def test_follow_up_tells_other_branches_no_more_than_their_level(self):
        for level, values, shown in (
            ("metadata", {}, False),
            ("content", {"is_confidential": True}, False),
            ("subject", {}, True),
        ):
            with self.subTest(level=level, values=values):
                self.north.contact_history_level = level
                self._log_by_hand(
                    subject="SECRET", follow_up_date=date(2026, 3, 20), **values
                )
                activity = self.contact.activity_ids.sorted("id")[-1]
                self.assertEqual(activity.summary == "SECRET", shown)

    def test_customer_that_one_may_not_see_cannot_be_logged(self):
        hidden = self.env["res.partner"].create(
            {"name": "HIDDEN", "company_id": self.south.id}
        )
        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            self.env["contact.interaction"].with_user(self.user_north).create(
                {"partner_id": hidden.id}
            )

    def test_follow_up_without_words_takes_the_subject_and_none_plans_nothing(self):
        self.north.contact_history_level = "subject"
        self._log_by_hand()
        self.assertFalse(self.contact.activity_ids)

        self._log_by_hand(follow_up_date=date(2026, 3, 20))

        self.assertEqual(self.contact.activity_ids.summary, "Asked about delivery")

    def test_correction_keeps_what_was_said_before(self):
        interaction = self._log_by_hand(channel="call")

        with Form(interaction) as form:
            form.channel = "visit"
            form.subject = "Asked about delivery"
            form.duration_minutes = 5
        corrections = interaction.correction_ids

        self.assertEqual(
            sorted(
                (row.field_label, row.old_value or "", row.new_value)
                for row in corrections
            ),
            [("Channel", "Call", "Visit"), ("Duration (min)", "", "5")],
        )
        self.assertEqual(corrections.create_uid, self.user_north)

    def test_every_kind_of_value_is_traced_in_words(self):
        interaction = self._log_by_hand()

        interaction.write(
            {"partner_id": self.customer.id, "is_confidential": True, "note": "New"}
        )
        interaction.write({"occurred_at": "2026-03-09 12:00:00", "subject": False})
        old = {row.field_name: row.old_value for row in interaction.correction_ids}

        self.assertEqual(old["partner_id"], self.contact.display_name)
        self.assertEqual(old["is_confidential"], "No")
        self.assertFalse(old["note"])
        self.assertIn("2026", old["occurred_at"])
        self.assertEqual(old["subject"], "Asked about delivery")

    def test_recorded_contacts_leave_no_trace_of_this_kind(self):
        interaction = self._log(subject="Mail")

        interaction.subject = "Other"

        self.assertFalse(interaction.correction_ids)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_trace_is_read_by_who_reads_the_contact_and_written_by_nobody(self):
        interaction = self._log_by_hand()
        interaction.subject = "Other"
        trace = interaction.correction_ids

        self.assertTrue(trace.with_user(self.colleague_north).has_access("read"))
        self.assertFalse(trace.with_user(self.user_south).has_access("read"))
        with self.assertRaises(AccessError):
            trace.with_user(self.user_north).unlink()
        with self.assertRaises(UserError):
            trace.sudo().write({"old_value": "x"})
        interaction.is_confidential = True
        self.env.invalidate_all()
        self.assertFalse(trace.with_user(self.colleague_north).has_access("read"))
        self.assertTrue(trace.with_user(self.manager_north).has_access("read"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_only_the_author_and_managers_correct(self):
        interaction = self._log_by_hand()

        with self.assertRaises(AccessError):
            interaction.with_user(self.colleague_north).subject = "Mine"
        interaction.with_user(self.manager_north).subject = "Put right"

        self.assertEqual(interaction.correction_ids.create_uid, self.manager_north)

    def test_contact_logged_by_hand_sets_the_clock(self):
        self._log(direction="incoming", minutes_ago=60)

        self._log_by_hand(channel="call")

        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(turn.wall_seconds, 3600)

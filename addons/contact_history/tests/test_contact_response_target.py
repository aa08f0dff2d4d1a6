from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactResponseTarget(ResponseCase):
    def _target(self, user=None, **values):
        targets = self.env["contact.response.target"].with_user(
            user or self.manager_north
        )
        return targets.create(
            {"channel": "email", "company_id": self.north.id} | values
        )

    def test_target_of_the_branch_wins_over_that_for_all(self):
        self.env["contact.response.target"].create(
            {"channel": "email", "company_id": False, "amount": 3}
        )
        self._target(amount=2)
        self._ask(minutes_ago=5)
        south = self._log(self.south, minutes_ago=5)
        of_south = self.turns.search([("interaction_id", "=", south.id)])

        self.assertEqual(self._turns(company_id=self.north.id).target_seconds, 7200)
        self.assertEqual(of_south.target_seconds, 10800)

    def test_new_target_holds_for_who_waits_and_not_for_the_past(self):
        self._ask(minutes_ago=50)
        self._answer(minutes_ago=40)
        self._ask(minutes_ago=30)

        target = self._target(amount=5, unit="minute")
        self.assertEqual(self._turns().mapped("target_seconds"), [3600, 300])

        target.amount = 6
        self.assertEqual(self._turns().mapped("target_seconds"), [3600, 360])

        target.unlink()
        self.assertEqual(self._turns().mapped("target_seconds"), [3600, 3600])

    def test_target_round_the_clock_does_not_wait_for_the_morning(self):
        self._target(clock="wall", amount=2, unit="day")
        self._ask(occurred_at="2026-03-06 20:00:00")

        self.assertEqual(self._turns().due_at.isoformat(" "), "2026-03-08 20:00:00")

    def test_letter_gets_two_working_days(self):
        self._ask(channel="letter", occurred_at="2026-03-06 09:00:00")

        # From Friday 10:00 over the weekend to Tuesday 10:00, in Warsaw.
        self.assertEqual(self._turns().due_at.isoformat(" "), "2026-03-10 09:00:00")

    @mute_logger("odoo.sql_db")
    def test_channel_has_one_target_in_a_branch(self):
        self._target()

        with self.assertRaises(IntegrityError):
            self._target()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_targets_are_set_by_managers_of_the_branch(self):
        target = self._target()
        self.assertTrue(target.with_user(self.user_north).has_access("read"))

        with self.assertRaises(AccessError):
            self._target(user=self.user_north, channel="sms")
        with self.assertRaises(AccessError):
            self._target(channel="sms", company_id=self.south.id)

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import NOW
from .common_response import ResponseCase


class FollowupCase(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.env["contact.followup.rule"].search([]).active = False
        cls.rule = cls._new_rule()

    @classmethod
    def _new_rule(cls, **values):
        return cls.env["contact.followup.rule"].create(
            {
                "name": "Ask how it goes",
                "occasion": "silent",
                "delay": 10,
                "delay_unit": "day",
                "date_from": NOW.date() - timedelta(days=5),
                **values,
            }
        )

    @classmethod
    def _new_customer(cls, name, days_ago=12, **values):
        """Create a customer whose only contact was so many days ago."""
        partner = cls.env["res.partner"].create({"name": name})
        cls._ask(
            minutes_ago=days_ago * 24 * 60,
            partner_id=partner.id,
            user_id=cls.user_north.id,
            **values,
        )
        return partner

    def _plan(self, rule=None):
        self.env.flush_all()
        return (rule or self.rule)._plan(self.root | self.root.child_ids)

    def _activities(self, partner):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", partner.id)]
        )

    def _states(self, followups):
        return {one.partner_id.name: one.state for one in followups}


@tagged("post_install", "-at_install")
class TestContactFollowup(FollowupCase):
    def test_silent_customer_is_followed_up_once(self):
        partner = self._new_customer("Silent", channel="call", state="answered")

        followup = self._plan()
        activity = self._activities(partner)

        self.assertEqual(followup.partner_id, partner)
        self.assertEqual(activity.user_id, self.user_north)
        self.assertEqual(
            activity.activity_type_id, self.env.ref("mail.mail_activity_data_call")
        )
        self.assertEqual(activity.date_deadline, NOW.date())
        self.assertTrue(activity.automated)
        self.assertIn("Prefers: Call", activity.note)
        self.assertFalse(self._plan())

    def test_done_followup_does_not_come_again(self):
        partner = self._new_customer("Silent")
        self._plan()
        self._activities(partner).action_done()

        self.assertFalse(self._plan())

    def test_next_silence_is_another_occasion(self):
        partner = self._new_customer("Silent")
        self._plan()
        self._activities(partner).unlink()
        with freeze_time(NOW + timedelta(days=30)):
            self._ask(
                minutes_ago=-12 * 24 * 60,
                partner_id=partner.id,
                user_id=self.user_north.id,
            )

            self.assertEqual(len(self._plan()), 1)

    def test_who_is_silent_in_one_branch_but_not_in_the_next_is_left_alone(self):
        partner = self._new_customer("Busy elsewhere")
        self._log(self.south, minutes_ago=24 * 60, partner_id=partner.id)

        self.assertFalse(self._plan())

    def test_mail_of_ours_does_not_break_the_silence_of_the_customer(self):
        partner = self._new_customer("Silent")
        self._answer(minutes_ago=9 * 24 * 60, partner_id=partner.id)

        self.assertEqual(self._states(self._plan()), {"Silent": "planned"})

    def test_who_was_spoken_with_meanwhile_is_left_alone(self):
        partner = self._new_customer("Spoken with")
        self._answer(minutes_ago=2 * 24 * 60, partner_id=partner.id)

        self.assertEqual(self._states(self._plan()), {"Spoken with": "in_touch"})
        self.assertFalse(self._activities(partner))

    def test_what_was_due_before_the_rule_is_left_alone(self):
        self._new_customer("Long ago", days_ago=300)
        self._new_customer("Not yet", days_ago=9)

        self.assertFalse(self._plan())

    def test_rule_that_is_switched_on_again_starts_today(self):
        self._new_customer("Due while off")
        self.rule.active = False
        self.rule.active = True

        self.assertEqual(self.rule.date_from, NOW.date())
        self.assertFalse(self._plan())

    def test_new_customer_is_asked_after_the_first_contact(self):
        rule = self._new_rule(occasion="new")
        partner = self._new_customer("New")
        self._ask(minutes_ago=11 * 24 * 60, partner_id=partner.id)
        self._new_customer("Old", days_ago=12)
        old = self.env["res.partner"].search([("name", "=", "Old")])
        self._ask(minutes_ago=900 * 24 * 60, partner_id=old.id)

        self.assertEqual(self._states(self._plan(rule)), {"New": "planned"})

    def test_only_customers_with_the_tag(self):
        tag = self.env["res.partner.category"].create({"name": "Builders"})
        self.rule.category_ids = tag
        self._new_customer("Other")
        self._new_customer("Builder").category_id = tag

        self.assertEqual(self._states(self._plan()), {"Builder": "planned"})

    def test_nobody_gets_more_than_the_limit_of_a_day(self):
        self.north.contact_followup_limit = 2
        for number in range(4):
            self._new_customer(f"Customer {number}")

        self.assertEqual(len(self._plan()), 2)
        other = self._plan(self._new_rule(name="Another"))
        self.assertNotIn("planned", other.mapped("state"))
        with freeze_time(NOW + timedelta(days=1)):
            self.assertEqual(len(self._plan()), 2)

    def test_one_open_followup_of_a_customer_is_enough(self):
        self._new_customer("Silent")
        self._plan()

        again = self._plan(self._new_rule(name="Another"))

        self.assertEqual(again.state, "open")

    def test_customer_who_wants_no_contact_is_left_alone(self):
        partner = self._new_customer("Leave me alone")
        self.env["contact.consent"].create(
            {
                "partner_id": partner.id,
                "company_id": self.south.id,
                "channel": "email",
                "decision": "refused",
                "date": NOW,
            }
        )

        self.assertEqual(self._states(self._plan()), {"Leave me alone": "refused"})
        self.assertFalse(self._activities(partner))

    def test_deadline_is_a_day_on_which_the_branch_works(self):
        partner = self._new_customer("Silent")
        saturday = fields.Datetime.to_datetime("2026-03-14 09:00:00")
        with freeze_time(saturday):
            self._plan()

        self.assertEqual(self._activities(partner).date_deadline, date(2026, 3, 16))

    def test_activity_speaks_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.rule.with_context(lang="pl_PL").name = "Zapytaj, jak leci"
        self.user_north.lang = "pl_PL"
        partner = self._new_customer("Silent")
        self._plan()

        self.assertEqual(self._activities(partner).summary, "Zapytaj, jak leci")

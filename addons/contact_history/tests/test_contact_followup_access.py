from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_contact_followup import FollowupCase


@tagged("post_install", "-at_install")
class TestContactFollowupPerson(FollowupCase):
    def test_who_has_left_is_replaced_by_the_salesperson_of_the_customer(self):
        partner = self._new_customer("Silent")
        partner.user_id = self.colleague_north
        self.user_north.active = False
        self._plan()

        self.assertEqual(self._activities(partner).user_id, self.colleague_north)

    def test_fallback_gets_what_nobody_else_can(self):
        partner = self._new_customer("Silent")
        self.user_north.active = False
        plans = self.env["contact.followup.planner"]._make_plans(
            self.rule, self.north, 10
        )
        self.assertEqual([plan.state for plan in plans], ["nobody"])
        self.assertFalse(self._plan())

        self.rule.fallback_user_id = self.manager_north
        self._plan()

        self.assertEqual(self._activities(partner).user_id, self.manager_north)

    def test_person_of_another_branch_gets_nothing(self):
        partner = self._new_customer("Silent")
        self.user_north.write(
            {
                "company_id": self.south.id,
                "company_ids": [Command.set(self.south.ids)],
            }
        )

        self.assertFalse(self._plan())
        self.assertFalse(self._activities(partner))

    def test_person_who_may_not_read_the_customer_gets_nothing(self):
        partner = self._new_customer("Silent")
        self.env.flush_all()
        partner.company_id = self.south

        self.assertFalse(self._plan())


@tagged("post_install", "-at_install")
class TestContactFollowupAccess(FollowupCase):
    def test_preview_says_what_would_happen_and_does_nothing(self):
        partner = self._new_customer("Silent")
        self._new_customer("Spoken with")
        spoken = self.env["res.partner"].search([("name", "=", "Spoken with")])
        self._answer(minutes_ago=60, partner_id=spoken.id)
        self.env.flush_all()

        action = self.rule.with_user(self.manager_north).action_preview()
        preview = self.env[action["res_model"]].browse(action["res_id"])

        self.assertIn("1 activities", preview.headline)
        self.assertEqual(
            {line.customer: line.state for line in preview.line_ids},
            {"Silent": "planned", "Spoken with": "in_touch"},
        )
        self.assertFalse(self._activities(partner))
        self.assertFalse(self.rule.followup_count)

    def test_preview_of_one_branch_says_nothing_of_another(self):
        partner = self.env["res.partner"].create({"name": "Of the south"})
        self._log(self.south, minutes_ago=12 * 24 * 60, partner_id=partner.id)
        self.env.flush_all()
        action = self.rule.with_user(self.manager_north).action_preview()

        self.assertFalse(
            self.env[action["res_model"]].browse(action["res_id"]).line_ids
        )

    def test_rules_are_for_managers(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.user_north).action_preview()
        with self.assertRaises(AccessError):
            self.rule.with_user(self.user_north).active = False

    def test_everybody_sees_the_own_followups_managers_those_of_the_branch(self):
        self._new_customer("Silent")
        followup = self._plan()

        def seen(user):
            return followup.with_user(user).search([("id", "=", followup.id)])

        self.assertTrue(seen(self.user_north))
        self.assertTrue(seen(self.manager_north))
        self.assertFalse(seen(self.colleague_north))
        self.assertFalse(seen(self.user_south))

    def test_second_job_finds_what_the_first_wrote(self):
        self._new_customer("Silent")
        self.env.flush_all()
        planner = self.env["contact.followup.planner"]
        first = planner._make_plans(self.rule, self.north, 10)
        second = planner._make_plans(self.rule, self.north, 10)

        self.assertEqual(len(planner._carry_out(first)), 1)
        with mute_logger("odoo.sql_db"):
            self.assertFalse(planner._carry_out(second))
        self.assertEqual(self.env["contact.followup"].search_count([]), 1)
        self.assertEqual(self.rule.followup_count, 1)

    def test_customers_of_followups_can_be_merged(self):
        kept = self._new_customer("Kept")
        gone = self._new_customer("Gone")
        self._plan()
        self._activities(gone).unlink()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})

        wizard._merge((kept | gone).ids, kept)

        self.assertEqual(
            self.env["contact.followup"].search_count([("partner_id", "=", kept.id)]),
            2,
        )
        self.assertFalse(self._plan())

    def test_nothing_is_switched_on_at_installation(self):
        for name in ("silent", "new"):
            rule = self.env.ref(f"contact_history.contact_followup_rule_{name}")
            self.assertFalse(rule.active)

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models import contact_retention_run
from .common_privacy import PrivacyCase


@tagged("post_install", "-at_install")
class TestContactRetention(PrivacyCase):
    """What is past its time goes, after somebody has seen what that is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = fields.Datetime.now()
        cls.old = cls._log(
            subject="Old", occurred_at=now - relativedelta(months=13), channel="sms"
        )
        cls.young = cls._log(
            subject="Young", occurred_at=now - relativedelta(months=11), channel="sms"
        )
        cls.other = cls._log(
            subject="Letter", occurred_at=now - relativedelta(years=9), channel="letter"
        )
        cls.southern = cls._log(
            cls.south,
            subject="South",
            occurred_at=now - relativedelta(months=13),
            channel="sms",
        )
        cls.policy = (
            cls.env["contact.channel.policy"]
            .with_user(cls.officer)
            .create(
                {
                    "channel": "sms",
                    "company_id": cls.north.id,
                    "retention_months": 12,
                }
            )
        )

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)

    def _start(self, policy=None):
        return (
            self.env["contact.retention.start"]
            .with_user(self.officer)
            .create({"policy_id": (policy or self.policy).id})
        )

    def _run(self):
        self.env["contact.retention.run"]._cron_run()
        self.env.invalidate_all()

    def test_nothing_goes_before_somebody_saw_the_preview(self):
        self.policy.write({"is_retention_active": True})

        self._run()

        self.assertFalse(self.policy.is_retention_active)
        self.assertEqual(self.old.subject, "Old")

    def test_preview_counts_what_goes_and_what_is_held(self):
        held = self._log(
            subject="Held",
            channel="sms",
            occurred_at=fields.Datetime.now() - relativedelta(years=2),
        )
        self.env["contact.hold"].create({"interaction_id": held.id, "reason": "Case"})

        start = self._start()

        self.assertEqual((start.count, start.held_count), (1, 1))
        self.assertEqual(start.oldest, self.old.occurred_at)
        self.assertEqual(self.old.subject, "Old")

    def test_preview_opens_as_the_button_opens_it(self):
        action = self.policy.with_user(self.officer).action_preview_retention()

        with Form(
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
        ) as form:
            self.assertEqual((form.count, form.months), (1, 12))
        form.record.action_start()

        self.assertTrue(self.policy.is_retention_active)

    def test_past_its_time_is_erased_in_place_in_its_branch_and_channel_only(self):
        self._start().action_start()
        self._run()

        self.assertFalse(self.old.subject)
        self.assertTrue(self.old.erased_at)
        self.assertEqual(self.old.partner_id, self.customer)
        for row in (self.young, self.other, self.southern):
            self.assertTrue(row.subject)
        (run,) = self.env["contact.retention.run"].search([])
        self.assertEqual((run.count, run.state, run.months), (1, "done", 12))
        self._run()
        self.assertEqual(self.env["contact.retention.run"].search_count([]), 1)

    def test_delete_leaves_nothing(self):
        self.policy.retention_action = "delete"
        self._start().action_start()
        self._run()

        self.assertFalse(self.old.exists())
        self.assertTrue(self.young.exists())

    def test_hold_that_comes_meanwhile_counts(self):
        self._start().action_start()
        self.env["contact.hold"].create({"partner_id": self.customer.id, "reason": "C"})
        self._run()

        self.assertEqual(self.old.subject, "Old")

    def test_hold_that_ended_or_was_released_keeps_nothing(self):
        hold = self.env["contact.hold"].create(
            {
                "partner_id": self.customer.id,
                "reason": "C",
                "date_until": fields.Date.today() - timedelta(days=1),
            }
        )
        self.assertFalse(hold.is_in_force)
        again = self.env["contact.hold"].create(
            {
                "partner_id": self.contact.id,
                "company_id": self.north.id,
                "reason": "D",
            }
        )
        self.assertEqual(
            self.env["contact.hold"].search([("is_in_force", "=", True)]), again
        )
        again.with_user(self.officer).action_release()
        self.assertEqual(again.released_by_id, self.officer)
        self._start().action_start()
        self._run()

        self.assertFalse(self.old.subject)

    def test_interrupted_run_goes_on(self):
        for _number in range(3):
            self._log(
                channel="sms",
                subject="More",
                occurred_at=fields.Datetime.now() - relativedelta(years=2),
            )
        self.patch(contact_retention_run, "STEP", 2)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self._start().action_start()
        self._run()
        run = self.env["contact.retention.run"].search([])
        self.assertEqual((run.state, run.count), ("running", 2))
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)
        self._run()

        self.assertEqual((run.state, run.count), ("done", 4))

    def test_line_for_all_branches_spares_those_with_their_own(self):
        general = self.env["contact.channel.policy"].create(
            {"channel": "sms", "company_id": False, "retention_months": 1}
        )
        self.assertNotIn(self.north, general._companies())
        self.assertIn(self.south, general._companies())

        general.is_retention_active = True
        self._run()

        self.assertFalse(self.southern.subject)
        self.assertTrue(self.young.subject)

    def test_other_terms_need_another_preview(self):
        self._start().action_start()
        self.policy.retention_months = 1

        self.assertFalse(self.policy.is_retention_active)
        self._run()
        self.assertEqual(self.young.subject, "Young")
        self.policy.retention_months = 0
        with self.assertRaisesRegex(UserError, "how many months"):
            self.policy.action_preview_retention()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_data_protection_sets_terms_and_for_own_branches(self):
        policies = self.env["contact.channel.policy"]
        values = {"channel": "email", "company_id": self.north.id}
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                policies.with_user(user).create(values)
        for company in (self.west, self.env["res.company"]):
            with self.assertRaises(AccessError):
                policies.with_user(self.officer).create(
                    {**values, "company_id": company.id}
                )

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_data_protection_sets_and_releases_holds(self):
        values = {"partner_id": self.customer.id, "reason": "Case"}
        holds = self.env["contact.hold"]
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                holds.with_user(user).create(values)
        hold = holds.with_user(self.officer).create(values)
        with self.assertRaises(AccessError):
            hold.with_user(self.manager_north).action_release()
        with self.assertRaises(UserError):
            hold.write({"partner_id": self.contact.id})
        with self.assertRaises(UserError):
            hold.sudo().unlink()
        with self.assertRaises(AccessError):
            holds.with_user(self.officer).create(
                {**values, "user_id": self.user_north.id}
            )

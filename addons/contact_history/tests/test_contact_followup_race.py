from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

_CUSTOMERS = 5
_NAME = "Follow-up race"


@tagged("post_install", "-at_install")
class TestContactFollowupRace(BaseCase):
    """Two schedulers at work at once, in real transactions that commit."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._env() as env:
            company = env["res.company"].create({"name": _NAME})
            self.company_id = company.id
            self.partner_ids = self._make_silent_customers(env, company).ids
            self.rule_id = self._make_rule(env, company).id
        self.addCleanup(self._clean_up)

    @contextmanager
    def _env(self):
        """Yield an environment in a transaction of its own, which is committed."""
        with self.registry.cursor() as cr:
            cr.execute("SELECT 1")  # takes the snapshot
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _make_silent_customers(self, env, company):
        partners = env["res.partner"].create(
            [
                {"name": f"{_NAME} {number}", "user_id": env.ref("base.user_admin").id}
                for number in range(_CUSTOMERS)
            ]
        )
        env.ref("base.user_admin").company_ids |= company
        env["contact.interaction"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "channel": "email",
                    "occurred_at": fields.Datetime.now() - timedelta(days=12),
                }
                for partner in partners
            ]
        )
        return partners

    def _make_rule(self, env, company):
        return env["contact.followup.rule"].create(
            {
                "name": _NAME,
                "occasion": "silent",
                "delay": 10,
                "delay_unit": "day",
                "company_id": company.id,
                "date_from": fields.Date.today() - timedelta(days=5),
            }
        )

    def _clean_up(self):
        with self._env() as env:
            partners = env["res.partner"].browse(self.partner_ids)
            env["contact.followup.rule"].browse(self.rule_id).unlink()
            partners.activity_ids.unlink()
            log = env["contact.interaction"]
            log.search([("company_id", "=", self.company_id)]).unlink()
            partners.unlink()
            company = env["res.company"].browse(self.company_id)
            env.ref("base.user_admin").company_ids -= company
            company_partner = company.partner_id
            company.unlink()
            company_partner.unlink()

    def _plan(self, env):
        company = env["res.company"].browse(self.company_id)
        return len(env["contact.followup.rule"].browse(self.rule_id)._plan(company))

    def _count(self):
        """Return how many were written down, and how many activities there are."""
        with self._env() as env:
            followups = env["contact.followup"].search([("rule_id", "=", self.rule_id)])
            activities = env["mail.activity"].search_count(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "in", self.partner_ids),
                ]
            )
            return len(followups), activities

    @mute_logger("odoo.sql_db")
    def test_job_that_does_not_see_the_other_ones_commit_plans_nothing_twice(self):
        with self._env() as late, self._env() as early:
            self.assertEqual(self._plan(early), _CUSTOMERS)
            early.cr.commit()
            self.assertEqual(self._plan(late), 0)

        self.assertEqual(self._count(), (_CUSTOMERS, _CUSTOMERS))

    @mute_logger("odoo.sql_db")
    def test_two_jobs_at_the_same_moment_plan_each_customer_once(self):
        start = Barrier(2)

        def work(worker):
            start.wait(10)
            planned = self._plan(worker)
            worker.cr.commit()
            return planned

        # Made here: while tests run, this thread holds the lock that a new one needs.
        with self._env() as left, self._env() as right, ThreadPoolExecutor(2) as pool:
            planned = list(pool.map(work, (left, right)))

        self.assertEqual(sum(planned), _CUSTOMERS)
        self.assertEqual(self._count(), (_CUSTOMERS, _CUSTOMERS))

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from string import ascii_lowercase

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import SQL

from .common import SALESMAN

_LOGINS = ("race.left", "race.right")
# Customers that have nothing in common with each other.
_ROUNDS = 25
_DOMAIN = ".race.example"


@tagged("post_install", "-at_install")
class TestCheckRace(BaseCase):
    """Two users save the same new customer, in real transactions that commit."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._env() as env:
            root = env["res.company"].create({"name": "Race check root"})
            branches = env["res.company"].create(
                [
                    {"name": f"Race check {login}", "parent_id": root.id}
                    for login in _LOGINS
                ]
            )
            users = [
                new_test_user(
                    env,
                    login,
                    groups=SALESMAN,
                    company_id=branch.id,
                    company_ids=[Command.set(branch.ids)],
                )
                for login, branch in zip(_LOGINS, branches, strict=True)
            ]
            self.company_ids = (root | branches).ids
            self.user_ids = [user.id for user in users]
            self.user_partner_ids = [user.partner_id.id for user in users]
            self.first_bus_id = env["bus.bus"].search([], order="id desc", limit=1).id
        self.addCleanup(self._clean_up)

    @contextmanager
    def _env(self, uid=SUPERUSER_ID, company_id=None):
        """Yield an environment in a transaction of its own, which is committed."""
        with self.registry.cursor() as cr:
            context = {"allowed_company_ids": [company_id]} if company_id else {}
            cr.execute("SELECT 1")  # takes the snapshot
            yield api.Environment(cr, uid, context)

    def _clean_up(self):
        with self._env() as env:
            companies = env["res.company"].browse(self.company_ids)
            users = env["res.users"].browse(self.user_ids)
            people = users.partner_id
            env["res.partner"].search([("email", "like", _DOMAIN)]).unlink()
            env.flush_all()
            env.cr.execute(
                SQL(
                    "DELETE FROM contact_disclosure WHERE user_id IN %s",
                    tuple(self.user_ids),
                )
            )
            users.unlink()
            people.exists().unlink()
            company_partners = companies.partner_id
            companies.sorted("id", reverse=True).unlink()
            company_partners.unlink()

    def _save(self, env, company_id, number=0):
        name = "".join(Random(number).choices(ascii_lowercase, k=12))
        values = {"name": name.title(), "email": f"{name}@{name}{_DOMAIN}"}
        partner = env["res.partner"].create({**values, "company_id": company_id})
        env.flush_all()
        return partner.id

    def _run_cron(self):
        with self._env() as env:
            env["offer.check.recheck"]._cron_recheck()

    def _told(self):
        """Return (partner of the user, message) of what was sent over the bus."""
        with self._env() as env:
            rows = env["bus.bus"].search([("id", ">", self.first_bus_id or 0)])
            found = []
            for row in rows:
                message = json.loads(row.message)
                channel = json.loads(row.channel)
                if message["type"] == "simple_notification":
                    found.append((channel[-1], message["payload"]["message"]))
            return sorted(found)

    def _save_at_once(self, number=0):
        _root, left_id, right_id = self.company_ids
        with (
            self._env(self.user_ids[0], left_id) as left,
            self._env(self.user_ids[1], right_id) as right,
            ThreadPoolExecutor(2) as pool,
        ):
            jobs = [
                pool.submit(self._save, left, left_id, number),
                pool.submit(self._save, right, right_id, number),
            ]
            return [job.result(timeout=120) for job in jobs]

    def test_both_who_save_at_once_are_told_once(self):
        partner_ids = self._save_at_once()
        self._run_cron()
        self._run_cron()

        told = self._told()
        self.assertEqual([who for who, _text in told], sorted(self.user_partner_ids))
        with self._env() as env:
            users = env["res.users"].browse(self.user_ids)
            for user, other in (users, users[::-1]):
                [text] = [text for who, text in told if who == user.partner_id.id]
                self.assertIn(other.name, text)
                self.assertIn(other.company_id.name, text)
            self.assertFalse(
                env["offer.check.recheck"].search([("partner_id", "in", partner_ids)])
            )

    def test_both_are_told_however_often_it_happens(self):
        for number in range(_ROUNDS):
            self._save_at_once(number)
        self._run_cron()

        told = [who for who, _text in self._told()]
        self.assertEqual(told, sorted(self.user_partner_ids * _ROUNDS))

    def test_first_look_comes_too_early_and_the_second_one_tells_both(self):
        _root, left_id, right_id = self.company_ids
        with self._env(self.user_ids[1], right_id) as slow:
            self._save(slow, right_id)
            with self._env(self.user_ids[0], left_id) as fast:
                self._save(fast, left_id)
            self._run_cron()
            self.assertFalse(self._told(), "the other one is not committed yet")
        self._run_cron()

        self.assertEqual(
            [who for who, _text in self._told()], sorted(self.user_partner_ids)
        )

    def test_saving_wakes_the_job(self):
        with self._env(self.user_ids[0], self.company_ids[1]) as env:
            self._save(env, self.company_ids[1])
        with self._env() as env:
            cron = env.ref("offer_repository.ir_cron_offer_check_recheck")
            triggers = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
            self.assertTrue(triggers)
            triggers.unlink()
        self._run_cron()

    def test_nobody_is_to_agree_with_a_job(self):
        _root, left_id, right_id = self.company_ids
        with self._env(company_id=right_id) as job:
            self._save(job, right_id)
        with self._env(self.user_ids[0], left_id) as env:
            self._save(env, left_id)
        self._run_cron()

        self.assertFalse(self._told())

    def test_customer_of_last_week_is_no_race(self):
        _root, left_id, right_id = self.company_ids
        with self._env(self.user_ids[0], left_id) as env:
            old_id = self._save(env, left_id)
        self._run_cron()
        with self._env() as env:
            old = env["res.partner"].browse(old_id)
            before = old.create_date - timedelta(days=7)
            env.cr.execute(
                SQL(
                    "UPDATE res_partner SET create_date = %s WHERE id = %s",
                    before,
                    old_id,
                )
            )
        with self._env(self.user_ids[1], right_id) as env:
            self._save(env, right_id)
        self._run_cron()

        self.assertFalse(self._told())

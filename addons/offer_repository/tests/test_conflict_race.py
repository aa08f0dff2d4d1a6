from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import SQL

from .common import SALESMAN

# Hundreds of collisions, on every machine.
_ROUNDS = 200


@tagged("post_install", "-at_install")
class TestConflictRace(BaseCase):
    """Two branches send in the same second, in real transactions that commit.

    A test's own transaction cannot show this: what matters is that neither of the two
    sees what the other has not committed yet.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_ids = self._make_companies(env)
            product = env["product.product"].create({"name": "Race lathe"})
            partners = env["res.partner"].create(
                [{"name": f"Race {number}"} for number in range(_ROUNDS)]
            )
            self.product_id, self.partner_ids = product.id, partners.ids
            self.manager_ids = self._make_people(
                env, "offer_repository.offer_repository_group_manager"
            )
            self.seller_ids = self._make_people(env, SALESMAN)
            for company_id, manager_id in zip(
                self.company_ids[1:], self.manager_ids, strict=True
            ):
                company = env["res.company"].browse(company_id)
                company.offer_conflict_manager_id = manager_id
            self.order_ids = self._make_orders(env)
        self.addCleanup(self._clean_up)

    def _make_companies(self, env):
        root = env["res.company"].create({"name": "Race root"})
        branches = env["res.company"].create(
            [
                {"name": f"Race branch {number}", "parent_id": root.id}
                for number in (1, 2)
            ]
        )
        return (root | branches).ids

    def _make_orders(self, env):
        """Return the ids of the quotations of both branches, by customer."""
        orders = [
            env["sale.order"]
            .with_context(allowed_company_ids=[company_id])
            .create(
                [
                    {
                        "partner_id": partner_id,
                        "company_id": company_id,
                        "user_id": user_id,
                        "order_line": [Command.create(self._line(price))],
                    }
                    for partner_id in self.partner_ids
                ]
            )
            for company_id, user_id, price in zip(
                self.company_ids[1:], self.seller_ids, (100.0, 80.0), strict=True
            )
        ]
        pairs = zip(*(some.ids for some in orders), strict=True)
        return dict(zip(self.partner_ids, pairs, strict=True))

    def _line(self, price):
        return {
            "product_id": self.product_id,
            "product_uom_qty": 1,
            "price_unit": price,
        }

    def _make_people(self, env, groups):
        """Return the ids of a user for each branch."""
        return [
            new_test_user(
                env,
                f"race.{groups}.{company_id}",
                groups=groups,
                company_id=company_id,
                company_ids=[Command.set([company_id])],
                email=f"race.{company_id}@meridian.example",
                # their to-dos are looked at here, no mail is needed for them
                notification_type="inbox",
            ).id
            for company_id in self.company_ids[1:]
        ]

    def _clean_up(self):
        """Delete what was committed, past the guards of the archive."""
        with self.registry.cursor() as cr:
            branches = tuple(self.company_ids)
            for query in (
                "DELETE FROM mail_activity WHERE user_id IN"
                " (SELECT id FROM res_users WHERE company_id IN %s)",
                "DELETE FROM contact_disclosure WHERE company_id IN %s",
                "DELETE FROM offer_conflict WHERE identity_id IN"
                " (SELECT id FROM offer_identity WHERE anchor_company_id IN %s)",
                "DELETE FROM offer_identity WHERE anchor_company_id IN %s",
                "UPDATE offer_offer SET current_revision_id = NULL"
                " WHERE company_id IN %s",
                "DELETE FROM offer_revision_line WHERE company_id IN %s",
                "DELETE FROM offer_revision WHERE company_id IN %s",
                "DELETE FROM offer_offer WHERE company_id IN %s",
                "DELETE FROM sale_order WHERE company_id IN %s",
            ):
                cr.execute(SQL(query, branches))
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.partner_ids).unlink()
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()
            users = env["res.users"].browse(self.manager_ids + self.seller_ids)
            people = users.partner_id
            users.unlink()
            people.unlink()
            companies = env["res.company"].browse(self.company_ids)
            company_partners = companies.partner_id
            companies.sorted("id", reverse=True).unlink()
            company_partners.unlink()

    @contextmanager
    def _branch_env(self, company_id):
        """Yield an environment in a transaction of its own, which is committed.

        Made in the main thread: while tests run, it holds the lock on the registries
        that a new transaction needs.
        """
        with self.registry.cursor() as cr:
            env = api.Environment(
                cr, SUPERUSER_ID, {"allowed_company_ids": [company_id]}
            )
            cr.execute("SELECT 1")  # takes the snapshot
            yield env

    def _send(self, env, order_id):
        env["sale.order"].browse(order_id).action_quotation_sent()
        env.flush_all()

    def _send_at_once(self, partner_id):
        """Let both branches send in transactions that do not see each other."""
        with (
            self._branch_env(self.company_ids[1]) as left,
            self._branch_env(self.company_ids[2]) as right,
            ThreadPoolExecutor(2) as pool,
        ):
            jobs = [
                pool.submit(self._send, env, order_id)
                for env, order_id in zip(
                    (left, right), self.order_ids[partner_id], strict=True
                )
            ]
            for job in jobs:
                job.result(timeout=120)

    def _cases(self, env):
        return env["offer.conflict"].search([("company_ids", "in", self.company_ids)])

    def test_both_send_and_exactly_one_case_is_found(self):
        for partner_id in self.partner_ids:
            self._send_at_once(partner_id)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertFalse(self._cases(env), "the race must have happened")

        for _run in range(2):  # the second run finds nothing more
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["offer.offer"]._cron_detect_conflicts()

        with self.registry.cursor() as cr:
            cases = self._cases(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual(len(cases), _ROUNDS)
            self.assertEqual(len(cases.identity_id), _ROUNDS)
            self.assertEqual({len(case.offer_ids) for case in cases}, {2})
            self.assertEqual(set(cases.mapped("spread_amount")), {20.0})
            self.assertFalse(cases.offer_ids.filtered("conflict_check_pending"))
            told = {frozenset(case.activity_ids.user_id.ids) for case in cases}
            self.assertEqual(told, {frozenset(self.manager_ids)}, "both are told")
            self.assertEqual({len(case.activity_ids) for case in cases}, {2})
            self._check_sellers(cases)

    def _check_sellers(self, cases):
        """Each seller has one to-do on each own quotation: no notice told of these."""
        orders = cases.offer_ids.order_id
        told = {(order.id, *order.activity_ids.user_id.ids) for order in orders}
        self.assertEqual(told, {(order.id, order.user_id.id) for order in orders})
        self.assertEqual({len(order.activity_ids) for order in orders}, {1})

    def test_finding_of_another_transaction_is_left_to_the_cron(self):
        """The case that was committed after this transaction's snapshot."""
        left_id, right_id = self.order_ids[self.partner_ids[0]]
        with self._branch_env(self.company_ids[0]) as env:
            values = {"order_line": [Command.create(self._line(60.0))]}
            third = env["sale.order"].create(
                {"partner_id": self.partner_ids[0], **values}
            )
        with self._branch_env(self.company_ids[1]) as env:
            self._send(env, left_id)
        with self._branch_env(self.company_ids[0]) as late:
            with self._branch_env(self.company_ids[2]) as env:
                self._send(env, right_id)
            # The third branch does not see the case that the other two have by now,
            # only the first one's offer: it goes on to make a case of its own.
            self._send(late, third.id)
            self.assertFalse(self._cases(late))

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(len(self._cases(env)), 1)
            env["offer.offer"]._cron_detect_conflicts()
            self.assertEqual(len(self._cases(env).offer_ids), 3)

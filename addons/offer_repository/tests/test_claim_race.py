from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from psycopg2 import Error as DatabaseError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

_ROUNDS = 100
_RIVALS = 3


@tagged("post_install", "-at_install")
class TestClaimRace(BaseCase):
    """Branches claim one customer in the same second, in transactions that commit."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            root = env["res.company"].create({"name": "Claim root"})
            branches = env["res.company"].create(
                [
                    {"name": f"Claim branch {number}", "parent_id": root.id}
                    for number in range(_RIVALS)
                ]
            )
            self.company_ids = [root.id, *branches.ids]
            self.partner_id = env["res.partner"].create({"name": "Claimed"}).id
            self.category_ids = self._make_categories(env)
            identity = env["offer.identity"]._identity_of(
                env["res.partner"].browse(self.partner_id), root._offer_tree()
            )
            self.identity_id = identity.id
        self.addCleanup(self._clean_up)

    def _make_categories(self, env):
        parent = env["product.category"].create({"name": "Claim goods"})
        child = env["product.category"].create(
            {"name": "Claim parts", "parent_id": parent.id}
        )
        # all goods, these, and a part of these: each in the way of the others
        return [False, parent.id, child.id]

    def _clean_up(self):
        with self.registry.cursor() as cr:
            cr.execute(
                SQL("DELETE FROM offer_claim WHERE identity_id = %s", self.identity_id)
            )
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["offer.identity"].browse(self.identity_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env["product.category"].browse(
                [one for one in self.category_ids if one]
            ).sorted("id", reverse=True).unlink()
            companies = env["res.company"].browse(self.company_ids)
            partners = companies.partner_id
            companies.sorted("id", reverse=True).unlink()
            partners.unlink()

    def _claim(self, env, company_id, category_id):
        """Claim and commit; tell whether it went through."""
        with (
            suppress(ValidationError, DatabaseError),
            env.cr,
        ):
            env["offer.claim"]._grant(
                env["offer.identity"].browse(self.identity_id),
                env["res.company"].browse(company_id),
                "manual",
                30,
                category_id=category_id,
            )
            env.flush_all()
            return True
        return False

    def _claim_at_once(self):
        """Let all branches claim in transactions that do not see each other."""
        envs = []
        for _company in self.company_ids[1:]:
            # Made here: while tests run, this thread holds the lock that it needs.
            cr = self.registry.cursor()
            cr.execute("SELECT 1")  # takes the snapshot
            envs.append(api.Environment(cr, SUPERUSER_ID, {}))
        with ThreadPoolExecutor(_RIVALS) as pool:
            jobs = [
                pool.submit(self._claim, env, company_id, category_id)
                for env, company_id, category_id in zip(
                    envs, self.company_ids[1:], self.category_ids, strict=True
                )
            ]
            return [job.result(timeout=120) for job in jobs]

    def test_exactly_one_of_all_gets_the_customer(self):
        for number in range(_ROUNDS):
            won = self._claim_at_once()
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                claims = env["offer.claim"].search(
                    [("identity_id", "=", self.identity_id), ("state", "=", "live")]
                )
                self.assertEqual((sum(won), len(claims)), (1, 1), f"round {number}")
                claims._end("ended", "Next round.")

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

NIP = "5260001246"


@tagged("post_install", "-at_install")
class TestMatchRace(BaseCase):
    """Two look-ups find the same pair at once, in real transactions that commit."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": "Race pairs"}).id
            values = {
                "name": "Race Pair",
                "vat": NIP,
                "is_company": True,
                "company_id": self.company_id,
                "country_id": env.ref("base.pl").id,
            }
            self.partner_ids = env["res.partner"].create([values, values]).ids
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.partner_ids).unlink()
            company = env["res.company"].browse(self.company_id)
            env["offer.identity"].search(
                [("anchor_company_id", "=", company.id)]
            ).unlink()
            company.unlink()

    def _record(self, cr, partner_id):
        env = api.Environment(cr, SUPERUSER_ID, {})
        tree = env["res.company"].browse(self.company_id)._offer_tree()
        partner = env["res.partner"].browse(partner_id)
        profile = env["offer.partner.profile"]._of(partner)
        found = env["offer.partner.key"]._find_matches(profile, tree, partner_id)
        env["offer.partner.match"]._record_matches(partner_id, found, tree)
        env.flush_all()

    def test_pair_is_kept_once_and_nobody_fails(self):
        first, second = self.partner_ids
        with self.registry.cursor() as late:
            # The snapshot is taken now: what is committed meanwhile stays unseen.
            late.execute("SELECT 1")
            with self.registry.cursor() as early:
                self._record(early, first)
            self._record(late, second)

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            pairs = env["offer.partner.match"].search(
                [("left_partner_id", "in", self.partner_ids)]
            )
            self.assertEqual(len(pairs), 1)
            self.assertEqual(pairs.verdict, "certain")

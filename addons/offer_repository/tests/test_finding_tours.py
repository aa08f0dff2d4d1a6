from odoo.tests import HttpCase, tagged

from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFindingTours(FindingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        companies.iap_enrich_auto_done = True
        cls.offer = cls._make_sent_offer(cls.anna)
        cls._make_sent_offer(cls.anna, lines=[(cls.mill, 1, 45000.0)])
        cls._read_words()

    def test_salesperson_searches_looks_and_opens(self):
        self.start_tour(
            "/odoo/find-offers", "offer_repository_find", login="anna.test", timeout=120
        )

    def test_other_branch_finds_nothing_and_asks(self):
        self.start_tour(
            "/odoo/find-offers",
            "offer_repository_find_elsewhere",
            login="ewa.test",
            timeout=120,
        )
        rows = self.env["contact.disclosure"].search([("kind", "=", "offer_card")])
        self.assertEqual(rows.user_id, self.ewa)

    def test_archive_in_all_its_views(self):
        self.start_tour(
            "/odoo/offers",
            "offer_repository_archive_views",
            login="anna.test",
            timeout=120,
        )

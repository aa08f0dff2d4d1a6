from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

from .common import OfferCommon

NIP = "5260001246"
PRICE = 87654.25


@tagged("post_install", "-at_install")
class TestOfferStory(OfferCommon, HttpCase):
    """The story of the product in a real browser, as the people it is for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root.offer_conflict_manager_id = cls.manager
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        # The client would ask a service on the internet about them.
        companies.iap_enrich_auto_done = True
        cls.poland = cls.env.ref("base.pl")
        companies.partner_id.country_id = cls.poland
        cls.customer.write({"vat": NIP, "country_id": cls.poland.id})
        cls.anna.partner_id.phone = "+48 600 100 200"
        cls.order = cls._make_order(cls.anna, lines=[(cls.lathe, 1, PRICE)])

    def _tour(self, path, name, user):
        self.start_tour(f"/odoo/{path}", name, login=user.login, timeout=120)

    def _cards(self, user):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", user.id), ("kind", "=", "offer_card")]
        )

    def test_story_of_two_branches_and_their_manager(self):
        # 1. Warszawa sends its offer.
        self._tour(f"sales/{self.order.id}", "offer_repository_send", self.anna)
        offer = self._offer_of(self.order)
        self.assertEqual(offer.revision_ids.mapped("reason"), ["sent"])
        self.assertTrue(offer.current_revision_id.document_ids)

        # 2. Kraków is warned while typing, and sends all the same.
        self._tour("sales/new", "offer_repository_warned_on_typing", self.ewa)
        rival = self.env["offer.offer"].search([("company_id", "=", self.krakow.id)])
        self.assertEqual(rival.partner_id.name, "Lacznik Zaklad Mechaniczny")
        self.assertEqual(rival.partner_id.vat, "526-000-12-46")
        self.assertEqual(self._cards(self.ewa).owner_company_id, self.warszawa)

        # 3. The manager finds the conflict and decides it.
        case = offer.conflict_ids
        self.assertEqual(case.offer_ids, offer | rival)
        self.assertAlmostEqual(case.spread_amount, PRICE - 80000.0)
        self._tour("offer-conflicts", "offer_repository_decide", self.manager)
        self.assertEqual((case.state, case.decision), ("decided", "keep"))
        self.assertEqual(case.decision_side_id, self.krakow)
        self.assertEqual(case.decided_by_id, self.manager)

        # 4. Each finds the e-mail in the history of the customer.
        for user, partner, tour in (
            (self.anna, self.customer, "offer_repository_history_own"),
            (self.ewa, rival.partner_id, "offer_repository_history_other"),
            (self.manager, self.customer, "offer_repository_history_own"),
        ):
            self._tour(f"contacts/{partner.id}", tour, user)

    def test_picking_the_own_words_customer_warns_before_saving(self):
        self._send(self.order)
        self._make_customer(
            "LACZNIK Krakow",
            email=False,
            vat="526-000-12-46",
            company_id=self.krakow.id,
            country_id=self.poland.id,
        )
        orders = self.env["sale.order"].search_count([])
        self._tour("sales/new", "offer_repository_warned_on_picking", self.ewa)

        self.assertTrue(self._cards(self.ewa))
        self.assertEqual(self.env["sale.order"].search_count([]), orders)


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    def test_unit_tests_of_the_client(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._suite('@offer_repository')}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )

    def _suite(self, name):
        """Return how Hoot calls a suite in its address: a 32 bit hash of its name."""
        value = 0
        for character in name:
            value = ((value << 5) - value + ord(character)) & 0xFFFFFFFF
        return f"{value:08x}"

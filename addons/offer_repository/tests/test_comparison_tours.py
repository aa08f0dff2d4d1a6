from odoo.tests import HttpCase, tagged

from .common_comparison import ComparisonCommon


@tagged("post_install", "-at_install")
class TestComparisonTours(ComparisonCommon, HttpCase):
    """Comparing and asking for prices in a real browser, as a salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The client would ask a service on the internet about them.
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        companies.iap_enrich_auto_done = True
        cls._make_sent_offer(cls.anna, lines=[(cls.lathe, 1, 71234.0)])
        cls._make_sent_offer(cls.ewa, lines=[(cls.lathe, 1, 80000.0)])
        cls._make_sent_offer(cls.ewa, lines=[(cls.lathe, 1, 76000.0)])
        cls._allow_export(cls.ewa)

    def test_compare_swap_hide_equal_and_export(self):
        self.start_tour("/odoo/offers", "offer_repository_compare", login="ewa.test")

    def test_last_price_is_at_hand_in_the_quotation(self):
        order = self._make_order(self.ewa)

        self.start_tour(
            f"/odoo/sales/{order.id}", "offer_repository_price_hint", login="ewa.test"
        )

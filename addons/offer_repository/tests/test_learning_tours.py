from odoo.tests import HttpCase, tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestLearningTours(ConflictCommon, HttpCase):
    """The dashboard and the question for the loss in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The client would ask a service on the internet about them.
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        companies.iap_enrich_auto_done = True

    def test_manager_reads_the_dashboard_and_opens_what_is_behind(self):
        self._collide(100000.0, 90000.0)
        self.second.order_id.action_confirm()
        self.env.flush_all()

        self.start_tour(
            "/odoo/offer-dashboard", "offer_repository_dashboard", login="helena.test"
        )

    def test_salesperson_tells_why_a_quotation_was_cancelled(self):
        reason = self.env["crm.lost.reason"].create({"name": "Price of the tour"})
        offer = self._make_sent_offer(self.anna)

        self.start_tour(
            f"/odoo/sales/{offer.order_id.id}",
            "offer_repository_explain_loss",
            login="anna.test",
        )

        self.assertEqual(offer.lost_reason_id, reason)
        self.assertEqual(
            (offer.competitor_name, offer.competitor_price), ("Rival", 70000.0)
        )

from odoo.tests import HttpCase, tagged

from .common_external import ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalTours(ExternalCommon, HttpCase):
    """From the file on the desk to the archive, in a browser, as the weakest seller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.root | cls.warszawa
        # The client would ask a service on the internet about them.
        companies.iap_enrich_auto_done = True

    def _tour(self, path, name):
        self.start_tour(f"/odoo/{path}", name, login=self.anna.login, timeout=120)

    def test_dropped_file_is_confirmed_and_archived(self):
        self._tour("offers", "offer_repository_external_drop")

        offer = self.env["offer.offer"].search([("name", "=", "OF/99/2026")])
        self.assertEqual((offer.partner_id, offer.user_id), (self.customer, self.anna))
        self.assertEqual(offer.amount_total, 98400)
        self.assertEqual(offer.close_reason, "The customer changed the plan")
        self.assertIntact()

    def test_chosen_file_is_discarded_and_brought_back(self):
        self._tour("offers-to-sort", "offer_repository_external_choose")

        self.assertEqual(self.env["offer.intake"].search([]).state, "new")
        self.assertFalse(self.env["offer.offer"].search([("origin", "=", "upload")]))

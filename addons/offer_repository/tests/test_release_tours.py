from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_release import ReleaseCommon


@tagged("post_install", "-at_install")
class TestReleaseTours(ReleaseCommon, HttpCase):
    """Two salespeople collide; the gate holds the second, the manager releases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        # The client would ask a service on the internet about them.
        companies.iap_enrich_auto_done = True

    @mute_logger("odoo.http")
    def test_held_released_and_sent(self):
        self._rule("approval")
        form = f"/odoo/sales/{self.order.id}"
        self.start_tour(
            form, "offer_repository_release_hold", login=self.ewa.login, timeout=120
        )
        request = self._requests()
        self.assertEqual(request.state, "asked")
        self.assertTrue(request.draft_attachment_ids)

        self.start_tour(
            "/odoo/offer-releases",
            "offer_repository_release_answer",
            login=self.manager.login,
            timeout=120,
        )
        self.assertEqual(request.state, "released")

        self.start_tour(
            form, "offer_repository_release_send", login=self.ewa.login, timeout=120
        )
        self.assertEqual(self.order.state, "sent")
        self.assertEqual(len(self._conflicts()), 1)

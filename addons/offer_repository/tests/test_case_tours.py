from datetime import timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .test_claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestCaseTours(ClaimCommon, HttpCase):
    """Deciding, undoing and claiming in a real browser, as the people it is for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.root | cls.warszawa | cls.krakow | cls.gdansk
        # The client would ask a service on the internet about them.
        companies.iap_enrich_auto_done = True

    def _review(self):
        """Without the cron around it: a browser's test is in test mode already."""
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60
        ):
            self.claims._cron_review()

    def _tour(self, path, name, user):
        self.start_tour(
            f"/odoo/{path}", f"offer_repository_{name}", login=user.login, timeout=120
        )

    def test_manager_decides_each_way(self):
        ways = {
            "hand_over": "keep",
            "joint": "joint",
            "align": "align",
            "allow": "allow",
            "none": "none",
        }
        for name, decision in ways.items():
            case = self._collide()[-1]
            self._tour(f"offer-conflicts/{case.id}", f"case_{name}", self.manager)
            case.invalidate_recordset()
            self.assertEqual((case.state, case.decision), ("decided", decision))

    def test_manager_decides_and_takes_it_back(self):
        case = self._collide()
        self._tour(f"offer-conflicts/{case.id}", "case_withdraw", self.manager)
        self.env.invalidate_all()
        self.assertEqual(self.second.state, "lost")
        self.assertTrue(self.claims.search([("conflict_id", "=", case.id)]))

        self._tour(f"offer-conflicts/{case.id}", "case_undo", self.manager)
        self.env.invalidate_all()
        self.assertEqual((case.state, self.second.state), ("open", "sent"))

    def test_other_branch_sees_a_claim_until_it_is_over(self):
        claim = self._claim(reason="Secret")
        path = f"contacts/{self.customer.id}"
        self._tour(path, "claim_of_other_branch", self.ewa)
        request = self.env["offer.handover.request"].search(
            [("user_id", "=", self.ewa.id)]
        )
        self.assertEqual(request.claim_id, claim)

        claim.write(
            {
                "date_start": self.today - timedelta(days=40),
                "date_end": self.today - timedelta(days=1),
            }
        )
        self._review()
        self.assertEqual(claim.state, "released")
        self._tour(path, "claim_is_over", self.ewa)

    def test_staff_sees_own_conflicts(self):
        self._collide(100000.0, 90000.0)
        self._tour("offer-my-conflicts", "my_conflicts", self.ewa)

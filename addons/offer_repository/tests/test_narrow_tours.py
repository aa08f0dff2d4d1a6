from odoo.tests import HttpCase, tagged

from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestNarrowTours(FindingCommon, HttpCase):
    """Purges and mails of saved searches on a telephone."""

    browser_size = "400x800"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._make_admin()
        cls._make_offer_past_retention()

    def _open(self, action, tour, user):
        self.start_tour(
            f"/odoo/action-offer_repository.{action}", tour, login=user.login
        )

    def test_preview_of_a_purge_and_what_was_purged(self):
        self._open(
            "offer_retention_purge_action", "offer_repository_purge_narrow", self.admin
        )
        self._as(self.admin)["offer.retention.purge"].create({}).action_purge()

        self._open(
            "offer_retention_run_action", "offer_repository_purges_narrow", self.admin
        )

    def test_prices_and_revisions(self):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.anna)
        for action in ("offer_price_report_action", "offer_revision_action"):
            with self.subTest(action=action):
                self._open(action, "offer_repository_cards_narrow", self.anna)

    def test_imports_stops_and_policies(self):
        self._as(self.anna)["offer.import"].create({"list_name": "long_name" * 9})
        self._open("offer_import_action", "offer_repository_cards_narrow", self.anna)
        self.env["offer.check.policy"].create(
            {"company_id": self.warszawa.id, "event": "quotation", "level": "reason"}
        )
        self._open(
            "offer_check_policy_action", "offer_repository_cards_narrow", self.admin
        )

    def test_mail_of_a_saved_search_is_switched_off(self):
        saved = self._as(self.anna)["ir.filters"].create(
            {
                "name": "Lathes",
                "model_id": "offer.offer",
                "domain": "[('state', '=', 'sent')]",
                "user_ids": self.anna.ids,
            }
        )
        subscription = self._as(self.anna)["offer.search.subscription"].create(
            {"filter_id": saved.id}
        )

        self._open(
            "offer_search_subscription_action",
            "offer_repository_digests_narrow",
            self.anna,
        )

        self.assertFalse(subscription.active)

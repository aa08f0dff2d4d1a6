from odoo.tests import new_test_user, tagged

from .common_match import MatchCommon


@tagged("post_install", "-at_install")
class TestReadinessDuplicate(MatchCommon):
    """ "Customer known once" and the notice above it, for the weakest seller."""

    def setUp(self):
        super().setUp()
        self.order = self._make_order(self.anna)

    def _point(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        order = self.order.with_env(self._as(user or self.anna))
        points = {point["code"]: point for point in order.offer_readiness()}
        return points["duplicate"]

    def _notice(self):
        query = {
            "model": "sale.order",
            "res_id": self.order.id,
            "partner_id": self.order.partner_id.id,
        }
        return self._as(self.anna)["offer.check"].check_customer(query)

    def test_customer_of_another_branch_is_open_in_both(self):
        own = self._make_own(vat="5260001246")
        self.assertFalse(own.with_env(self._as(self.anna)).has_access("read"))

        point, [card] = self._point(), self._notice()["customers"]

        self.assertEqual(point["state"], "open")
        self.assertIn(card["verdict_label"], point["text"])
        self.assertIn("Meridian Kraków", point["text"])
        self.assertNotIn("LACZNIK", point["text"])

    def test_customer_whose_offer_has_a_card_is_open_in_both(self):
        own = self._make_own(vat="5260001246")
        self._make_sent_offer(self.ewa, partner=own)

        point, notice = self._point(), self._notice()

        self.assertTrue(notice["cards"])
        self.assertEqual(point["state"], "open")
        self.assertNotIn("LACZNIK", point["text"])

    def test_own_duplicate_is_named(self):
        self._make_own("Lacznik dwa", company=self.warszawa, vat="5260001246")

        self.assertIn("Lacznik dwa", self._point()["text"])

    def test_customer_known_once_is_well(self):
        self._make_sent_offer(self.ewa)  # the same record is no other one

        self.assertEqual(self._point()["state"], "ok")

    def test_policy_that_says_nothing_says_nothing_here(self):
        own = self._make_own(vat="5260001246")
        self._make_sent_offer(self.ewa, partner=own)
        self.env["offer.check.policy"].create(
            {"company_id": self.root.id, "event": "quotation", "level": "silent"}
        )

        self.assertEqual(self._notice()["customers"], [])
        self.assertEqual(self._point()["state"], "ok")

    def test_what_people_judged_the_same_is_settled_and_still_told(self):
        own = self._make_own(vat="5260001246")
        self._scan(own)._judge("same")

        point = self._point()

        self.assertEqual(point["state"], "ok")
        self.assertIn("Meridian Kraków", point["text"])

    def test_who_was_judged_different_is_told_by_neither(self):
        own = self._make_own(vat="5260001246")
        self._scan(own)._judge("different", "Two plants.")

        self.assertEqual(self._point()["state"], "ok")

    def test_what_is_told_is_logged_once(self):
        self._make_own(vat="5260001246")
        log = self.env["contact.disclosure"]
        mine = [("user_id", "=", self.anna.id), ("kind", "=", "customer_card")]

        self._point()
        self.assertEqual(log.search_count(mine), 1)
        self._notice()
        self.assertEqual(log.search_count(mine), 1)

    def test_pause_of_look_ups_holds_here(self):
        self._make_own(vat="5260001246")
        self.warszawa._offer_tree().offer_lookup_limit = 1
        self._notice()

        self.assertEqual(self._point()["state"], "unknown")

    def test_who_does_not_sell_is_told_nothing(self):
        self._make_own(vat="5260001246")
        clerk = new_test_user(
            self.env,
            "clerk.test",
            groups="account.group_account_invoice",
            company_id=self.warszawa.id,
            company_ids=[(6, 0, self.warszawa.ids)],
        )

        self.assertEqual(self._point(clerk)["state"], "unknown")

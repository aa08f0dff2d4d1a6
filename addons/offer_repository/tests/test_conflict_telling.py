from odoo.tests import tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictTellingSellers(ConflictCommon):
    """Who sent without a notice is told by the second look, and nothing more."""

    def _collide_unseen(self):
        """Have both send while another transaction holds the lock: nobody sees."""
        with self.registry.cursor() as other:
            anchor = self.env["offer.identity"]._anchor(self.krakow._offer_tree())
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (0x0FFE4C, anchor.id))
            self.assertFalse(self._collide(123456.0, 98765.0))
        self._run_cron()
        return self._conflicts()

    def _todo(self, offer):
        return offer.order_id.activity_ids

    def test_both_sellers_are_told_once(self):
        self._collide_unseen()
        self._run_cron()

        for offer, other in ((self.first, self.krakow), (self.second, self.warszawa)):
            todo = self._todo(offer)
            self.assertEqual(todo.user_id, offer.user_id)
            self.assertIn(other.name, todo.note)

    def test_nothing_of_the_other_offer_is_told(self):
        self._collide_unseen()

        [text] = self._todo(self.second).with_env(self._as(self.ewa)).mapped("note")

        for secret in ("123", "Anna", self.first.name):
            self.assertNotIn(secret, text)

    def test_who_saw_the_notice_is_not_told_again(self):
        self._collide()

        self.assertFalse(self._todo(self.first) | self._todo(self.second))

    def test_off_switch_holds_for_sellers_and_managers(self):
        for user in (self.ewa, self.manager):
            user.with_user(user).offer_conflict_notify = False
        case = self._collide_unseen()

        self.assertFalse(case.activity_ids)
        self.assertFalse(self._todo(self.second))
        self.assertTrue(self._todo(self.first))

    def test_branch_that_says_nothing_says_nothing(self):
        self.env["offer.check.policy"].create(
            {"company_id": self.krakow.id, "event": "conflict", "level": "silent"}
        )
        self._collide_unseen()

        self.assertFalse(self._todo(self.second))
        self.assertTrue(self._todo(self.first))

    def test_each_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.ewa.lang = "pl_PL"
        self._collide_unseen()

        self.assertIn("Konflikt ofert", self._todo(self.second).summary)
        self.assertIn("Offer conflict", self._todo(self.first).summary)

    def test_what_is_told_is_logged_as_a_card(self):
        self._collide_unseen()

        rows = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "conflict_card")]
        )
        self.assertEqual(rows.owner_company_id, self.warszawa)
        self.assertEqual(rows.company_id, self.krakow)

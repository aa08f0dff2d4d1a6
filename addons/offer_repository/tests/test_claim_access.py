from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimAccess(ClaimCommon):
    def test_other_branch_reads_who_and_until_when_alone(self):
        claim = self._claim(reason="Margin is 40 %")
        [card] = self._banner(self.ewa)

        self.assertEqual(set(card), {"key", "branch", "until", "is_own"})
        self.assertEqual(card["branch"], "Meridian Warszawa")
        self.assertFalse(self._as(self.ewa)["offer.claim"].search([]))
        with self.assertRaises(AccessError):
            claim.with_env(self._as(self.ewa)).read(["reason"])
        shown = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "claim_card")]
        )
        self.assertEqual(shown.owner_company_id, self.warszawa)

    def test_own_branch_reads_its_claim_but_changes_nothing(self):
        claim = self._claim().with_env(self._as(self.piotr))
        [card] = self._banner(self.piotr)

        self.assertEqual(card["salesperson"], "Anna Test")
        self.assertTrue(card["is_own"])
        with self.assertRaises(AccessError):
            claim.write({"date_end": "2099-01-01"})
        for action in (claim.action_end, claim.action_extend):
            with self.assertRaises(AccessError):
                action()

    def test_manager_of_the_tree_ends_and_extends(self):
        claim = self._claim(ago=20).with_env(self._as(self.manager, self.gdansk))
        claim.action_extend()
        self.assertEqual(claim.date_end, self.today + timedelta(days=30))
        claim.action_end()
        self.assertEqual(claim.state, "ended")

    def test_other_tree_sees_nothing(self):
        self._claim()
        boss = self._make_seller(
            "boss.claim",
            self._make_company("Somebody Else"),
            groups="offer_repository.offer_repository_group_manager",
        )

        self.assertFalse(self._banner(boss))
        self.assertFalse(self._as(boss)["offer.claim"].search([]))

    def test_banner_needs_a_customer_that_the_reader_may_read(self):
        hidden = self._make_customer("Hidden", company_id=self.warszawa.id)
        self._claim(partner=hidden)

        with self.assertRaises(AccessError):
            self._banner(self.ewa, hidden)
        with self.assertRaises(ValidationError):
            self._as(self.ewa)["offer.claim"].claims_of("1")

    def test_banner_pauses_with_the_look_ups(self):
        self.krakow.offer_lookup_limit = 1
        self._claim()
        other = self._make_customer("Other", email=False)
        self._claim(partner=other)
        self.assertTrue(self._banner(self.ewa))

        self.assertFalse(self._banner(self.ewa, other))

    def test_take_over_is_asked_and_granted(self):
        claim = self._claim()
        [card] = self._banner(self.ewa)
        api = self._as(self.ewa)["offer.claim"]
        with self.assertRaises(UserError):
            api.request_takeover("made up", self.customer.id, "Please")
        api.request_takeover(card["key"], self.customer.id, "He lives next door.")
        request = self._as(self.anna)["offer.handover.request"].search([])
        self.assertEqual((request.user_id, request.state), (self.ewa, "asked"))
        self.assertEqual(claim.state, "live")

        with self.assertRaises(AccessError):
            request.with_env(self._as(self.ewa)).action_grant()
        request.action_grant()
        self.assertEqual(claim.state, "handed")
        [card] = self._banner(self.ewa)
        self.assertEqual((card["is_own"], card["salesperson"]), (True, "Ewa Test"))

    def test_refused_take_over_changes_nothing(self):
        claim = self._claim()
        [card] = self._banner(self.ewa)
        self._as(self.ewa)["offer.claim"].request_takeover(
            card["key"], self.customer.id, "Please"
        )
        self._as(self.anna)["offer.handover.request"].search([]).action_refuse()

        self.assertEqual(claim.state, "live")

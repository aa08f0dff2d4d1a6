from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..models.offer_conflict_effects import Terms
from .common_conflict import ConflictCommon


class ClaimCommon(ConflictCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claims = cls.env["offer.claim"]
        cls.today = fields.Date.context_today(cls.claims)

    def _claim(self, user=None, partner=None, ago=0, days=30, **values):
        """Return a claim of the user's branch, as if granted some days ago."""
        user = user or self.anna
        tree = self.root._offer_tree()
        identity = self.env["offer.identity"]._identity_of(
            partner or self.customer, tree
        )
        claim = self.claims._grant(
            identity, user.company_id, "manual", days, user_id=user.id, **values
        )
        start = self.today - timedelta(days=ago)
        claim.write({"date_start": start, "date_end": start + timedelta(days=days)})
        return claim

    def _contact(self, user, ago, **values):
        return self.env["contact.interaction"].create(
            {
                "partner_id": self.customer.id,
                "user_id": user.id,
                "company_id": user.company_id.id,
                "channel": "call",
                "direction": "outgoing",
                "state": "answered",
                "occurred_at": fields.Datetime.now() - timedelta(days=ago),
                **values,
            }
        )

    def _review(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_claim_review")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def _banner(self, user, partner=None):
        return self._as(user)["offer.claim"].claims_of((partner or self.customer).id)


@tagged("post_install", "-at_install")
class TestClaim(ClaimCommon):
    def test_customer_is_claimed_once(self):
        self._claim()

        with self.assertRaisesRegex(ValidationError, "Meridian Warszawa"):
            self._claim(self.ewa)

    def test_goods_can_be_claimed_apart_but_not_within_each_other(self):
        machines = self.env["product.category"].create({"name": "Machines"})
        lathes = self.env["product.category"].create(
            {"name": "Lathes", "parent_id": machines.id}
        )
        service = self.env["product.category"].create({"name": "Service"})
        self._claim(category_id=lathes.id)
        self._claim(self.ewa, category_id=service.id)

        for category in (machines, lathes, self.env["product.category"]):
            with (
                self.subTest(category=category.name),
                self.assertRaises(ValidationError),
            ):
                self._claim(self.marta, category_id=category.id)

    def test_what_has_run_out_is_in_nobodys_way(self):
        old = self._claim(ago=31)
        self._claim(self.ewa)

        self.assertEqual(old.state, "released")

    def test_claim_is_of_the_whole_identity(self):
        other = self._make_customer("Somebody else for now", email=False)
        tree = self.root._offer_tree()
        identity = self.env["offer.identity"]._identity_of(self.customer, tree)
        self.env["offer.identity.member"].create(identity._member_values(other.id, {}))
        self._claim()

        with self.assertRaises(ValidationError):
            self._claim(self.ewa, partner=other)

    def test_older_claim_holds_when_contacts_are_merged(self):
        other = self._make_customer("Lacznik again", email=False, vat=False)
        younger = self._claim(self.ewa, partner=other, ago=2)
        older = self._claim(ago=5)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.customer | other).ids, self.customer)

        self.assertEqual((older.state, younger.state), ("live", "ended"))
        self.assertEqual(older.identity_id, younger.identity_id)
        self.assertIn("Meridian Warszawa", younger.end_reason)
        self.assertEqual(self._banner(self.ewa)[0]["branch"], "Meridian Warszawa")

    def test_identity_of_one_stays_while_it_is_claimed(self):
        claim = self._claim()
        tree = self.root._offer_tree()
        self.env["offer.identity"].sudo()._derive([self.customer.id], tree)

        self.assertTrue(claim.identity_id.exists())

    def test_decision_claims_and_undo_lets_go(self):
        before = self._claim(self.marta)
        case = self._collide().with_env(self._as(self.manager))
        case._decide("keep", "First.", self.warszawa, Terms(claim_days=60))
        claim = self.claims.search([("conflict_id", "=", case.id)])

        self.assertEqual((claim.company_id, claim.user_id), (self.warszawa, self.anna))
        self.assertEqual(claim.date_end, self.today + timedelta(days=60))
        self.assertEqual(before.state, "ended")
        case.action_undo()
        self.assertEqual((claim.state, before.state), ("ended", "live"))

    def test_manager_claims_by_hand(self):
        env = self._as(self.manager)
        values = {
            "partner_id": self.customer.id,
            "company_id": self.krakow.id,
            "user_id": self.ewa.id,
            "days": 14,
            "reason": "Frame agreement",
        }
        env["offer.claim.grant"].create(values).action_grant()
        claim = self.claims.search([("company_id", "=", self.krakow.id)])

        self.assertEqual((claim.origin, claim.days), ("manual", 14))
        with self.assertRaises(AccessError):
            self._as(self.ewa)["offer.claim.grant"].create(values)
        stranger = self._make_company("Somebody Else")
        self.manager.company_ids |= stranger
        with self.assertRaisesRegex(ValidationError, "no branch"):
            env["offer.claim.grant"].create(
                {**values, "company_id": stranger.id}
            ).action_grant()


@tagged("post_install", "-at_install")
class TestClaimReview(ClaimCommon):
    def test_contact_of_the_branch_extends(self):
        claim = self._claim(ago=20)
        self._contact(self.anna, ago=3)
        self._review()

        self.assertEqual(claim.date_end, self.today + timedelta(days=27))
        self.assertEqual(claim.date_contact, self.today - timedelta(days=3))

    def test_what_is_no_contact_of_the_branch_does_not(self):
        claim = self._claim(ago=20)
        end = claim.date_end
        self._contact(self.ewa, ago=3)
        self._contact(self.anna, ago=3, state="missed")
        self._contact(self.anna, ago=3, direction="incoming", state="missed")
        self._contact(self.anna, ago=3, is_automatic=True)
        self._contact(self.anna, ago=25)
        self._review()

        self.assertEqual((claim.date_end, claim.state), (end, "live"))

    def test_claim_without_contact_ends_with_its_term(self):
        claim = self._claim(ago=31)
        self._review()

        self.assertEqual(claim.state, "released")
        self.assertFalse(self._banner(self.ewa))

    def test_salesperson_is_warned_once(self):
        claim = self._claim(ago=25)
        self._review()
        claim.date_reviewed = False
        self._review()

        self.assertEqual(claim.activity_ids.user_id, self.anna)
        self.assertEqual(len(claim.activity_ids), 1)

    def test_who_does_not_want_to_be_warned_is_not(self):
        self.anna.offer_conflict_notify = False
        claim = self._claim(ago=25)
        self._review()

        self.assertFalse(claim.activity_ids)

    def test_review_goes_on_where_it_stopped(self):
        claims = self._claim(ago=31)
        for number in range(4):
            partner = self._make_customer(f"Customer {number}", email=False)
            claims |= self._claim(partner=partner, ago=31)
        claims[:2].date_reviewed = self.today
        cron = self.env.ref("offer_repository.ir_cron_offer_claim_review")
        cron.code = "model._cron_review(batch=1)"
        self._review()

        self.assertEqual(set(claims[2:].mapped("state")), {"released"})
        # ... and leaves alone what it did today
        self.assertEqual(set(claims[:2].mapped("state")), {"live"})

    def test_first_offer_claims_where_that_is_policy(self):
        (self.warszawa | self.krakow).offer_claim_on_first_offer = True
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa)
        self._review()
        claim = self.claims.search([("origin", "=", "first_offer")])

        self.assertEqual((claim.company_id, claim.user_id), (self.warszawa, self.anna))
        self.assertEqual(claim.date_end, self.today + timedelta(days=30))

    def test_first_offers_beyond_a_batch_are_granted_in_the_same_run(self):
        self.warszawa.offer_claim_on_first_offer = True
        for number in range(3):
            partner = self._make_customer(f"First {number}", email=False)
            self._make_sent_offer(self.anna, partner=partner)
        time_left = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60
        )
        with time_left:
            self.claims._grant_first_offers(batch=1)

        self.assertEqual(self.claims.search_count([("origin", "=", "first_offer")]), 3)

    def test_first_offers_that_found_no_time_wake_the_job_up_again(self):
        self.warszawa.offer_claim_on_first_offer = True
        for number in range(2):
            partner = self._make_customer(f"Late {number}", email=False)
            self._make_sent_offer(self.anna, partner=partner)
        cron = self.env.ref("offer_repository.ir_cron_offer_claim_review")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        out_of_time = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=0
        )
        with out_of_time:
            self.assertFalse(self.claims._grant_first_offers(batch=1))

        left = self.env["offer.offer"].search_count(
            [("claim_check_pending", "=", True)]
        )
        self.assertEqual(left, 1)
        self.assertTrue(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        )

    def test_first_offer_claims_nothing_without_policy(self):
        self._make_sent_offer(self.anna)
        self._review()

        self.assertFalse(self.claims.search([("company_id", "=", self.warszawa.id)]))

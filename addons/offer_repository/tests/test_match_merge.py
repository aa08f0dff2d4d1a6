from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from .common_match import MatchCommon

MERGERS = "offer_repository.offer_repository_group_manager,base.group_partner_manager"


class MergeCommon(MatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merger = cls._make_seller(
            "merger.test", cls.root | cls.warszawa | cls.krakow, groups=MERGERS
        )
        cls.twin = cls._make_customer("LACZNIK", phone="22/123-45-67")
        cls.twin.country_id = cls.poland

    def setUp(self):
        super().setUp()
        self.pair = self._scan(self.twin)


@tagged("post_install", "-at_install")
class TestMatchMergeTour(MergeCommon, HttpCase):
    """The merge in a browser, by the weakest user who may do it."""

    def test_merge_from_the_review(self):
        (self.root | self.warszawa | self.krakow).iap_enrich_auto_done = True
        order = self._make_order(self.ewa, partner=self.twin)
        self.matches.search([("id", "!=", self.pair.id)]).judgement = "later"
        source_id = self.twin.id
        self.start_tour(
            "/odoo/customer-matches",
            "offer_repository_merge",
            login=self.merger.login,
            timeout=120,
        )

        self.assertFalse(self.twin.exists())
        self.assertEqual(order.partner_id, self.customer)
        merge = self.env["offer.partner.merge"].search(
            [("source_res_id", "=", source_id)]
        )
        self.assertEqual(
            (merge.partner_id, merge.user_id), (self.customer, self.merger)
        )


@tagged("post_install", "-at_install")
class TestMatchMergeDialog(MergeCommon):
    """Merging from the review, by a manager who may merge contacts."""

    def _dialog(self, user=None, **values):
        pair = self.pair.with_env(self._as(user or self.merger))
        action = pair.action_merge()
        return pair.env[action["res_model"]].browse(action["res_id"])

    def test_preview_counts_what_will_move_and_changes_nothing(self):
        order = self._make_order(self.ewa, partner=self.twin)
        self.env["res.partner"].create({"name": "Jan", "parent_id": self.twin.id})
        dialog = self._dialog()

        self.assertEqual(dialog.dst_partner_id, self.customer)
        self.assertEqual(dialog.src_partner_id, self.twin)
        self.assertIn("Sales Order: 1", dialog.preview)
        self.assertIn("Contact: 1", dialog.preview)
        self.assertNotIn("Customer Key", dialog.preview)
        self.assertEqual(order.partner_id, self.twin)

    def test_preview_follows_the_choice(self):
        self._make_order(self.ewa, partner=self.twin)
        with Form(self._dialog()) as form:
            form.dst_partner_id = self.twin
            self.assertNotIn("Sales Order", form.preview or "")
            form.dst_partner_id = self.customer
            self.assertIn("Sales Order", form.preview)

    def test_records_of_one_name_are_told_apart(self):
        self.twin.write({"name": self.customer.name, "city": "Radom"})
        dialog = self._dialog()

        self.assertIn(f"ID {dialog.dst_partner_id.id}", dialog.dst_about)
        self.assertIn(f"ID {self.twin.id}, Radom, since", dialog.src_about)
        dialog.dst_partner_id = self.twin
        self.assertIn("Radom", dialog.dst_about)

    def test_merge_moves_everything_and_is_written_down(self):
        order = self._make_order(self.ewa, partner=self.twin)
        source_id = self.twin.id
        self._dialog().action_merge()

        self.assertFalse(self.twin.exists())
        self.assertEqual(order.partner_id, self.customer)
        merge = self.env["offer.partner.merge"].search(
            [("source_res_id", "=", source_id)]
        )
        self.assertEqual(merge.target_res_id, self.customer.id)
        self.assertEqual(
            (merge.partner_id, merge.user_id), (self.customer, self.merger)
        )
        self.assertEqual(merge.moved["sale.order"], 1)
        log = self.env["offer.partner.match.log"].search(
            [("right_res_id", "=", source_id)]
        )
        self.assertEqual((log.judgement, log.user_id), ("same", self.merger))

    def test_merge_outside_of_ours_is_written_down_too(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.customer | self.twin).ids, self.twin)
        third = self._make_customer("Third")
        wizard._merge((self.twin | third).ids, third)
        merges = self.env["offer.partner.merge"].search([], limit=2)

        self.assertEqual(
            merges.mapped("source_res_id"), [self.twin.id, self.customer.id]
        )
        self.assertEqual(merges[1].target_res_id, self.twin.id)
        self.assertEqual(merges.partner_id, third)

    def test_records_of_two_branches_are_not_merged(self):
        own = self._make_own(phone="22/123-45-67")
        pair = self._scan(own).with_env(self._as(self.merger, self.krakow))
        possible, reason = pair._merge_check()

        self.assertFalse(possible)
        self.assertIn("linked, not merged", reason)
        self.assertFalse(pair.review_data()["merge"]["is_possible"])
        dialog = pair.env["offer.partner.match.merge"].create(
            {"match_id": pair.id, "dst_partner_id": self.customer.id}
        )
        with self.assertRaises(UserError):
            dialog.action_merge()

    def test_obstacles_are_told_before_the_click(self):
        self.twin.email = "other@lacznik.example"
        pair = self.pair.with_env(self._as(self.merger))
        self.assertIn("other@lacznik.example", pair._merge_check()[1])
        self.twin.email = self.customer.email
        self.assertEqual(pair._merge_check(), (True, ""))
        pair._judge("different")

        self.assertIn("not to be one", pair._merge_check()[1])

    def test_branch_that_is_off_is_named(self):
        (self.customer | self.twin).company_id = self.krakow
        pair = self.pair.with_env(self._as(self.merger, self.warszawa))
        self.assertIn("Switch on Meridian Kraków", pair._merge_check()[1])

        pair = self.pair.with_env(self._as(self.merger, self.krakow))
        self.assertEqual(pair._merge_check(), (True, ""))

    def test_only_one_of_the_two_may_stay(self):
        dialog = self._dialog()
        dialog.dst_partner_id = self._make_customer("Third")
        with self.assertRaises(UserError):
            dialog.action_merge()

    def test_staff_are_not_offered_it(self):
        self.ewa.group_ids = [
            Command.link(self.env.ref("base.group_partner_manager").id)
        ]
        pair = self.pair.with_env(self._as(self.ewa))

        self.assertEqual(
            pair.review_data()["merge"], {"is_possible": False, "reason": ""}
        )
        with self.assertRaises(AccessError):
            pair.action_merge()
        with self.assertRaises(AccessError):
            pair.env["offer.partner.merge"].search([])

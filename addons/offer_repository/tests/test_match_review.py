from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .common_match import NIP, MatchCommon


class ReviewCommon(MatchCommon):
    """Ewa of Kraków has entered customers that are shared by all branches again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._make_own(vat="526-000-12-46", city="Kraków")
        cls.likely = cls._make_own("Lacznik Handel", city="Warszawa")
        cls.customer.city = "Warszawa"

    def setUp(self):
        super().setUp()
        # By hand: how sure the comparison is of them is not what is tested here.
        self.pair = self._make_pair(self.own, "certain", 9, vat_equal=10.5)
        self.likely_pair = self._make_pair(self.likely, "probable", 4, phone_equal=6.0)

    def _make_pair(self, partner, verdict, points, **evidence):
        """Return the pair of the shared customer and ``partner``, as if just found."""
        domain = self.matches._pair_domain(partner.ids, self.tree)
        self.matches.search(domain).unlink()
        return self.matches.create(
            {
                "left_partner_id": self.customer.id,
                "right_partner_id": partner.id,
                "anchor_company_id": self.root.id,
                "verdict": verdict,
                "points": points,
                "score": 0.9,
                "evidence": [
                    {"code": code, "points": value, "left": NIP, "right": NIP}
                    for code, value in evidence.items()
                ],
            }
        )

    def _data(self, user, pair=None, company=None):
        pair = (pair or self.pair).with_env(self._as(user, company))
        pair.env.invalidate_all()
        return pair.review_data()


@tagged("post_install", "-at_install")
class TestMatchReview(ReviewCommon):
    def test_queue_holds_what_waits_surest_first(self):
        self._make_pair(self._make_own("Sister"), "possible", 0)
        queue = self._as(self.ewa)["offer.partner.match"].review_queue()
        own = [one for one in queue["match_ids"] if one in self._ours()]

        self.assertEqual(own, [self.pair.id, self.likely_pair.id])
        self.pair._judge("same")
        queue = self._as(self.ewa)["offer.partner.match"].review_queue()
        self.assertNotIn(self.pair.id, queue["match_ids"])

    def _ours(self):
        domain = self.matches._pair_domain(self.customer.ids, self.tree)
        return self.matches.search(domain).ids

    def test_queue_of_chosen_pairs_keeps_their_order_and_drops_unreadable_ones(self):
        foreign = self._make_own("W", company=self.warszawa)
        foreign_pair = self._make_pair(foreign, "certain", 9)
        chosen = [self.likely_pair.id, foreign_pair.id, self.pair.id]
        queue = self._as(self.ewa)["offer.partner.match"].review_queue(chosen)

        self.assertEqual(queue["match_ids"], [self.likely_pair.id, self.pair.id])

    def test_queue_of_what_is_no_number_is_refused_clearly(self):
        queue = self._as(self.ewa)["offer.partner.match"].review_queue
        for wrong in (["abc"], "abc", [[1]], [True]):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError):
                queue(wrong)
        self.assertEqual(queue([2**40])["match_ids"], [])

    def test_one_of_the_waiting_pairs_is_shown_among_them(self):
        matches = self._as(self.ewa)["offer.partner.match"]
        queue = matches.review_queue(self.likely_pair.ids)

        self.assertEqual(queue["match_ids"], matches.review_queue()["match_ids"])
        self.assertEqual(queue["match_ids"][queue["start"]], self.likely_pair.id)
        self.likely_pair._judge("different")
        queue = matches.review_queue(self.likely_pair.ids)
        self.assertEqual(queue["match_ids"], self.likely_pair.ids)

    def test_country_code_makes_no_other_number(self):
        mark = self.matches._review_mark
        for name, left, right, expected in (
            ("vat", "PL5260001246", "526-000-12-46", "same"),
            ("phone", "+48 22 123 45 67", "(022) 123-45-67", "same"),
            ("phone", "+48 22 123 45 67", "+48 22 123 45 68", "differs"),
            ("phone", "45 67", "22 123 45 67", "differs"),
            ("zip", "1230001", "30001", "differs"),
            ("city", "Kraków", "KRAKÓW", "same"),
        ):
            with self.subTest(left=left, right=right):
                self.assertEqual(mark(name, left, right), expected)

    def test_fields_are_aligned_and_marked(self):
        rows = {row["name"]: row for row in self._data(self.ewa)["fields"]}

        self.assertEqual(rows["vat"]["values"], [NIP, "526-000-12-46"])
        self.assertEqual(rows["vat"]["mark"], "same")
        self.assertEqual(rows["city"]["mark"], "differs")
        self.assertEqual(rows["phone"]["mark"], "single")
        self.assertNotIn("website", rows)
        # Equal by chance, as of customers imported on one day: no evidence.
        self.assertEqual(rows["create_date"]["mark"], "none")

    def test_contact_persons_are_named_without_the_company(self):
        self._make_customer("Jan Nowak", is_company=False, parent_id=self.own.id)
        rows = {row["name"]: row for row in self._data(self.ewa)["fields"]}

        self.assertEqual(rows["child_ids"]["values"][1], "Jan Nowak")

    def test_evidence_adds_up_to_the_score(self):
        data = self._data(self.ewa)
        total = data["base"] + sum(row["points"] for row in data["evidence"])

        self.assertAlmostEqual(total, data["points"], places=1)
        self.assertIn("Same tax number", [row["text"] for row in data["evidence"]])

    def test_offers_and_contacts_go_by_the_readers_rights(self):
        foreign = self._make_sent_offer(self.anna)
        own = self._make_sent_offer(self.ewa, partner=self.own)
        left, right = self._data(self.ewa)["sides"]

        self.assertEqual(left["offers"], [])
        self.assertTrue(all(entry["redacted"] for entry in left["contacts"]))
        self.assertNotIn(foreign.name, str(left))
        self.assertEqual([offer["id"] for offer in right["offers"]], own.ids)

    def test_manager_sees_both_sides_with_one_branch_switched_on(self):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=self.own)
        data = self._data(self.manager, company=self.gdansk)

        self.assertEqual(data["sides"][1]["name"], "LACZNIK")
        self.assertEqual([len(side["offers"]) for side in data["sides"]], [1, 1])
        queue = self._as(self.manager, self.gdansk)["offer.partner.match"]
        self.assertIn(self.pair.id, queue.review_queue()["match_ids"])

    def test_pair_of_another_branch_is_closed_to_staff(self):
        foreign = self._make_own("W", company=self.warszawa)
        pair = self._make_pair(foreign, "certain", 9)
        with self.assertRaises(AccessError):
            self._data(self.ewa, pair)

    def test_log_is_for_managers(self):
        self.pair._judge("same", "I know them")

        self.assertEqual(self._data(self.ewa)["log"], [])
        [log] = self._data(self.manager)["log"]
        self.assertEqual(log["judgement"], "Same customer")
        self.assertEqual(log["reason"], "I know them")

    def test_certain_ones_are_confirmed_together_and_no_others(self):
        pairs = (self.pair | self.likely_pair).with_env(self._as(self.ewa))
        action = pairs.action_same_certain()

        self.assertEqual(self.pair.judgement, "same")
        self.assertEqual(self.likely_pair.judgement, "pending")
        self.assertIn("confirmed: 1, left as they are: 1.", action["params"]["message"])

    def test_archived_customers_are_not_reviewed(self):
        self.own.active = False
        queue = self._as(self.ewa)["offer.partner.match"].review_queue()

        self.assertNotIn(self.pair.id, queue["match_ids"])


@tagged("post_install", "-at_install")
class TestMatchReviewTour(ReviewCommon, HttpCase):
    """The whole review by keyboard, as a salesperson of one branch."""

    def setUp(self):
        super().setUp()
        self._make_sent_offer(self.ewa, partner=self.own)
        story = self.pair | self.likely_pair
        others = self.matches.search([("id", "not in", story.ids)])
        others.judgement = "later"

    def test_review_by_keyboard(self):
        self.root.iap_enrich_auto_done = True
        self.krakow.iap_enrich_auto_done = True
        self.start_tour(
            "/odoo/customer-matches",
            "offer_repository_review",
            login=self.ewa.login,
            timeout=120,
        )

        self.assertEqual(self.pair.judgement, "same")
        self.assertEqual(self.pair.judged_by_id, self.ewa)
        self.assertEqual(self.likely_pair.judgement, "different")
        self.assertEqual(self.likely_pair.judgement_reason, "Other owner")
        events = self.likely_pair.log_ids.sorted("id").mapped("event")
        self.assertEqual(events, ["judged", "undone", "judged"])

    def test_certain_ones_are_confirmed_from_the_list(self):
        (self.root | self.krakow).iap_enrich_auto_done = True
        self.start_tour(
            "/odoo/customer-matches",
            "offer_repository_review_bulk",
            login=self.ewa.login,
        )

        self.assertEqual(self.pair.judged_by_id, self.ewa)
        self.assertEqual(self.likely_pair.judgement, "pending")


@tagged("post_install", "-at_install")
class TestMatchReviewNarrow(ReviewCommon, HttpCase):
    """The same on a telephone, by touch."""

    browser_size = "400x800"
    touch_enabled = True

    def test_review_on_a_telephone(self):
        (self.root | self.krakow).iap_enrich_auto_done = True
        self._make_pair(self.own, "certain", 9, name_equal_some=9.0, email_few=4.0)
        self.start_tour(
            "/odoo/customer-review",
            "offer_repository_review_narrow",
            login=self.ewa.login,
        )

        self.assertEqual(self.likely_pair.judgement, "later")

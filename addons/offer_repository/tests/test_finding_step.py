from odoo.tests import tagged

from ..models import offer_search_question, offer_search_rows
from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFindingInStep(FindingCommon):
    """Words follow what they are made of, and lists find, sort and group by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._make_read_offer(cls.anna)

    def test_sending_only_notes_the_offer(self):
        before = self.env["offer.search.queue"].search_count([])
        offer = self._make_sent_offer(self.anna, lines=[(self.mill, 1, 1.0)])
        self.assertFalse(self._find(self.anna, "FM2"))

        self.env["offer.search.queue"]._catch_up()
        self.assertEqual(self.env["offer.search.queue"].search_count([]), before + 1)
        self._read_words()

        self.assertEqual(self._find(self.anna, "FM2"), offer)

    def test_the_job_works_off_the_queue(self):
        offer = self._make_sent_offer(self.anna, lines=[(self.mill, 1, 1.0)])
        self.env["offer.search.queue"]._catch_up()
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_search_index"
            ).method_direct_trigger()

        self.assertEqual(self._find(self.anna, "FM2"), offer)
        self.assertFalse(self.env["offer.search.queue"].search_count([]))

    def test_a_renamed_customer_is_found_by_the_new_name(self):
        self.customer.name = "Toczydło Nowe"
        self._read_words()

        self.assertEqual(self._find(self.anna, "toczydlo"), self.offer)
        # as it was called when it was sent
        self.assertEqual(self._find(self.anna, "lacznik"), self.offer)

    def test_a_merged_customer_is_found_by_the_name_that_stays(self):
        stays = self._make_customer("Mechanika Zbiorcza", email=False)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | stays).ids, stays, extra_checks=False)
        self._read_words()

        self.assertEqual(self._find(self.anna, "zbiorcza"), self.offer)

    def test_other_records_of_the_same_customer_lend_their_names(self):
        twin = self._make_customer("Elementy Toczone Gamma", vat="5260001246")
        self.customer.vat = "5260001246"
        tree = self.warszawa._offer_tree()
        self.env["offer.identity"].sudo().create(
            {
                "name": "Same",
                "anchor_company_id": self.env["offer.identity"]._anchor(tree).id,
                "member_ids": [
                    (0, 0, {"partner_id": one.id, "verdict": "certain"})
                    for one in (self.customer, twin)
                ],
            }
        )
        self._read_words()
        self.assertEqual(self._find(self.anna, "gamma"), self.offer)

        members = self.env["offer.identity.member"].sudo()
        members.search([("partner_id", "=", twin.id)]).unlink()
        self._read_words()

        self.assertFalse(self._find(self.anna, "gamma"))

    def test_forgotten_people_are_not_found(self):
        contact = self.env["res.partner"].create(
            {"name": "Zenobia Qwark", "parent_id": self.customer.id}
        )
        offer = self._make_read_offer(self.anna, partner=contact)
        self.assertEqual(self._find(self.anna, "qwark"), offer)

        contact.name = "Somebody"
        offer.revision_ids._forget_people()
        self._read_words()

        self.assertFalse(self._find(self.anna, "qwark"))

    def test_words_that_no_offer_has_are_forgotten(self):
        words = self.env["offer.search.word"]
        words._learn({"qwarkowska"})

        words._gc_words()

        self.assertFalse(words.search([("word", "=", "qwarkowska")]))
        self.assertTrue(words.search([("word", "=", "lacznik")]))

    def test_everything_can_be_read_anew_in_the_background(self):
        self.env.cr.execute("DELETE FROM offer_search_document")
        self.assertFalse(self._find(self.anna, "lacznik"))

        admin = self._make_seller(
            "admin.test",
            self.root,
            groups="offer_repository.offer_repository_group_admin",
        )
        action = self._as(admin)["offer.job"].action_schedule_search()
        job = self.env["offer.job"].browse(action["res_id"])
        job._run_at_once()

        self.assertEqual(job.state, "done")
        self.assertEqual(self._find(self.anna, "lacznik"), self.offer)

    def test_another_language_has_everything_read_anew(self):
        queue = self.env["offer.search.queue"]
        queue._note_languages()
        self.assertFalse(self.env["offer.job"].search([("kind", "=", "search")]))

        self.env["res.lang"]._activate_lang("de_DE")
        queue._note_languages()

        self.assertTrue(self.env["offer.job"].search([("kind", "=", "search")]))
        self.assertIn("german", self.env["offer.search.document"]._languages())

    def test_german_words_in_any_form(self):
        self.env["res.lang"]._activate_lang("de_DE")
        offer = self._make_read_offer(self.anna, note="<p>Mit zwei Maschinen</p>")

        self.assertEqual(self._find(self.anna, "maschine"), offer)
        self.assertEqual(self._find(self.anna, "maschinen"), offer)

    def test_the_list_is_in_order_of_rank_unless_sorted(self):
        named = self._make_customer("Lathe Partners")
        best = self._make_sent_offer(self.anna, partner=named)
        later = self._make_sent_offer(self.anna)
        self._read_words()
        offers = self._as(self.anna)["offer.offer"]
        domain = [("search_text", "ilike", "lathe")]

        self.assertEqual(offers.search(domain)[0].id, best.id)
        self.assertEqual(
            offers.search(domain, order="id desc").ids,
            (later | best | self.offer).sorted("id", reverse=True).ids,
        )
        self.assertEqual(offers.search_count(domain), 3)
        self.assertEqual(offers.search(domain, offset=1, limit=1).ids != best.ids, True)
        self.assertEqual(offers.search(["!", *domain]).ids, [])
        self.assertEqual(offers.search_count([("search_text", "ilike", "")]), 3)
        self.assertEqual(offers.search_count([("search_text", "=", "lathe")]), 3)

    def test_the_list_narrows_what_was_searched(self):
        won = self._make_sent_offer(self.anna)
        won._set_state("lost", only_from=("sent",))
        self._read_words()
        offers = self._as(self.anna)["offer.offer"]
        text = ("search_text", "ilike", "lathe")

        self.assertEqual(offers.search([text, ("state", "=", "lost")]).ids, won.ids)
        self.assertEqual(
            offers.search([text, ("state", "=", "sent")], limit=1).ids, self.offer.ids
        )
        both = ["|", text, ("state", "=", "lost")]
        self.assertEqual(set(offers.search(both).ids), {won.id, self.offer.id})

    def test_what_very_many_have_is_found_by_date(self):
        later = self._make_read_offer(self.anna)
        self.patch(offer_search_question, "_RARE", 0)
        offers = self._as(self.anna)["offer.offer"]
        domain = [("search_text", "ilike", "lathe")]

        self.assertEqual(
            set(self._find(self.anna, "lathe").ids), {later.id, self.offer.id}
        )
        self.assertFalse(self._find(self.ewa, "lathe"))
        self.assertEqual(len(offers.search(domain)), 2)
        self.assertEqual(len(offers.search([*domain, ("id", "=", later.id)])), 1)

    def test_a_common_word_is_looked_for_among_the_newest(self):
        self.patch(offer_search_question, "_MANY", -1)
        self.patch(offer_search_question, "_COST_OF_FOUND", 1e9)
        self.patch(offer_search_rows, "CAP", 1)
        later = self._make_read_offer(self.anna)

        question = self._as(self.anna)["offer.search"]._question("lathe")
        self.assertTrue(question.depth)
        self.assertIsNone(question.ids)
        found = self._find(self.anna, "lathe")
        self.assertEqual(set(found.ids), {later.id, self.offer.id})
        self.assertFalse(self._find(self.ewa, "lathe"))
        self.assertFalse(self._find(self.ewa, "lathe", facets={"state": ["sent"]}))

    def test_own_offers_are_found_behind_newer_ones_of_colleagues(self):
        """Piotr reads his own only; what is newer fills no place of his."""
        own = self._make_read_offer(self.piotr)
        for _number in range(3):
            self._make_sent_offer(self.anna)
        self._read_words()
        for module, name, value in (
            (offer_search_rows, "CAP", 1),
            (offer_search_rows, "_FEWEST", 1),
            (offer_search_rows, "_SPARE", 1),
        ):
            self.patch(module, name, value)
        self.assertEqual(self._find(self.piotr, "lathe"), own)

        self.patch(offer_search_question, "_MANY", -1)
        self.patch(offer_search_question, "_COST_OF_FOUND", 1e9)
        self.assertEqual(self._find(self.piotr, "lathe"), own)

    def test_a_rare_word_beside_common_ones(self):
        other = self._make_customer("Osobliwa Odlewnia")
        rare = self._make_read_offer(self.anna, partner=other)
        estimate = type(self.env["offer.search"])._query_estimate
        self.patch(
            type(self.env["offer.search"]),
            "_query_estimate",
            lambda search, tsquery=None: (
                1e6 if "lath" in str(tsquery) else estimate(search, tsquery)
            ),
        )

        self.assertEqual(self._find(self.anna, "osobliwa lathe"), rare)
        self.assertFalse(self._find(self.anna, "osobliwa lathe -odlewnia"))
        self.assertFalse(self._find(self.ewa, "osobliwa lathe"))

    def test_products_categories_and_discount_follow_the_current_version(self):
        order = self.offer.order_id.with_env(self._as(self.anna))
        self.assertEqual(self.offer.product_ids, self.lathe)
        order.order_line.discount = 25
        order.write({"order_line": [self._line_command((self.mill, 1, 20000.0))]})
        self._send(order)
        self._read_words()

        self.assertEqual(self.offer.product_ids, self.lathe | self.mill)
        self.assertEqual(self.offer.categ_ids, self.lathe.categ_id)
        self.assertAlmostEqual(self.offer.discount, 20.0)
        groups = self._as(self.anna)["offer.offer"].formatted_read_group(
            [], ["product_ids"], ["__count"]
        )
        self.assertEqual(len(groups), 2)

        order.order_line[0].unlink()
        self._send(order)
        self._read_words()
        self.assertEqual(self.offer.product_ids, self.mill)

    def test_amounts_fall_into_ranges(self):
        self.assertEqual(self.offer.amount_range, "d")

    def test_the_first_page_is_drawn(self):
        self.assertEqual(self.offer.document_kind, "pdf")
        self.assertTrue(self.offer.with_env(self._as(self.anna)).thumbnail)
        foreign = self.offer.with_env(self._as(self.ewa))
        self.assertFalse(foreign.search([("id", "=", self.offer.id)]))

    def test_a_broken_document_leaves_an_icon(self):
        order = self._make_order(self.anna)
        broken = self._make_attachment(self.anna, "b.pdf", b"%PDF-1.4 broken")
        self._send(order, attachment_ids=[(6, 0, broken.ids)])
        offer = self._offer_of(order)
        self._read_words()

        self.assertEqual(offer.document_kind, "pdf")
        self.assertFalse(offer.thumbnail)

    def test_readers_plan_activities_on_offers(self):
        offer = self.offer.with_env(self._as(self.anna))

        offer.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call", user_id=self.anna.id
        )

        self.assertEqual(offer.activity_ids.user_id, self.anna)

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ALL_DOCUMENTS
from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFindingAccess(FindingCommon):
    """The search shows nobody what the rules do not, in no count and no snippet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls._make_customer("Sekretna Huta Szkła")
        cls.offer = cls._make_sent_offer(
            cls.anna, partner=cls.secret, lines=[(cls.lathe, 1, 123456.0)]
        )
        cls.own = cls._make_sent_offer(cls.ewa, lines=[(cls.mill, 1, 1000.0)])
        cls._read_words()
        cls.env["contact.disclosure"].sudo().search([])  # the log starts empty

    def _log(self, user, kind="offer_view"):
        self.env.flush_all()
        return self.env["contact.disclosure"].search(
            [("user_id", "=", user.id), ("kind", "=", kind)]
        )

    def assertNothing(self, user, text):
        answer = self._answer(user, text)
        self.assertEqual(answer["results"], [], text)
        self.assertEqual(answer["total"], 0)
        self.assertFalse(answer["is_similar"])
        self.assertFalse(any(facet["values"] for facet in answer["facets"]))

    # ------------------------------------------------------------------
    # Who finds what
    # ------------------------------------------------------------------

    def test_other_branch_finds_nothing_by_any_word(self):
        for text in (self.offer.name, "huta", "hutta", "CX400", "123456", "lathe"):
            self.assertNothing(self.ewa, text)
            found = self._as(self.ewa)["offer.offer"].search(
                [("search_text", "ilike", text)]
            )
            self.assertFalse(found)

    def test_counts_are_of_what_the_reader_may_see(self):
        answer = self._answer(self.ewa, "")

        self.assertEqual([row["id"] for row in answer["results"]], self.own.ids)
        self.assertEqual(answer["total"], 1)
        for facet in answer["facets"]:
            self.assertEqual(sum(row["count"] for row in facet["values"]), 1)
        self.assertNotIn("Warszawa", str(answer))

    def test_facets_open_no_other_branch(self):
        facets = {"company_id": self.warszawa.ids}

        answer = self._answer(self.ewa, "", facets=facets)

        self.assertEqual(answer["results"], [])
        self.assertEqual(answer["total"], 0)

    def test_slips_are_not_decided_by_what_others_have(self):
        """Whether somebody else has a customer NOWKA must not show."""
        mine = self._make_read_offer(self.ewa, partner=self._make_customer("Nowak"))
        self.assertEqual(self._find(self.ewa, "nowka"), mine)

        self._make_read_offer(self.anna, partner=self._make_customer("Nowka"))

        self.assertEqual(self._find(self.ewa, "nowka"), mine)

    def test_colleague_with_own_documents_finds_nothing_of_others(self):
        self.assertNothing(self.piotr, "huta")
        boss = self._make_seller("boss.test", self.warszawa, groups=ALL_DOCUMENTS)
        self.assertEqual(self._find(boss, "huta"), self.offer)

    def test_manager_finds_the_whole_tree(self):
        self.assertEqual(self._find(self.manager, "huta"), self.offer)
        stranger = self._make_seller(
            "stranger.test",
            self._make_company("Unrelated holding"),
            groups="offer_repository.offer_repository_group_manager",
        )
        self.assertNothing(stranger, "huta")

    def test_who_does_not_sell_is_refused(self):
        clerk = new_test_user(self.env, "clerk.test", groups="base.group_user")
        search = self.env(user=clerk)["offer.search"]

        for call in (
            lambda: search.find("x"),
            lambda: search.preview(self.offer.id),
            lambda: search.env["offer.check"].find_elsewhere("huta"),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_words_and_queue_are_nobodys_to_read(self):
        for model in ("document", "word", "queue"):
            rows = self._as(self.manager)[f"offer.search.{model}"]
            with self.assertRaises(AccessError):
                rows.search_read([])
            with self.assertRaises(AccessError):
                rows.create({})

    # ------------------------------------------------------------------
    # Opening what belongs to another branch
    # ------------------------------------------------------------------

    def test_preview_refuses_without_saying_what_is_there(self):
        search = self._as(self.ewa)["offer.search"]
        for offer_id in (self.offer.id, 2**30):
            with self.assertRaises(AccessError) as caught:
                search.preview(offer_id)
            self.assertNotIn(self.offer.name, str(caught.exception))
        with self.assertRaises(ValidationError):
            search.preview("1 OR 1=1")
        self.assertFalse(self._log(self.ewa))

    def test_preview_shows_own_offers_and_logs_nothing(self):
        preview = self._as(self.anna)["offer.search"].preview(self.offer.id)

        self.assertEqual(preview["name"], self.offer.name)
        self.assertIn("Huta", str(preview["figures"]))
        self.assertEqual(len(preview["lines"]), 1)
        self.assertTrue(preview["documents"])
        self.assertFalse(preview["is_foreign"])
        self.assertFalse(self._log(self.anna))

    def test_a_managers_look_at_another_branchs_offer_is_logged(self):
        search = self._as(self.manager)["offer.search"]
        search.find("huta")
        self.assertFalse(self._log(self.manager))

        preview = search.preview(self.offer.id)

        self.assertTrue(preview["is_foreign"])
        row = self._log(self.manager)
        self.assertEqual(row.owner_company_id, self.warszawa)
        self.assertEqual(row.partner_id, self.secret)
        self.assertEqual((row.level, row.res_id), ("content", self.offer.id))

    def test_opening_the_form_is_logged_as_such_and_the_list_is_not(self):
        offers = self._as(self.manager)["offer.offer"]
        offers.web_search_read([("id", "=", self.offer.id)], {"name": {}})
        self.assertFalse(self._log(self.manager))

        offers.browse(self.offer.id).web_read({"name": {}})
        offers.browse(self.offer.id).web_read({"name": {}})

        self.assertEqual(len(self._log(self.manager)), 1)
        self.assertEqual(
            self._log(self.manager).with_context(lang="en_US").kind, "offer_view"
        )

    def test_a_context_cannot_keep_it_out_of_the_log(self):
        offers = self._as(self.manager)["offer.offer"]
        listing = offers.with_context(
            offer_repository_shown=[[self.warszawa.id], "[]"],
            offer_repository_listing=True,
        )

        listing.browse(self.offer.id).web_read({"name": {}})

        self.assertTrue(self._log(self.manager))

    def test_reading_must_not_run_where_it_cannot_be_logged(self):
        self.assertFalse(type(self.env["offer.offer"]).web_read._readonly)

    # ------------------------------------------------------------------
    # Other branches' customers
    # ------------------------------------------------------------------

    def _elsewhere(self, user, text):
        return self._as(user)["offer.check"].find_elsewhere(text)

    def test_another_branch_is_told_by_a_card(self):
        for text in ("Sekretna Huta Szkła", "sekretna huta szkla"):
            with self.subTest(text=text):
                answer = self._elsewhere(self.ewa, text)
                [card] = answer["cards"]
                self.assertEqual(card["branch"], self.warszawa.name)
                self.assertNotIn(self.offer.name, str(answer))
                self.assertNotIn("123456", str(answer))
        self.assertEqual(self._log(self.ewa, "offer_card").res_id, self.offer.id)

    def test_only_customers_are_asked_about(self):
        for text in ("lathe", "CX400", self.offer.name, "12", "", "\0", "%"):
            answer = self._elsewhere(self.ewa, text)
            self.assertFalse(answer["cards"], text)
        self.assertFalse(self._log(self.ewa, "offer_card"))
        with self.assertRaises(ValidationError):
            self._elsewhere(self.ewa, 5)

    def test_the_limit_of_look_ups_holds(self):
        self.krakow.offer_lookup_limit = 1
        self._elsewhere(self.ewa, "Sekretna Huta Szkła")
        self.env.flush_all()

        answer = self._elsewhere(self.ewa, "Sekretna Huta Szkła")

        self.assertTrue(answer["limited"])
        self.assertFalse(answer["cards"])

    def test_the_own_branchs_offers_are_no_news(self):
        self.assertFalse(self._elsewhere(self.anna, "Sekretna Huta Szkła")["cards"])

    def test_offers_that_are_over_are_not_told(self):
        self.offer._set_state("lost", only_from=("sent",))

        self.assertFalse(self._elsewhere(self.ewa, "Sekretna Huta Szkła")["cards"])


@tagged("post_install", "-at_install")
class TestFindingDocuments(FindingCommon, HttpCase):
    # A test's cursor opens no second one that can write, as a real one does.
    _registry_readonly_enabled = False

    def test_documents_and_pictures_open_for_readers_only_and_are_logged(self):
        offer = self._make_read_offer(self.anna)
        document = offer.current_revision_id.document_ids
        addresses = {
            f"/web/content/{document.id}": 1,
            f"/web/image/offer.offer/{offer.id}/thumbnail": 0,
        }
        for user, may_read in ((self.ewa, False), (self.manager, True)):
            self.authenticate(user.login, user.login)
            self.opener.cookies["cids"] = str(user.company_id.id)
            for address in addresses:
                with self.subTest(user=user.login, address=address):
                    answer = self.url_open(address, allow_redirects=False)
                    is_file = answer.status_code == 200 and answer.content in (
                        document.raw,
                        offer.thumbnail,
                    )
                    if "content" in address:
                        self.assertEqual(is_file, may_read)
                    elif not may_read:
                        self.assertNotEqual(
                            answer.headers.get("Content-Disposition"), "thumbnail"
                        )
        rows = self.env["contact.disclosure"].search([("kind", "=", "offer_view")])
        self.assertEqual(rows.user_id, self.manager)
        self.assertEqual(rows.owner_company_id, self.warszawa)

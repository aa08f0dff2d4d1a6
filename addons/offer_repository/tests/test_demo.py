from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoRefused(TransactionCase):
    """Runs everywhere: the story must never get into a real database."""

    def _demo_ids(self):
        # The model offer.demo itself is there in every database.
        return self.env["ir.model.data"].search(
            [
                ("module", "=", "offer_repository"),
                ("name", "=like", "%_demo"),
                ("model", "!=", "ir.model"),
            ]
        )

    def test_demo_records_are_there_only_when_demo_data_was_asked_for(self):
        module = self.env.ref("base.module_offer_repository")

        self.assertEqual(bool(self._demo_ids()), module.demo)

    def test_story_is_refused_without_demo_data(self):
        self._demo_ids().unlink()
        before = self.env["sale.order"].search_count([])

        with self.assertRaisesRegex(UserError, "has none"):
            self.env["offer.demo"]._load()

        self.assertEqual(self.env["sale.order"].search_count([]), before)


@tagged("offer_demo", "-standard", "post_install", "-at_install")
class TestDemoStory(TransactionCase):
    """Runs in a database with demo data only: ``--test-tags offer_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = cls._ref("company_root")
        cls.branches = cls.root.child_ids
        cls.of_branches = [("company_id", "in", cls.branches.ids)]

    @classmethod
    def _ref(cls, name):
        return cls.env.ref(f"offer_repository.{name}_demo")

    def _as(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        return self.env(
            user=user, context={"allowed_company_ids": user.company_ids.ids}
        )

    # ------------------------------------------------------------------
    # Enough of everything
    # ------------------------------------------------------------------

    def test_three_branches_with_two_salespeople_each(self):
        staff = self.env["res.users"].search(
            [("company_id", "in", self.branches.ids), ("share", "=", False)]
        )

        self.assertEqual(len(self.branches), 3)
        for branch in self.branches:
            people = staff.filtered(
                lambda user, branch=branch: user.company_ids == branch
            )
            self.assertEqual(len(people), 2, branch.name)
            alone = people.filtered(
                lambda user: (
                    not user.has_group("sales_team.group_sale_salesman_all_leads")
                )
            )
            self.assertEqual(len(alone), 1, branch.name)

    def test_polish_prices_have_one_space_between_the_thousands(self):
        self.assertEqual(self.env.ref("base.lang_pl").thousands_sep, "\u00a0")

    def test_offers_of_all_states_over_half_a_year(self):
        offers = self.env["offer.offer"].search(self.of_branches)

        self.assertGreaterEqual(len(offers), 60)
        self.assertEqual(
            set(offers.mapped("state")), {"sent", "won", "lost", "cancelled", "expired"}
        )
        first, last = (
            min(offers.mapped("date_first_sent")),
            max(offers.mapped("date_last_sent")),
        )
        self.assertGreater((last - first).days, 120)
        self.assertGreater(
            len(offers.filtered(lambda offer: offer.revision_count > 1)), 5
        )

    def test_every_revision_holds_the_document_that_went_out(self):
        revisions = self.env["offer.revision"].search(self.of_branches)

        for revision in revisions:
            document = revision.document_ids.sorted("id")[:1]
            self.assertEqual(document.mimetype, "application/pdf")
            self.assertLessEqual(revision.date, self.env.cr.now())
        for branch in self.branches:
            self.assertFalse(self.env["offer.revision"]._verify_company(branch))

    def test_conflicts_open_and_decided_in_every_way(self):
        conflicts = self.env["offer.conflict"].search(
            [("company_ids", "in", self.branches.ids)]
        )
        decided = conflicts.filtered(lambda conflict: conflict.state == "decided")

        self.assertGreaterEqual(len(conflicts - decided), 2)
        self.assertEqual(
            set(decided.mapped("decision")), {"keep", "joint", "align", "allow", "none"}
        )
        for conflict in decided:
            self.assertEqual(conflict.decided_by_id.login, "helena.manager")
            self.assertLess(conflict.date_detected, conflict.decided_at)

    def test_decisions_did_something_and_margins_are_known(self):
        effects = self.env["offer.conflict.effect"].search(
            [("conflict_id.company_ids", "in", self.branches.ids)]
        )
        codes = set(effects.mapped("code"))
        self.assertLessEqual({"withdraw", "draft", "tell"}, codes)
        report = self._as("helena.manager")["offer.conflict.report"].search([])
        self.assertTrue(report.filtered("given_away"))
        self.assertEqual(set(report.mapped("caught")), {"before", "after"})
        self.assertTrue(report.filtered("sold_margin"))

    def test_one_decision_is_young_enough_to_be_taken_back(self):
        cases = self._as("helena.manager")["offer.conflict"].search(
            [("state", "=", "decided")]
        )
        young = cases.filtered("is_undoable")

        self.assertEqual(young.decision, "keep")
        self.assertLessEqual(young.decided_at, self.env.cr.now())
        self.assertTrue(young.effect_ids)

    def test_something_is_past_its_time_for_the_retention(self):
        env = self._as("admin.offers")
        preview = env["offer.retention.purge"].create(
            {"company_id": self._ref("company_gdansk").id}
        )

        self.assertEqual(preview.revision_count, 1)
        self.assertTrue(preview.document_count)
        self.assertEqual(preview.revision_ids.offer_id.state, "lost")

    def test_saved_search_has_news(self):
        subscription = self._ref("offer_search_subscription_large")

        news = subscription._as_reader()._news(subscription.last_at)

        self.assertGreaterEqual(len(news), 2)

    def test_claims_live_ending_and_over(self):
        claims = self.env["offer.claim"].search(self.of_branches)

        self.assertEqual(set(claims.mapped("state")), {"live", "released"})
        self.assertTrue(claims.activity_ids, "one runs out soon")

    def test_quotation_of_gdansk_waits_for_its_release(self):
        request = self.env["offer.release.request"].search(self.of_branches)

        self.assertEqual(request.state, "asked")
        self.assertTrue(request.has_draft)
        self.assertEqual(request.activity_ids.user_id.login, "helena.manager")
        self.assertTrue(request.rival_offer_ids)

    def test_customers_said_how_satisfied_they_were(self):
        rows = self.env["offer.satisfaction"].search(self.of_branches)

        self.assertEqual(set(rows.mapped("mark")), {"good", "middle", "bad"})
        self.assertFalse(rows.filtered(lambda row: row.outcome not in ("won", "lost")))
        # Odoo's own demo data mails its people; none may go to the customers asked
        ours = Domain("model", "=like", "offer.%") | Domain(
            "recipient_ids", "in", rows.partner_id.ids
        )
        waiting = Domain("state", "=", "outgoing")
        self.assertFalse(self.env["mail.mail"].search(waiting & ours))

    def test_contacts_on_all_channels(self):
        contacts = self.env["contact.interaction"].search(
            [*self.of_branches, ("origin", "=", "demo")]
        )
        channels = dict(contacts._fields["channel"].selection)

        self.assertGreaterEqual(len(contacts), 100)
        self.assertEqual(set(contacts.mapped("channel")), set(channels))
        self.assertLessEqual(max(contacts.mapped("occurred_at")), self.env.cr.now())

    def test_nothing_waits_to_be_mailed(self):
        orders = self.env["sale.order"].search(self.of_branches)
        waiting = self.env["mail.mail"].search(
            [("model", "=", "sale.order"), ("res_id", "in", orders.ids)]
        )

        self.assertFalse(waiting)

    # ------------------------------------------------------------------
    # The key customer
    # ------------------------------------------------------------------

    def test_warszawa_has_a_live_offer_for_the_key_customer(self):
        order = self._ref("sale_order_w01")
        offer = order.offer_ids

        self.assertTrue(offer.is_live)
        self.assertEqual(offer.user_id.login, "anna.warszawa")
        self.assertEqual(offer.revision_count, 1)
        message = order.message_ids.filtered("attachment_ids")
        self.assertEqual(
            message.attachment_ids.raw, offer.current_revision_id.document_ids.raw
        )

    def test_krakow_has_the_key_customer_and_no_offer_yet(self):
        customer = self._ref("res_partner_lacznik_krakow")
        offers = self.env["offer.offer"].search([("partner_id", "=", customer.id)])

        self.assertFalse(offers)
        self.assertFalse(customer.sale_order_ids)

    def test_krakow_is_told_whom_to_call_about_the_key_customer(self):
        customer = self._ref("res_partner_lacznik_krakow")
        values = {"model": "sale.order", "partner_id": customer.id, "res_id": False}

        answer = self._as("ewa.krakow")["offer.check"].check_customer(values)

        (card,) = answer["cards"]
        self.assertEqual(card["salesperson"], "Anna Nowak")
        self.assertEqual(card["phone"], "+48 22 555 01 11")

    def test_the_sent_offer_is_in_the_contact_history_of_warszawa(self):
        customer = self._ref("res_partner_lacznik_warszawa")
        order = self._ref("sale_order_w01")

        page = customer.with_env(self._as("anna.warszawa")).contact_history_page()

        pointers = [(entry["res_model"], entry["res_id"]) for entry in page["entries"]]
        self.assertIn(("sale.order", order.id), pointers)

    def test_sending_in_krakow_opens_a_conflict_and_the_other_sides_history(self):
        ewa, helena = self._as("ewa.krakow"), self._as("helena.manager")
        customer = self._ref("res_partner_lacznik_krakow").with_env(ewa)
        product = self._ref("product_product_lathe")
        line = Command.create({"product_id": product.id, "price_unit": 352000})
        order = ewa["sale.order"].create(
            {"partner_id": customer.id, "order_line": [line]}
        )

        order.action_quotation_sent()

        conflict = order.sudo().offer_ids.conflict_ids.with_env(helena)
        self.assertEqual(conflict.spread_amount, 389000 - 352000)
        self.assertFalse(conflict.with_env(ewa).has_access("read"))
        entries = customer.contact_history_page()["entries"]
        other = [entry for entry in entries if entry["redacted"]]
        self.assertIn("email", [entry["channel"] for entry in other])
        self.assertEqual(
            {entry["company_name"] for entry in other}, {"Meridian Warszawa"}
        )
        self.assertFalse(any(entry["subject"] for entry in other))

    # ------------------------------------------------------------------
    # Repeating
    # ------------------------------------------------------------------

    def test_loading_again_adds_nothing(self):
        models = (
            "sale.order",
            "offer.revision",
            "offer.conflict",
            "contact.interaction",
        )
        before = [self.env[model].search_count([]) for model in models]

        self.env["offer.demo"]._load()

        self.assertEqual([self.env[model].search_count([]) for model in models], before)

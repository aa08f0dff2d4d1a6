from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ALL_DOCUMENTS, OfferCommon

_MODELS = ("offer.offer", "offer.revision", "offer.revision.line")


@tagged("post_install", "-at_install")
class TestArchiveAccess(OfferCommon):
    """A salesperson of Kraków gets nothing of Warszawa's offers, by any call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret_product = cls._make_product("Secret press SP-9", "SP9", 123456.0)
        cls.offer = cls._make_sent_offer(
            cls.anna,
            lines=[(cls.secret_product, 1, 123456.0)],
            client_order_ref="SECRET-REF",
        )
        cls.revision = cls.offer.current_revision_id
        cls.document = cls.revision.document_ids
        cls.records = {
            "offer.offer": cls.offer,
            "offer.revision": cls.revision,
            "offer.revision.line": cls.revision.line_ids,
        }
        cls.ewa.group_ids += cls.env.ref("base.group_allow_export")
        # a real one of her own, so that empty answers are not just an empty archive
        cls.own = cls._make_sent_offer(cls.ewa)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _secrets(self):
        return (self.offer.name, "123456", "123,456", "Secret press", "SECRET-REF")

    def assertNothing(self, answer):
        text = str(answer)
        for secret in self._secrets():
            self.assertNotIn(secret, text)

    def _foreign(self, user):
        """Yield model by model the foreign records as ``user`` holds them."""
        self.env.invalidate_all()
        for model, records in self.records.items():
            yield model, records.with_env(self._as(user))

    def test_search_and_counts_find_own_offers_only(self):
        for model, foreign in self._foreign(self.ewa):
            with self.subTest(model=model):
                found = foreign.search([])
                self.assertTrue(found)
                self.assertFalse(found & foreign)
                self.assertEqual(foreign.search_count([("id", "in", foreign.ids)]), 0)
                self.assertNothing(foreign.name_search("", limit=None))
                self.assertNothing(foreign.search_read([]))

    def test_search_cannot_be_used_to_guess_values(self):
        guesses = {
            "offer.offer": [("amount_total", ">", 100000)],
            "offer.revision": [("line_ids.product_code", "=", "SP9")],
            "offer.revision.line": [("revision_id.payload", "like", "SP9")],
        }
        for model, foreign in self._foreign(self.ewa):
            self.assertEqual(foreign.search_count(guesses[model]), 0)

    def test_direct_reads_are_refused_without_saying_what_is_there(self):
        calls = {
            "read": lambda records: records.read(),
            "web_read": lambda records: records.web_read(
                {"display_name": {}, "company_id": {"fields": {"display_name": {}}}}
            ),
            "display_name": lambda records: records.mapped("display_name"),
            "export": lambda records: records.export_data(["id", "display_name"]),
            "copy": lambda records: records.copy_data(),
        }
        for model, foreign in self._foreign(self.ewa):
            for name, call in calls.items():
                with self.subTest(model=model, call=name):
                    foreign.invalidate_recordset()
                    with self.assertRaises(AccessError) as caught:
                        call(foreign)
                    self.assertNothing(caught.exception)

    def test_refused_changes_say_nothing_of_what_is_there(self):
        for model, foreign in self._foreign(self.ewa):
            for call in (lambda records: records.write({}), lambda r: r.unlink()):
                with self.subTest(model=model), self.assertRaises(UserError) as caught:
                    call(foreign)
                self.assertNothing(caught.exception)

    def test_public_methods_check_access_first(self):
        offer = self.offer.with_env(self._as(self.ewa))

        for method in (offer.action_open_order, offer.action_open_revisions):
            with self.assertRaises(AccessError):
                method()
        with self.assertRaises(AccessError):
            offer.order_id.action_open_offer_revisions()
        with self.assertRaises(AccessError):
            offer.order_id.offer_document_is_built_in()

    def test_groupings_hold_own_offers_only(self):
        groupings = {
            "offer.offer": (["company_id"], ["amount_total:sum"]),
            "offer.revision": (["company_id"], ["amount_total:sum"]),
            "offer.revision.line": (["product_id"], ["price_subtotal:sum"]),
        }
        for model, foreign in self._foreign(self.ewa):
            groupby, aggregates = groupings[model]
            with self.subTest(model=model):
                rows = foreign.formatted_read_group([], groupby, aggregates)
                self.assertTrue(rows)
                self.assertNothing(rows)
                self.assertNothing(foreign._read_group([], groupby, aggregates))
                self.assertNotIn("Warszawa", str(rows))

    def test_documents_are_out_of_reach(self):
        self.env.invalidate_all()
        document = self.document.with_env(self._as(self.ewa))

        self.assertFalse(document.search([("id", "=", document.id)]))
        self.assertFalse(
            document.search(
                [
                    ("res_model", "=", "offer.revision"),
                    ("res_id", "=", self.revision.id),
                ]
            )
        )
        for field in ("raw", "datas", "name", "checksum", "index_content"):
            with self.subTest(field=field), self.assertRaises(AccessError) as caught:
                document.read([field])
            self.assertNothing(caught.exception)

    def test_customers_page_and_button_count_own_offers_only(self):
        self.env.invalidate_all()
        customer = self.customer.with_env(self._as(self.ewa))

        self.assertEqual(customer.offer_count, 1)
        action = customer.action_open_offers()
        self.assertEqual(
            customer.env["offer.offer"].search(action["domain"]),
            self.own.with_env(customer.env),
        )

    def test_colleague_with_own_documents_sees_nothing_either(self):
        for model, foreign in self._foreign(self.piotr):
            with self.subTest(model=model):
                self.assertFalse(foreign.search([("id", "in", foreign.ids)]))
                self.assertFalse(foreign.has_access("read"))

    def test_colleague_with_all_documents_sees_the_branch(self):
        boss = self._make_seller("boss.test", self.warszawa, groups=ALL_DOCUMENTS)
        for model, records in self._foreign(boss):
            with self.subTest(model=model):
                self.assertEqual(records.search([("id", "in", records.ids)]), records)
        self.assertFalse(self.own.with_env(self._as(boss)).has_access("read"))

    def test_salesperson_sees_the_own_offer_and_its_documents(self):
        for model, records in self._foreign(self.anna):
            with self.subTest(model=model):
                self.assertTrue(records.read(["display_name"]))
        document = self.document.with_env(self._as(self.anna))
        self.assertEqual(document.raw[:5], b"%PDF-")

    def test_manager_sees_every_branch_whatever_is_switched_on(self):
        for model, records in self._foreign(self.manager):
            with self.subTest(model=model):
                here = records.with_context(allowed_company_ids=self.gdansk.ids)
                self.assertEqual(here.search([("id", "in", records.ids)]), here)

    def test_manager_of_another_tree_sees_nothing(self):
        other = self._make_company("Unrelated holding")
        stranger = self._make_seller(
            "stranger.test",
            other,
            groups="offer_repository.offer_repository_group_manager",
        )
        for model, foreign in self._foreign(stranger):
            with self.subTest(model=model):
                self.assertFalse(foreign.search([]))
                self.assertFalse(foreign.has_access("read"))

    def test_nobody_may_change_the_archive(self):
        for user in (self.anna, self.manager):
            for model in _MODELS:
                records = self.env[model].with_env(self._as(user))
                for operation in ("create", "write", "unlink"):
                    with self.subTest(user=user.login, model=model, op=operation):
                        self.assertFalse(records.has_access(operation))

    def test_accountant_goes_on_reading_quotations(self):
        accountant = self._make_seller(
            "accountant.test", self.warszawa, groups="account.group_account_invoice"
        )
        order = self.offer.order_id.with_env(self._as(accountant))

        (values,) = order.read()

        self.assertEqual(values["name"], self.offer.name)
        self.assertNotIn("offer_ids", values)

    def test_portal_and_plain_users_have_no_access_at_all(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = self._make_seller(f"x.{groups}", self.warszawa, groups=groups)
            for model in _MODELS:
                with self.subTest(groups=groups, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))


@tagged("post_install", "-at_install")
class TestArchiveAccessHttp(HttpCase, OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._make_sent_offer(cls.anna).current_revision_id.document_ids

    def _urls(self):
        document = self.document
        yield f"/web/content/{document.id}"
        yield f"/web/content/{document.id}/offer.pdf?download=true"
        yield f"/web/content/offer.revision/{document.res_id}/payload"
        yield f"/web/content/ir.attachment/{document.id}/raw"
        yield f"/web/content/{document.id}?unique={document.checksum}"

    @mute_logger("odoo.http")
    def test_document_is_not_served_to_another_branch(self):
        self.authenticate("ewa.test", "ewa.test")
        for url in self._urls():
            with self.subTest(url=url):
                response = self.url_open(url)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn(b"%PDF-", response.content)

    def test_document_is_served_to_its_salesperson(self):
        self.authenticate("anna.test", "anna.test")

        response = self.url_open(f"/web/content/{self.document.id}")

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, self.document.raw)

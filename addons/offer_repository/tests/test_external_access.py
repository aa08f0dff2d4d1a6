import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_external import ExternalCommon

MODELS = (
    "offer.intake",
    "offer.intake.line",
    "offer.document.text",
    "offer.import",
    "offer.import.column",
    "offer.import.row",
)


@tagged("post_install", "-at_install")
class TestExternalAccess(ExternalCommon):
    """Kraków sees nothing of what came in to Warszawa, by no way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.item = cls._upload(cls._table_pdf())
        cls.offer = cls._external_offer(data=cls._pdf("Razem brutto: 7,00 EUR"))
        cls.text = cls.offer.current_revision_id.document_text_ids
        cls.job = cls._as(cls.anna)["offer.import"].create(
            {"list_name": "a.csv", "list_file": b"YTtiCjE7Mg=="}
        )
        cls.job.action_read()
        cls.env["offer.import.row"].create({"import_id": cls.job.id, "number": 2})

    def _assert_hidden(self, user):
        env = self._as(user)
        for name in MODELS:
            self.assertFalse(env[name].search([]), name)
            self.assertEqual(env[name].search_count([]), 0, name)
            self.assertFalse(env[name]._read_group([], ["__count" and "id"], []), name)
        for record in (self.item, self.text, self.job):
            with self.assertRaises(AccessError):
                record.with_env(env).read()
        for document in (
            self.item.sudo().document_ids,
            self.offer.current_revision_id.document_ids,
        ):
            with self.assertRaises(AccessError):
                document.with_env(env).read(["raw"])

    def test_another_branch_sees_nothing(self):
        self._assert_hidden(self.ewa)

    def test_a_colleague_with_own_documents_only_sees_nothing(self):
        self._assert_hidden(self.piotr)

    def test_texts_cannot_be_searched_past_the_rules(self):
        revisions = self._as(self.ewa)["offer.revision"]

        self.assertFalse(revisions.search([("document_text", "ilike", "brutto")]))
        mine = self._as(self.anna)["offer.revision"]
        self.assertTrue(mine.search([("document_text", "ilike", "brutto")]))

    def test_branch_wide_item_is_for_everybody_in_it(self):
        self.item.user_id = False

        self.assertTrue(self.item.with_env(self._as(self.piotr)).has_access("write"))
        self.assertFalse(self.item.with_env(self._as(self.ewa)).has_access("read"))

    def test_actions_on_others_items_are_refused(self):
        item = self.item.with_env(self._as(self.ewa))
        for method in (
            "action_take",
            "action_discard",
            "action_bring_back",
            "action_open_offer",
        ):
            with self.assertRaises(AccessError):
                getattr(item, method)()
        job = self.job.with_env(self._as(self.ewa))
        for method in ("action_read", "action_check", "action_import", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(job, method)()

    def test_nobody_makes_or_deletes_rows_by_hand(self):
        env = self._as(self.anna)
        for name in ("offer.offer", "offer.intake", "offer.document.text"):
            with self.assertRaises(AccessError):
                env[name].create({})
        for record in (self.item, self.offer, self.text):
            with self.assertRaises(AccessError):
                record.with_env(env).unlink()
        with self.assertRaises(AccessError):
            self.job.with_env(self._as(self.ewa)).unlink()
        self.job.unlink()
        with self.assertRaises(AccessError):
            self.text.with_env(env).write({"text": "x"})
        with self.assertRaises(AccessError):
            self.offer.with_env(env).write({"origin": "import"})

    def test_only_what_people_confirm_is_written(self):
        for values in (
            {"state": "taken"},
            {"company_id": self.krakow.id},
            {"text": "x"},
            {"sha256": "x"},
            {"origin": "import"},
        ):
            with self.assertRaises(AccessError):
                self.item.write(values)
        for values in ({"state": "done"}, {"user_id": self.ewa.id}):
            with self.assertRaises(AccessError):
                self.job.write(values)
        with self.assertRaises(AccessError):
            self._as(self.anna)["offer.import"].create({"company_id": self.krakow.id})

    def test_foreign_records_cannot_be_linked_to_read_their_names(self):
        hidden = self._make_customer("Hidden", company_id=self.krakow.id)
        foreign = self._external_offer(self.ewa)
        for values in ({"partner_id": hidden.id}, {"offer_id": foreign.id}):
            with self.assertRaises(AccessError):
                self.item.write(values)

    def test_salesperson_must_work_in_the_branch(self):
        with self.assertRaisesRegex(UserError, "does not work in"):
            self.item.user_id = self.ewa

    def test_foreign_customers_are_not_proposed(self):
        self.warszawa.country_id = self.env.ref("base.pl")
        self._make_customer(
            "Hidden sp. z o.o.", company_id=self.krakow.id, vat="PL5252248481"
        )
        item = self._upload(self._pdf("NIP 525-224-84-81", "Razem 5,00 EUR"))

        self.assertFalse(item.partner_id)

    def test_wizards_do_not_open_foreign_offers(self):
        wizards = self._as(self.ewa)["offer.offer.correct"]
        with self.assertRaises(AccessError):
            wizards.with_context(default_offer_id=self.offer.id).default_get(
                ["offer_id", "partner_id"]
            )

    def test_closing_foreign_offers_is_refused(self):
        with self.assertRaises(AccessError):
            self._as(self.ewa)["offer.offer.close"].create(
                {"offer_ids": [Command.set(self.offer.ids)], "outcome": "lost"}
            ).action_close()
        self.assertEqual(self.offer.state, "sent")


@tagged("post_install", "-at_install")
class TestExternalUpload(ExternalCommon, HttpCase):
    """Files over HTTP, as the drop zone sends them."""

    def setUp(self):
        super().setUp()
        for user in (self.anna, self.ewa):
            user.password = "long.enough.1"

    def _post(self, login, files, **data):
        self.authenticate(login, "long.enough.1")
        return self.url_open(
            "/offer_repository/intake/upload",
            data={"csrf_token": http.Request.csrf_token(self), **data},
            files=[("ufile", file) for file in files],
        )

    def test_many_files_each_by_itself(self):
        self.warszawa.offer_unreadable_policy = "refuse"
        files = [("../a.pdf", self._pdf()), ("b.pdf", b"MZ"), ("c.pdf", self._pdf())]

        answer = json.loads(self._post("anna.test", files).content)

        self.assertEqual([item["name"] for item in answer["items"]], ["a.pdf", "c.pdf"])
        [refused] = answer["refused"]
        self.assertEqual(refused["name"], "b.pdf")
        self.assertIn("not what its name says", refused["message"])
        items = self.intakes.search([])
        self.assertEqual(len(items), 2)
        self.assertEqual(items.user_id, self.anna)
        self.assertEqual(items.company_id, self.warszawa)

    def test_branch_of_another_cannot_be_named(self):
        self._post("ewa.test", [("a.pdf", self._pdf())], company_id=self.warszawa.id)

        item = self._as(self.ewa)["offer.intake"].search([])
        self.assertEqual(item.company_id, self.krakow)

    def test_previews_of_others_are_not_served(self):
        item = self._upload()
        document = item.sudo().document_ids
        urls = (f"/web/content/{document.id}", f"/web/image/{document.id}")

        self.authenticate("anna.test", "long.enough.1")
        self.assertEqual(self.url_open(urls[0]).content, document.raw)
        self.authenticate("ewa.test", "long.enough.1")
        for url in urls:
            response = self.url_open(url)
            self.assertNotIn(b"%PDF", response.content)

    def test_who_does_not_sell_is_refused(self):
        self._make_seller(
            "clerk.test",
            self.warszawa,
            groups="base.group_user",
            password="long.enough.1",
        )
        with mute_logger("odoo.http"):
            response = self._post("clerk.test", [("a.pdf", self._pdf())])

        self.assertEqual(response.status_code, 403)
        self.assertFalse(self.env["offer.intake"].search([]))

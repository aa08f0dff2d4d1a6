from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from .common import OfferCommon

ADMIN = "offer_repository.offer_repository_group_admin"
_MODELS = ("offer.revision", "offer.revision.line", "offer.event")


class ImmutableCommon(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._make_sent_offer(cls.anna)
        cls.offer.order_id._action_cancel()
        cls.revision = cls.offer.current_revision_id
        cls.records = {
            "offer.revision": cls.revision,
            "offer.revision.line": cls.revision.line_ids,
            "offer.event": cls.offer.event_ids,
        }
        cls.admin = cls._make_seller(
            "admin.test", cls.warszawa, groups=f"{ADMIN},base.group_system"
        )
        cls.env["offer.revision"]._seal_all()
        cls.before = cls._dump()

    @classmethod
    def _dump(cls):
        cls.env.flush_all()
        rows = []
        for records in cls.records.values():
            table = SQL.identifier(records._table)
            cls.env.cr.execute(SQL("SELECT * FROM %s ORDER BY id", table))
            rows.append(cls.env.cr.fetchall())
        cls.env.cr.execute(
            "SELECT id, name, res_id, checksum, mimetype, type, public "
            "FROM ir_attachment WHERE res_model = 'offer.revision' ORDER BY id"
        )
        return rows, cls.env.cr.fetchall()

    def assertUntouched(self):
        self.env.invalidate_all()
        self.assertEqual(self._dump(), self.before)
        self.assertEqual(self.env["offer.revision"]._verify_company(self.warszawa), [])


@tagged("post_install", "-at_install")
class TestArchiveImmutable(ImmutableCommon):
    """No way that Odoo has for changing records reaches the archive."""

    def test_importing_over_existing_rows_changes_nothing(self):
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "the_revision",
                "model": "offer.revision",
                "res_id": self.revision.id,
            }
        )
        for user in (self.anna, self.admin, self.env.ref("base.user_root")):
            for fields, row in (
                ([".id", "amount_total"], [str(self.revision.id), "1"]),
                (["id", "amount_total"], ["__import__.the_revision", "1"]),
                (["offer_id/.id", "number"], [str(self.offer.id), "9"]),
            ):
                with self.subTest(user=user.login, fields=fields):
                    result = self._as(user)["offer.revision"].load(fields, [row])
                    self.assertFalse(result["ids"])
                    self.assertTrue(result["messages"])
        self.assertUntouched()

    def test_import_of_the_head_cannot_reach_its_revisions(self):
        offers = self._as(self.admin)["offer.offer"]

        result = offers.load(
            [".id", "revision_ids/.id", "revision_ids/amount_total"],
            [[str(self.offer.id), str(self.revision.id), "1"]],
        )

        self.assertFalse(result["ids"])
        self.assertUntouched()

    def test_merging_contacts_changes_no_evidence(self):
        other = self._make_customer("Lacznik sp. zoo", email=False)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (other | self.customer).ids, other
        )

        self.assertEqual(self.offer.partner_id, other)
        self.assertUntouched()

    def test_documents_move_to_another_storage_and_stay_what_they_were(self):
        order = self._make_order(self.anna)
        photo = self._png(2600, 2600)  # larger than what Odoo would shrink
        sheet = self._make_attachment(
            self.anna, "plan.png", photo, image_no_postprocess=True
        )
        self._send(order, attachment_ids=[(6, 0, sheet.ids)])
        documents = self.env["ir.attachment"].search(
            [("res_model", "=", "offer.revision")]
        )
        names = set(documents.mapped("store_fname"))

        for location in ("db", "file"):
            self.env["ir.config_parameter"].set_param(
                "ir_attachment.location", location
            )
            documents._migrate()
            self.env.invalidate_all()
            self.assertEqual(self._verify_of(order), [])
        self.assertEqual(set(documents.mapped("store_fname")), names)
        self.assertIn(
            photo, self._offer_of(order).revision_ids.document_ids.mapped("raw")
        )

    def _verify_of(self, order):
        return self.env["offer.revision"]._verify_company(order.sudo().company_id)

    def test_other_bytes_are_no_move(self):
        document = self.revision.document_ids
        for values in (
            {"raw": b"other", "mimetype": document.mimetype},
            {"raw": document.raw, "mimetype": "text/html"},
            {"raw": document.raw, "mimetype": document.mimetype, "name": "x"},
        ):
            with self.assertRaises(UserError):
                document.write(values)
        self.assertUntouched()

    def test_upgrade_of_the_addon_changes_nothing(self):
        context = {"module": "offer_repository"}
        self.env.registry.init_models(self.env.cr, _MODELS, context, install=False)

        self.assertUntouched()


@tagged("post_install", "-at_install")
class TestArchiveImmutableOverRpc(HttpCase, ImmutableCommon):
    """The same over the interface for programs, as everybody who may log in."""

    def _call(self, model, method, args, **kwargs):
        """Return the error of a call, None when it was carried out."""
        url = "/web/dataset/call_kw"
        payload = {
            "params": {"model": model, "method": method, "args": args, "kwargs": kwargs}
        }
        with mute_logger("odoo.http", "odoo.models"):
            response = self.url_open(url, json=payload, timeout=60)
        return response.json().get("error")

    def test_no_call_changes_or_adds_or_deletes_a_row(self):
        for user in (self.anna, self.manager, self.admin):
            self.authenticate(user.login, user.login)
            for model, records in self.records.items():
                ids = records.ids
                calls = (
                    ("write", [ids, {"company_id": self.warszawa.id}]),
                    ("web_save", [ids, {"company_id": self.warszawa.id}]),
                    ("web_save", [[], {"company_id": self.warszawa.id}]),
                    ("create", [[{"company_id": self.warszawa.id}]]),
                    ("name_create", ["x"]),
                    ("copy", [ids]),
                    ("unlink", [ids]),
                    ("action_archive", [ids]),
                    ("load", [[".id"], [[str(ids[0])]]]),
                )
                for method, args in calls:
                    with self.subTest(user=user.login, model=model, method=method):
                        options = {"specification": {}} if method == "web_save" else {}
                        error = self._call(model, method, args, **options)
                        if method in ("create", "write", "web_save", "copy", "unlink"):
                            self.assertTrue(error)
        self.assertUntouched()

    def test_private_ways_in_are_no_methods_of_the_interface(self):
        self.authenticate(self.admin.login, self.admin.login)
        for method in ("_forget_people", "_purge", "_append_row", "_seal", "_seal_all"):
            self.assertTrue(self._call("offer.revision", method, [self.revision.ids]))
        self.assertUntouched()

    def test_documents_withstand_every_call(self):
        document = self.revision.document_ids
        for user in (self.anna, self.admin):
            self.authenticate(user.login, user.login)
            for method, args in (
                ("write", [document.ids, {"res_id": 0}]),
                ("write", [document.ids, {"res_model": "res.partner", "res_id": 1}]),
                ("write", [document.ids, {"raw": "eA==", "mimetype": "text/plain"}]),
                ("write", [document.ids, {"datas": "eA=="}]),
                ("generate_access_token", [document.ids]),
                ("unlink", [document.ids]),
                ("copy", [document.ids]),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assertTrue(self._call("ir.attachment", method, args))
        self.assertUntouched()


@tagged("post_install", "-at_install")
class TestArchivePrivacyLookup(ImmutableCommon):
    """Odoo's own search for a person meets the archive and gets a clear answer."""

    def _lines(self):
        lookup = self.env["privacy.lookup.wizard"].create(
            {"name": self.customer.name, "email": self.customer.email}
        )
        lookup.action_lookup()
        return lookup.line_ids

    def test_offers_are_found_and_their_deletion_is_refused_in_words(self):
        line = self._lines().filtered(lambda one: one.res_model == "offer.offer")

        self.assertEqual(line.res_id, self.offer.id)
        with self.assertRaisesRegex(UserError, "Erase personal data"):
            line.action_unlink()
        self.assertUntouched()

    def test_contact_with_offers_is_not_deleted_and_the_way_out_is_told(self):
        line = self._lines().filtered(
            lambda one: (
                one.res_model == "res.partner" and one.res_id == self.customer.id
            )
        )
        order = self.offer.order_id
        order.sudo().unlink()

        with self.assertRaisesRegex(UserError, "has offers in the archive"):
            line.action_unlink()
        self.assertTrue(self.customer.exists())

    def test_rows_of_ours_never_end_in_an_error_of_the_database(self):
        for line in self._lines():
            if line.res_model.startswith(("offer.", "contact.")):
                with self.subTest(model=line.res_model), self.env.cr.savepoint() as one:
                    try:
                        line.action_unlink()
                    except (UserError, AccessError) as refusal:
                        self.assertNotIn("constraint", str(refusal))
                    one.rollback()
        self.assertUntouched()

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..evidence import FORMAT, sha256_hex
from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestRevisionImmutable(OfferCommon):
    """No way through the ORM changes what left the house, the superuser's included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._make_sent_offer(cls.anna)
        cls.revision = cls.offer.current_revision_id
        cls.document = cls.revision.document_ids

    def assertRefused(self, action):
        with self.assertRaisesRegex(UserError, "can never be added by hand"):
            action()

    def test_no_field_of_a_revision_can_be_written(self):
        for name, field in self.revision._fields.items():
            if field.store and name != "id":
                with self.subTest(field=name):
                    self.assertRefused(lambda name=name: self.revision.write({name: 0}))

    def test_revision_cannot_be_assigned_to_or_deleted(self):
        def assign():
            self.revision.amount_total = 1

        self.assertRefused(assign)
        self.assertRefused(self.revision.unlink)

    def test_no_context_opens_the_guards(self):
        keys = {
            "offer_repository_archive_key": True,
            "_force_unlink": True,
            "install_mode": True,
        }
        revision = self.revision.with_context(**keys)

        self.assertRefused(lambda: revision.write({"payload": "{}"}))
        self.assertRefused(revision.unlink)
        self.assertRefused(revision.line_ids.unlink)
        self.assertRefused(revision.document_ids.unlink)
        self.assertRefused(lambda: revision.copy())

    def test_revision_cannot_be_made_by_hand(self):
        self.assertRefused(lambda: self.revision.create({"offer_id": self.offer.id}))
        self.assertRefused(
            lambda: self.offer.write({"revision_ids": [(0, 0, {"number": 9})]})
        )

    def test_lines_cannot_be_changed_added_or_deleted(self):
        line = self.revision.line_ids

        self.assertRefused(lambda: line.write({"price_unit": 1}))
        self.assertRefused(line.unlink)
        self.assertRefused(lambda: line.create({"revision_id": self.revision.id}))

    def test_documents_cannot_be_changed_or_deleted(self):
        for values in ({"raw": b"x"}, {"name": "x"}, {"res_id": 1}, {"public": True}):
            with self.subTest(values=values):
                self.assertRefused(lambda values=values: self.document.write(values))
        self.assertRefused(self.document.unlink)
        self.assertRefused(self.document.generate_access_token)

    def test_document_cannot_be_smuggled_into_a_revision(self):
        sheet = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        target = {"res_model": "offer.revision", "res_id": self.revision.id}

        self.assertRefused(lambda: sheet.write(target))
        self.assertRefused(
            lambda: self.env["ir.attachment"].create({"name": "x", **target})
        )

    def test_deleting_a_product_empties_the_link_and_keeps_the_rest(self):
        product = self._make_product("Press P-1", "P1", 10)
        offer = self._make_sent_offer(self.anna, lines=[(product, 1, 10)])
        offer.order_id._action_cancel()
        offer.order_id.sudo().unlink()
        line = offer.current_revision_id.line_ids

        product.unlink()

        line.invalidate_recordset()
        self.assertFalse(line.product_id)
        self.assertEqual(line.product_code, "P1")
        self.assertIn("Press P-1", line.name)

    def test_head_cannot_be_changed_by_a_manager(self):
        offer = self.offer.with_env(self._as(self.manager))

        for operation in ("write", "create", "unlink"):
            self.assertFalse(offer.has_access(operation))


@tagged("post_install", "-at_install")
class TestRevisionChain(OfferCommon):
    def _verify(self, company=None):
        return [
            (found.code, found.sequence)
            for found in self.env["offer.revision"]._verify_company(
                company or self.warszawa
            )
        ]

    def _tamper(self, record, column, value):
        """Change a row the way only the database's administrator can."""
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(column),
                value,
                record.id,
            )
        )
        record.invalidate_recordset()

    def test_payload_holds_the_whole_offer_in_the_documented_format(self):
        revision = self._make_sent_offer(self.anna).current_revision_id

        payload = revision._payload_value()

        self.assertEqual(payload["format"], FORMAT)
        self.assertNotIn("sequence", payload["chain"])
        self.assertEqual(payload["content"]["totals"]["total"], "80000")
        self.assertEqual(payload["content"]["lines"][0]["product_code"], "CX400")
        self.assertEqual(
            [entry["sha256"] for entry in payload["documents"]],
            [sha256_hex(revision.document_ids.raw)],
        )

    def test_personal_data_is_beside_the_chain_only(self):
        revision = self._make_sent_offer(self.anna).current_revision_id

        self.assertNotIn("Mechaniczny", revision.payload)
        self.assertNotIn("lacznik.example", revision.payload)
        self.assertNotIn("Anna", revision.payload)
        self.assertEqual(revision.customer_name, self.customer.name)
        self.assertEqual(revision.salesperson_name, "Anna Test")

    def test_chains_of_branches_are_separate_and_without_gaps(self):
        for user in (self.anna, self.ewa, self.anna, self.ewa, self.anna):
            self._make_sent_offer(user)

        for company, length in ((self.warszawa, 3), (self.krakow, 2)):
            self.env["offer.revision"]._seal_all()
            revisions = self.env["offer.revision"].search(
                [("company_id", "=", company.id)], order="chain_seq"
            )
            self.assertEqual(revisions.mapped("chain_seq"), list(range(1, length + 1)))
            self.assertEqual(self._verify(company), [])

    def test_every_altered_part_is_found_and_named(self):
        self._make_sent_offer(self.anna)
        revision = self._make_sent_offer(self.anna).current_revision_id
        self._make_sent_offer(self.anna)
        people = revision.personal.replace("Mechaniczny", "Mechaniczn")
        cases = {
            "payload": revision.payload.replace("80000", "70000"),
            "personal": people,
            "payload_sha256": "0" * 64,
            "previous_hash": "0" * 64,
            "hash": "0" * 64,
            "chain_seq": 77,
        }
        for column, value in cases.items():
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self._tamper(revision, column, value)
                found = self._verify()
                self.assertTrue(found)
                self.assertTrue({2, 77} & {sequence for _code, sequence in found})
                savepoint.rollback()
                revision.invalidate_recordset()
        self.assertEqual(self._verify(), [])

    def test_altered_file_is_found(self):
        revision = self._make_sent_offer(self.anna).current_revision_id
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"%PDF other"})

        self._tamper(revision.document_ids, "store_fname", other.store_fname)

        self.assertEqual(set(self._verify()), {("document_altered", 1)})

    def test_removed_row_is_found(self):
        revisions = [
            self._make_sent_offer(self.anna).current_revision_id for _index in range(3)
        ]
        gone = revisions[1]
        self._tamper(gone.offer_id, "current_revision_id", None)
        self.env.cr.execute(
            SQL("DELETE FROM offer_revision_line WHERE revision_id = %s", gone.id)
        )
        self.env.cr.execute(SQL("DELETE FROM offer_revision WHERE id = %s", gone.id))
        self.env.invalidate_all()

        self.assertEqual(self._verify(), [("row_missing", 2), ("link_broken", 3)])

    def test_chain_stays_valid_when_the_world_changes(self):
        revision = self._make_sent_offer(self.anna).current_revision_id
        self.warszawa.name = "Renamed branch"
        self.customer.write({"name": "Renamed customer", "email": "new@example.com"})
        self.lathe.name = "Renamed product"
        self.anna.name = "Renamed seller"
        self.env["res.lang"]._activate_lang("pl_PL")
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.env.ref("base.USD").id,
                "rate": 9,
                "company_id": self.root.id,
            }
        )

        self.assertEqual(self._verify(), [])
        self.assertEqual(
            revision.customer_name, "Zakład Mechaniczny ŁĄCZNIK sp. z o.o."
        )

    def test_erased_person_keeps_the_chain_valid(self):
        revision = self._make_sent_offer(self.anna).current_revision_id

        revision._forget_people()

        self.assertEqual(self._verify(), [])
        self.assertFalse(revision.customer_name)
        self.assertIn("customer.name", revision.offer_id.event_ids.detail)

    def test_personal_data_that_nobody_logged_as_forgotten_is_missed(self):
        revision = self._make_sent_offer(self.anna).current_revision_id

        self._tamper(revision, "personal", '{"salts": {}, "values": {}}')

        self.assertIn(("personal_missing", 1), self._verify())

    def test_merging_contacts_moves_the_head_and_leaves_the_evidence(self):
        duplicate = self._make_customer("Lacznik sp. zoo", email=False)
        offer = self._make_sent_offer(self.anna, partner=duplicate)
        before = offer.current_revision_id.read(["payload", "personal", "hash"])
        self._make_sent_offer(self.anna, partner=self.customer)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (duplicate | self.customer).ids, self.customer
        )
        self.env.invalidate_all()

        self.assertFalse(duplicate.exists())
        self.assertEqual(offer.partner_id, self.customer)
        self.assertEqual(offer.commercial_partner_id, self.customer)
        self.assertEqual(
            offer.current_revision_id.read(["payload", "personal", "hash"]), before
        )
        self.assertEqual(offer.current_revision_id.customer_name, "Lacznik sp. zoo")
        self.assertEqual(self._verify(), [])

    def test_backfill_keeps_the_date_it_is_given(self):
        order = self._make_order(self.anna)
        when = fields.Datetime.from_string("2026-03-01 09:00:00")

        offer = order._offer_archive("sent", when=when)

        self.assertEqual(offer.date_first_sent, when)
        self.assertEqual(offer.current_revision_id.date, when)
        self.assertIn("2026-03-01T09:00:00Z", offer.current_revision_id.payload)

    def test_queries_of_one_archiving(self):
        order = self._make_order(self.anna, lines=[(self.lathe, 1, 80000)] * 20)
        self._make_sent_offer(self.anna)
        self.env.flush_all()

        before = self.env.cr.sql_log_count
        order._offer_archive("sent")
        self.env.flush_all()

        self.assertLess(self.env.cr.sql_log_count - before, 45)

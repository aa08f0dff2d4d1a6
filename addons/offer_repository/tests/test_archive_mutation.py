from pathlib import Path

from odoo.tests import tagged
from odoo.tools import SQL

from ..evidence import DocumentFile
from .common_archive import ArchiveCheckCommon

# What of an attachment the archive answers for. The rest is Odoo's: who and when, the
# text it found in the file.
DOCUMENT_COLUMNS = (
    "name",
    "mimetype",
    "file_size",
    "checksum",
    "store_fname",
    "res_model",
    "res_id",
    "res_field",
    "company_id",
    "type",
    "url",
    "public",
    "access_token",
    "description",
)
# Odoo's own, which no reader of the archive is shown as evidence.
ODOO_COLUMNS = {
    "create_date",
    "create_uid",
    "db_datas",  # the bytes, where no file has them: altered in a test of its own
    "index_content",
    "original_id",
    "write_date",
    "write_uid",
}


@tagged("post_install", "-at_install")
class TestArchiveMutation(ArchiveCheckCommon):
    """Each stored value and byte, altered in turn, names its row."""

    def assertEachNamed(self, record, columns, chain, sequence=2):
        self.assertEqual(self._verify(), [])
        for column, data_type in columns:
            with self.subTest(table=record._table, column=column):
                with self.env.cr.savepoint() as savepoint:
                    self._alter(record, column, data_type)
                    found = {
                        finding.sequence
                        for finding in self._verify()
                        if finding.chain == chain
                    }
                    self.assertIn(sequence, found)
                    savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self._verify(), [])

    def test_every_column_of_a_revision(self):
        columns = self._columns("offer_revision")

        self.assertGreater(len(columns), 15)
        self.assertEachNamed(self.revision, columns, "revision")

    def test_every_column_of_a_revision_made_outside(self):
        item_sudo, _refusal = self._as(self.anna)["offer.intake"]._upload(
            "Oferta.pdf", b"%PDF-1.4 cannot be read", self.warszawa
        )
        values = {
            "partner_id": self.customer.id,
            "amount_total": 5,
            "amount_untaxed": 4,
            "external_number": "OF/1",
            "date": "2026-11-05",
            "date_valid_until": "2031-01-31",
        }
        item_sudo.write(values)
        item_sudo.with_env(self._as(self.anna)).action_take()
        revision = item_sudo.offer_id.current_revision_id
        self.env["offer.revision"]._seal_all()
        # one more behind it: that the last one was cut off, only an anchor tells
        self._make_sent_offer(self.anna)
        self.env["offer.revision"]._seal_all()
        self.env["offer.offer"].create(
            {
                "name": "SPARE 2",
                "company_id": self.warszawa.id,
                "currency_id": self.currency.id,
            }
        )

        self.assertEqual(revision.chain_seq, 4)
        columns = self._columns("offer_revision")
        self.assertEachNamed(revision, columns, "revision", sequence=4)
        files = [
            column
            for column in self._columns("ir_attachment")
            if column[0] in DOCUMENT_COLUMNS
        ]
        self.assertEachNamed(revision.document_ids, files, "revision", sequence=4)

    def test_every_column_of_a_line(self):
        # costs lie beside the evidence, not in it: docs/decisions/0024
        columns = [
            column
            for column in self._columns("offer_revision_line")
            if column[0] != "cost_unit"
        ]

        self.assertGreater(len(columns), 12)
        for line in self.revision.line_ids[1:]:
            self.assertEachNamed(line, columns, "revision")

    def test_every_column_of_an_event(self):
        columns = self._columns("offer_event")

        self.assertGreater(len(columns), 10)
        self.assertEachNamed(self.event, columns, "event")

    def test_every_column_of_an_event_about_a_row(self):
        self.revision._forget_people()
        self.offers[2].current_revision_id._forget_people()
        self.env["offer.revision"]._seal_all()
        event = self.revision.offer_id.event_ids.filtered(
            lambda one: one.code == "forgotten"
        )
        self.assertEqual(self._verify(), [])

        for column, data_type in self._columns("offer_event"):
            with self.subTest(column=column):
                with self.env.cr.savepoint() as savepoint:
                    self._alter(event, column, data_type)
                    found = {(one.chain, one.sequence) for one in self._verify()}
                    self.assertIn(("event", 4), found)
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_every_fact_of_a_document(self):
        columns = [
            column
            for column in self._columns("ir_attachment")
            if column[0] in DOCUMENT_COLUMNS
        ]

        self.assertEqual(len(columns), len(DOCUMENT_COLUMNS))
        self.assertEachNamed(self.revision.document_ids, columns, "revision")

    def test_every_stored_field_has_a_column_that_is_altered(self):
        # what is stored elsewhere would be proven by no payload: links of many to
        # many, and files that Odoo keeps as attachments of the field
        for name in ("offer.revision", "offer.revision.line", "offer.event"):
            model = self.env[name]
            altered = {column for column, _type in self._columns(model._table)}
            stored = {
                field.name
                for field in model._fields.values()
                if field.store
                and field.name != "id"
                # files and lines are rows of their own, altered as such
                and field.type != "one2many"
            }
            self.assertEqual(stored, altered, name)

    def test_every_column_of_a_file_is_the_archives_or_odoos(self):
        columns = {column for column, _type in self._columns("ir_attachment")}

        self.assertEqual(columns - set(DOCUMENT_COLUMNS) - ODOO_COLUMNS, set())

    def test_every_byte_of_a_file_in_the_database(self):
        data = b"%PDF-1.4 bytes in the row"
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        order = self._make_order(self.anna)
        order._offer_archive(
            "sent", documents=[DocumentFile("a.pdf", "application/pdf", data)]
        )
        self.env["offer.revision"]._seal_all()
        document = self._offer_of(order).current_revision_id.document_ids
        self.assertFalse(document.store_fname)
        self.assertEqual(self._verify(), [])

        for at in range(len(data)):
            other = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_attachment SET db_datas = %s WHERE id = %s",
                    other,
                    document.id,
                )
            )
            found = {(finding.code, finding.sequence) for finding in self._verify()}
            self.assertIn(("document_altered", 4), found)

    def test_every_byte_of_a_file(self):
        order = self._make_order(self.anna)
        sheet = self._make_attachment(self.anna, data=b"%PDF-1.4 mutation of bytes")
        order.message_post(
            body="Offer",
            attachment_ids=sheet.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )
        document = self._offer_of(order).current_revision_id.document_ids
        path = Path(document._full_path(document.store_fname))
        data = document.raw
        self.addCleanup(path.write_bytes, data)

        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            found = {(finding.code, finding.sequence) for finding in self._verify()}
            self.assertIn(("document_altered", 4), found)
        path.write_bytes(data)
        self.assertEqual(self._verify(), [])
        path.unlink()
        self.assertEqual(
            [finding.code for finding in self._verify()], ["document_missing"]
        )

    def test_removed_and_added_lines_and_documents(self):
        cases = (
            ("DELETE FROM offer_revision_line WHERE id = %s", "line_missing"),
            (
                "INSERT INTO offer_revision_line (revision_id, company_id, name, "
                "sequence) SELECT revision_id, company_id, 'x', 9 "
                "FROM offer_revision_line WHERE id = %s",
                "line_added",
            ),
        )
        for query, code in cases:
            with self.subTest(code=code), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(SQL(query, self.revision.line_ids[0].id))
                found = [(one.code, one.sequence) for one in self._verify()]
                self.assertEqual(found, [(code, 2)])
                savepoint.rollback()

    def test_lines_in_another_order(self):
        first, second = self.revision.line_ids[1:]
        self.env.cr.execute(
            SQL(
                "UPDATE offer_revision_line SET sequence = 5 - sequence WHERE id IN %s",
                (first.id, second.id),
            )
        )

        found = {(one.code, one.sequence) for one in self._verify()}

        self.assertEqual(found, {("line_altered", 2)})

    def test_swapped_revisions(self):
        other = self.offers[2].current_revision_id
        for position, record in ((99, self.revision), (2, other), (3, self.revision)):
            self.env.cr.execute(
                SQL(
                    "UPDATE offer_revision SET chain_seq = %s WHERE id = %s",
                    position,
                    record.id,
                )
            )

        found = {(one.code, one.sequence) for one in self._verify()}

        self.assertLessEqual({("hash_wrong", 2), ("hash_wrong", 3)}, found)

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from .common import OfferCommon

ADMIN = "offer_repository.offer_repository_group_admin"
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
TOOL = Path(__file__).parents[3] / "tools" / "verify_archive.py"


class ArchiveCheckCommon(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = [
            Command.create({"display_type": "line_section", "name": "Machines"}),
            (cls.lathe, 2, 80000.0),
            (cls.mill, 1, 45000.5),
        ]
        cls.offers = [
            cls._make_sent_offer(cls.anna, lines=lines, validity_date="2031-01-31")
            for _index in range(3)
        ]
        for offer in cls.offers:
            offer.order_id._action_cancel()
        # an offer that no revision belongs to, for revisions to be moved to
        cls.env["offer.offer"].create(
            {
                "name": "SPARE",
                "company_id": cls.warszawa.id,
                "currency_id": cls.currency.id,
            }
        )
        cls.revision = cls.offers[1].current_revision_id
        cls.event = cls.offers[1].event_ids
        cls.admin = cls._make_seller(
            "admin.test", cls.warszawa, groups=f"{ADMIN},base.group_system"
        )

    def _verify(self):
        self.env.invalidate_all()
        return self.env["offer.revision"]._verify_company(self.warszawa)

    def _columns(self, table):
        self.env.cr.execute(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns "
                "WHERE table_name = %s AND column_name != 'id' ORDER BY 1",
                table,
            )
        )
        return self.env.cr.fetchall()

    def _other_value(self, record, column, data_type):
        """Return SQL for a value other than the one that ``column`` holds."""
        field = record._fields.get(column)
        name = SQL.identifier(column)
        if field is not None and field.type == "many2one":
            others = self.env[field.comodel_name].sudo().with_context(active_test=False)
            other = others.search(
                [("id", "!=", record[column].id)], order="id desc", limit=1
            )
            return SQL("%s", other.id)
        if data_type in ("integer", "numeric"):
            return SQL("COALESCE(%s, 0) + 100", name)
        if data_type == "boolean":
            return SQL("NOT COALESCE(%s, false)", name)
        if data_type == "date":
            return SQL("%s + 1", name)
        if data_type.startswith("timestamp"):
            return SQL("COALESCE(%s, now()) + interval '1 second'", name)
        return SQL("'~' || SUBSTR(COALESCE(%s, ''), 2)", name)

    def _alter(self, record, column, data_type):
        """Change one stored value the way only the database's administrator can."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(column),
                self._other_value(record, column, data_type),
                record.id,
            )
        )


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
        # one more behind it: that the last one was cut off, only an anchor tells
        self._make_sent_offer(self.anna)
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
        columns = self._columns("offer_revision_line")

        self.assertGreater(len(columns), 12)
        for line in self.revision.line_ids[1:]:
            self.assertEachNamed(line, columns, "revision")

    def test_every_column_of_an_event(self):
        columns = self._columns("offer_event")

        self.assertGreater(len(columns), 10)
        self.assertEachNamed(self.event, columns, "event")

    def test_every_fact_of_a_document(self):
        columns = [
            column
            for column in self._columns("ir_attachment")
            if column[0] in DOCUMENT_COLUMNS
        ]

        self.assertEqual(len(columns), len(DOCUMENT_COLUMNS))
        self.assertEachNamed(self.revision.document_ids, columns, "revision")

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

        self.assertLessEqual({("row_moved", 2), ("row_moved", 3)}, found)


@tagged("post_install", "-at_install")
class TestArchiveCheck(ArchiveCheckCommon):
    def _check(self, user):
        env = self._as(user)
        action = env["res.config.settings"].create({}).action_offer_check_archive()
        return env["offer.archive.check"].browse(action["res_id"])

    def test_button_reports_an_intact_archive(self):
        check = self._check(self.admin)

        self.assertEqual(check.state, "intact")
        self.assertEqual((check.revision_count, check.event_count), (3, 3))
        self.assertEqual(check.revision_head, self.offers[2].current_revision_id.hash)

    def test_button_reports_where_something_was_altered(self):
        self._alter(self.revision, "amount_total", "numeric")

        check = self._check(self.admin)

        self.assertEqual(check.state, "damaged")
        finding = check.finding_ids
        self.assertEqual(
            (finding.sequence, finding.code, finding.detail, finding.offer_name),
            (2, "column_altered", "amount_total", self.offers[1].name),
        )

    def test_others_cannot_check_or_read_reports(self):
        for user in (self.anna, self.manager):
            checks = self._as(user)["offer.archive.check"]
            with self.assertRaises(AccessError):
                checks.action_check()
            self.assertFalse(checks.has_access("read"))
        self.assertFalse(
            self._as(self.admin)["offer.archive.check"].has_access("write")
        )

    def test_every_code_has_a_label(self):
        addon = Path(__file__).parents[1]
        source = "".join(
            (addon / "evidence" / name).read_text()
            for name in ("chain.py", "commitment.py", "kept.py")
        )
        codes = {
            part.split('"')[1]
            for part in source.split("Finding(")[1:]
            if '"' in part[:25]
        }
        labels = dict(self.env["offer.archive.finding"]._fields["code"].selection)

        self.assertGreater(len(codes), 15)
        self.assertLessEqual(codes, labels.keys())

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_archive_check"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return self.env["offer.archive.check"].search(
            [("company_id", "=", self.warszawa.id)], limit=1
        )

    def test_nightly_check_tells_administrators_of_damage(self):
        self.assertFalse(self._run_cron().activity_ids)
        self._alter(self.revision, "amount_total", "numeric")

        check = self._run_cron()

        self.assertEqual(check.state, "damaged")
        self.assertIn(self.admin, check.activity_ids.user_id)
        self.assertNotIn(self.anna, check.activity_ids.user_id)
        self.assertIn("1 finding", check.activity_ids[:1].summary)

    def test_nightly_check_mails_the_hash_of_the_day(self):
        self.warszawa.offer_anchor_email = "notary@example.com"

        check = self._run_cron()

        mail = self.env["mail.mail"].search([("email_to", "=", "notary@example.com")])
        self.assertEqual(len(mail), 1)
        self.assertIn(f"revision:3:{check.revision_head}", mail.body_html)


@tagged("post_install", "-at_install")
class TestArchiveUnharmed(ArchiveCheckCommon):
    """What happens in daily life is no finding."""

    def test_life_goes_on(self):
        duplicate = self._make_customer("Lacznik sp. zoo", email=False)
        self._make_sent_offer(self.anna, partner=duplicate)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (duplicate | self.customer).ids, self.customer
        )
        self.warszawa.name = "Renamed branch"
        self.env["res.lang"]._activate_lang("pl_PL")
        self.lathe.uom_id.name = "Pieces"
        self.env["res.currency.rate"].create(
            {"currency_id": self.currency.id, "rate": 9, "company_id": self.root.id}
        )
        self.currency.rounding = 0.001
        self.anna.name = "Renamed seller"
        self.revision._forget_people()
        self.event._forget_people()

        self.assertEqual(self._verify(), [])

    def test_deleted_product_is_no_finding(self):
        product = self._make_product("Press P-1", "P1", 10)
        offer = self._make_sent_offer(self.anna, lines=[(product, 1, 10)])
        offer.order_id._action_cancel()
        offer.order_id.sudo().unlink()

        product.unlink()

        self.assertEqual(self._verify(), [])


@tagged("post_install", "-at_install")
class TestArchiveExport(ArchiveCheckCommon, HttpCase):
    def _export(self):
        self.env.flush_all()
        stream = io.BytesIO()
        self.env["offer.revision"]._export_archive(self.warszawa, stream)
        return stream.getvalue()

    def _run_tool(self, data, *heads):
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(data)
            file.flush()
            options = [part for head in heads for part in ("--head", head)]
            # -I -S: no site packages, so nothing but the standard library can help
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(TOOL), file.name, *options],
                capture_output=True,
                text=True,
                check=False,
            )
        return done.returncode, done.stdout + done.stderr

    def _with(self, data, name, change):
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as before,
            zipfile.ZipFile(target, "w") as after,
        ):
            for entry in before.namelist():
                content = before.read(entry)
                after.writestr(entry, change(content) if entry == name else content)
        return target.getvalue()

    def test_exported_archive_is_checked_without_odoo(self):
        self.revision._forget_people()
        data = self._export()
        head = self.offers[2].current_revision_id.hash

        code, output = self._run_tool(data, f"revision:3:{head}")

        self.assertEqual(code, 0, output)
        self.assertIn("intact", output)
        self.assertEqual(data, self._export())

    def test_tool_finds_what_was_altered_in_the_database(self):
        self._alter(self.revision.line_ids[1], "price_unit", "numeric")

        code, output = self._run_tool(self._export())

        self.assertEqual(code, 1)
        self.assertIn("revision 2: line_altered 2.price_unit", output)

    def test_tool_finds_an_altered_file_and_a_missing_end(self):
        data = self._export()
        name = next(
            entry
            for entry in zipfile.ZipFile(io.BytesIO(data)).namelist()
            if entry.startswith("files/")
        )
        head = self.offers[2].current_revision_id.hash

        altered = self._run_tool(self._with(data, name, lambda pdf: pdf + b"\n"))
        cut = self._with(
            data, "revision.jsonl", lambda text: b"\n".join(text.splitlines()[:2])
        )

        self.assertEqual(altered[0], 1)
        self.assertIn("document_altered", altered[1])
        self.assertEqual(self._run_tool(cut)[0], 0)
        code, output = self._run_tool(cut, f"revision:3:{head}")
        self.assertEqual(code, 1)
        self.assertIn("head_missing", output)

    def test_tool_refuses_anything_else(self):
        code, output = self._run_tool(b"no archive")

        self.assertEqual(code, 2)
        self.assertIn("is no offer archive", output)

    def test_only_administrators_of_the_company_download_it(self):
        url = f"/offer_repository/archive/{self.warszawa.id}"
        self.admin.password = self.anna.password = "long.enough.1"

        self.authenticate("anna.test", "long.enough.1")
        self.assertEqual(self.url_open(url).status_code, 403)
        self.authenticate("admin.test", "long.enough.1")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._run_tool(response.content)[0], 0)
        other = f"/offer_repository/archive/{self.krakow.id}"
        self.assertEqual(self.url_open(other).status_code, 404)

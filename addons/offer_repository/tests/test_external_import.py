import base64
import io
import zipfile
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import offer_import
from .common_external import ExternalCommon

HEADER = "Numer oferty;Klient;Data oferty;Kwota brutto;Netto;Waluta;Status;Powód;Pliki"
ROW = (
    "OF/1;Zakład Mechaniczny ŁĄCZNIK sp. z o.o.;5.11.2026;1 230,00;1 000,00;EUR;;;a.pdf"
)


@tagged("post_install", "-at_install")
class TestExternalImport(ExternalCommon):
    """A list and its documents, looked at first, then taken over once."""

    def _zip(self, **files):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in files.items():
                archive.writestr(name.replace("__", "/"), data)
        return stream.getvalue()

    def _job(self, *rows, archive=None, user=None, name="oferty.csv"):
        text = "\n".join([HEADER, *rows])
        archive = (
            self._zip(**{"docs__a.pdf": self._pdf()}) if archive is None else archive
        )
        job = self._as(user or self.anna)["offer.import"].create(
            {
                "list_name": name,
                "list_file": base64.b64encode(text.encode()),
                "zip_name": "docs.zip",
                "zip_file": base64.b64encode(archive),
            }
        )
        job.action_read()
        return job

    def _run(self, *rows, **kwargs):
        job = self._job(*rows, **kwargs)
        job.action_check()
        return job

    def _offers(self):
        return self.env["offer.offer"].search([("origin", "=", "import")])

    def test_columns_are_guessed_and_can_be_chosen(self):
        job = self._job(ROW)

        fields = job.column_ids.mapped("field")
        self.assertEqual(
            fields[:5], ["number", "customer", "date", "amount_total", "amount_untaxed"]
        )
        self.assertEqual(job.column_ids[0].sample, "OF/1")
        job.column_ids[4].field = "amount_total"
        with self.assertRaisesRegex(UserError, "Two columns are “Total”"):
            job.action_check()
        job.column_ids.filtered(lambda one: one.field == "amount_total").field = False
        with self.assertRaisesRegex(UserError, "Say which column is: Total"):
            job.action_check()

    def test_dry_run_changes_nothing(self):
        job = self._run(ROW)

        self.assertEqual((job.state, job.new_count, job.error_count), ("checked", 1, 0))
        self.assertFalse(self._offers())

    def test_rows_become_offers_with_their_documents(self):
        job = self._run(
            ROW, ROW.replace("OF/1", "OF/2").replace(";;a.pdf", "lost;Too dear;")
        )
        job.action_import()

        self.assertEqual((job.state, job.new_count), ("done", 2))
        first, second = self._offers().sorted("name")
        self.assertEqual((first.amount_untaxed, first.amount_total), (1000, 1230))
        self.assertEqual((first.partner_id, first.user_id), (self.customer, self.anna))
        revision = first.current_revision_id
        self.assertEqual(revision.document_ids.mapped("name"), ["a.pdf"])
        self.assertEqual(revision.document_ids.raw, self._pdf())
        self.assertIn("Razem", revision.document_text)
        self.assertEqual((second.state, second.close_reason), ("lost", "Too dear"))
        self.assertIntact()

    def test_second_run_is_unchanged_or_a_revision(self):
        self._run(ROW).action_import()
        second = self._run(ROW)
        self.assertEqual((second.unchanged_count, second.new_count), (1, 0))
        with self.assertRaisesRegex(UserError, "would change anything"):
            second.action_import()

        third = self._run(ROW.replace("1 230,00", "1 240,00"))
        self.assertEqual(third.revised_count, 1)
        third.action_import()

        offer = self._offers()
        self.assertEqual((len(offer), offer.revision_count), (1, 2))
        self.assertIntact()

    def test_faults_name_row_value_and_way_out(self):
        job = self._run(
            ROW.replace("1 230,00", "much"),
            ROW.replace("OF/1", "=cmd").replace("a.pdf", "absent.pdf"),
            ROW.replace("OF/1", "OF/3").replace(
                "Zakład Mechaniczny ŁĄCZNIK", "Nobody Known"
            ),
            ROW.replace("OF/1", "OF/4"),
            ROW.replace("OF/1", "of/4"),
        )

        self.assertEqual((job.error_count, job.new_count), (4, 1))
        report = base64.b64decode(job.report_file).decode("utf-8-sig")
        self.assertIn("2;OF/1;Total;much;", report)
        self.assertIn("Write it as a number", report)
        self.assertIn("3;'=cmd;Files in the ZIP;absent.pdf;", report)
        self.assertIn("4;OF/3;Customer;Nobody Known sp. z o.o.;", report)
        self.assertIn("6;of/4;Offer number;of/4;", report)
        job.action_import()
        self.assertEqual(self._offers().mapped("name"), ["OF/4"])

    def test_files_that_no_row_names_are_told_by_name(self):
        names = ("docs/a.pdf", "old/a.txt", "b/c.pdf", "b/Thumbs.db")
        archive = self._zip(**dict.fromkeys(names, self._pdf()))
        job = self._run(ROW, archive=archive)

        self.assertEqual(job.unnamed_count, 2)
        self.assertEqual(job.unnamed_files, "old/a.txt\nb/c.pdf")
        report = base64.b64decode(job.report_file).decode("utf-8-sig")
        self.assertIn(";;Files in the ZIP;b/c.pdf;No row names this file.", report)
        job.action_import()
        self.assertEqual((job.state, job.taken_count), ("done", 1))

    def test_new_files_forget_what_was_left_over(self):
        archive = self._zip(**{"a.pdf": self._pdf(), "b.pdf": self._pdf()})
        job = self._run(ROW, archive=archive)
        self.assertEqual(job.unnamed_files, "b.pdf")

        job.zip_file = base64.b64encode(self._zip(**{"a.pdf": self._pdf()}))
        self.assertFalse(job.unnamed_count)
        job.action_read()
        job.action_check()

        self.assertFalse(job.unnamed_files)

    def test_only_those_who_see_all_import_for_colleagues(self):
        header = HEADER.replace("Powód", "Handlowiec")
        row = ROW.replace(";;;", ";;Piotr Test;")
        with patch(f"{__name__}.HEADER", header):
            mine = self._run(row)
            self.assertIn("import for colleagues", mine.row_ids.message)
            self.anna.group_ids |= self.env.ref(
                "sales_team.group_sale_salesman_all_leads"
            )
            job = self._run(row)
        job.action_import()
        self.assertEqual(self._offers().user_id, self.piotr)

    def test_archives_that_are_not_to_be_trusted(self):
        locked = bytearray(self._zip(**{"a.pdf": b"x"}))
        locked[6] |= 1
        locked[locked.find(b"PK\x01\x02") + 8] |= 1
        cases = {
            "points out of the archive": self._zip(**{"..__a.pdf": b"x"}),
            "is an archive within the archive": self._zip(**{"b.zip": b"x"}),
            "protected by a password": bytes(locked),
            "is no ZIP archive": b"no zip",
        }
        for message, archive in cases.items():
            raised = self.assertRaisesRegex(UserError, message)
            with self.subTest(message=message), raised:
                self._job(ROW, archive=archive)

    def test_lists_that_cannot_be_read(self):
        job = self._as(self.anna)["offer.import"].create({})
        with self.assertRaisesRegex(UserError, "Choose a list first"):
            job.action_read()
        job.write({"list_name": "a.pdf", "list_file": base64.b64encode(self._pdf())})
        with self.assertRaisesRegex(UserError, "a.pdf: The list is neither"):
            job.action_read()

    def _run_cron(self):
        self.env["offer.partner.profile"]._catch_up()  # as a commit would
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "offer_repository.ir_cron_offer_import_run"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_thousands_go_on_in_the_background(self):
        rows = [ROW.replace("OF/1", f"OF/{n}").replace("a.pdf", "") for n in range(5)]
        with patch.object(offer_import, "_AT_ONCE", 2):
            job = self._run(*rows)
            self.assertEqual(job.state, "checking")
            self._run_cron()
            self.assertEqual((job.state, job.done_count), ("checked", 5))
            self.assertEqual(job.row_ids.mapped("message"), [""] * 5)
            job.action_import()
            self.assertEqual(job.state, "running")
            job.sudo()._step(2)
            self.assertEqual((job.done_count, len(self._offers())), (2, 2))
            self._run_cron()
        self.assertEqual((job.state, len(self._offers())), ("done", 5))
        self.assertIntact()

    def test_what_became_of_a_list_is_counted_and_opens(self):
        job = self._run(ROW, ROW.replace("OF/1", "OF/2").replace("EUR", "???"))
        self.assertEqual((job.total_count, job.taken_count), (2, 0))

        job.action_import()

        self.assertEqual((job.state, job.progress), ("done", 100))
        self.assertEqual((job.total_count, job.taken_count, job.error_count), (2, 1, 1))
        opened = job.action_open_offers()
        offers = self._as(self.anna)["offer.offer"].search(opened["domain"])
        self.assertEqual(offers.ids, self._offers().ids)
        row = job.row_ids.filtered("is_taken")
        self.assertEqual(row.action_open_offer()["res_id"], offers.id)

    def test_number_of_a_colleague_is_an_error_of_its_row(self):
        self._external_offer(self.piotr, external_number="OF/1")
        job = self._run(ROW, ROW.replace("OF/1", "OF/2"))
        job.action_import()

        states = job.row_ids.sorted("number").mapped("state")
        self.assertEqual(states, ["error", "new"])

    def test_policy_refuses_unreadable_documents(self):
        self.warszawa.offer_unreadable_policy = "refuse"
        archive = self._zip(**{"a.pdf": self._pdf(password="x")})

        job = self._run(ROW, archive=archive)

        self.assertIn("protected by a password", job.row_ids.message)

    def test_import_under_way_is_not_changed(self):
        job = self._run(ROW)
        job.action_import()
        with self.assertRaisesRegex(UserError, "under way or done"):
            job.write({"list_name": "b.csv"})
        with self.assertRaisesRegex(UserError, "under way or done"):
            job.action_cancel()

    def test_new_file_starts_over(self):
        job = self._run(ROW)
        job.write({"list_file": base64.b64encode(b"a;b")})

        self.assertEqual((job.state, len(job.row_ids)), ("draft", 0))

    def test_stopped_import_keeps_what_is_in(self):
        job = self._job(ROW)
        job.action_cancel()

        self.assertEqual(job.state, "cancelled")
        self.assertEqual(job.action_open_errors()["res_model"], "offer.import.row")

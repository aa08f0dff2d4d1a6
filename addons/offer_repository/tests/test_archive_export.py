import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from odoo.tests import HttpCase, tagged

from .common_archive import ArchiveCheckCommon

TOOL = Path(__file__).parents[3] / "tools" / "verify_archive.py"


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

    def test_only_administrators_of_the_company_print_its_hash(self):
        check = self.env["offer.archive.check"]._check_company_now(self.warszawa)
        url = f"/offer_repository/archive/anchor/{check.id}"
        for user, status in ((self.anna, 404), (self.manager, 404), (self.admin, 200)):
            self.authenticate(user.login, user.login)
            response = self.url_open(url)
            self.assertEqual(response.status_code, status)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertEqual(self.url_open(url + "0000").status_code, 404)

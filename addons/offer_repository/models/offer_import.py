import base64
import csv
import io
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..reading import guess_columns

_USERS = frozenset({"list_file", "list_name", "zip_file", "zip_name", "column_ids"})
_CHANGEABLE = ("draft", "mapped", "checked")
# So many rows are looked at while the user waits; more in the background.
_AT_ONCE = 100


class OfferImport(models.Model):
    """A list of offers, with their documents in a ZIP, on its way into the archive.

    Looked at first (dry run), then taken over in the background, row by row. Running
    it twice changes nothing: offers are known by their number in the branch.
    """

    _name = "offer.import"
    _description = "Import of Offers"
    _order = "id desc"
    _rec_name = "list_name"

    state = fields.Selection(
        [
            ("draft", "Files"),
            ("mapped", "Columns"),
            ("checking", "Checking"),
            ("checked", "Checked"),
            ("running", "Importing"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported By",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        index=True,
    )
    list_file = fields.Binary(string="List", attachment=True)
    list_name = fields.Char(string="Name of the List")
    zip_file = fields.Binary(
        string="Documents",
        attachment=True,
        help="A ZIP archive with the files that the list names.",
    )
    zip_name = fields.Char(string="Name of the ZIP")
    column_ids = fields.One2many("offer.import.column", "import_id", string="Columns")
    row_ids = fields.One2many("offer.import.row", "import_id", readonly=True)

    # of the step under way: rows to be looked at, or to be taken over
    to_do_count = fields.Integer(string="To Do", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    total_count = fields.Integer(string="Rows", readonly=True)
    progress = fields.Float(string="Progress (%)", compute="_compute_progress")
    new_count = fields.Integer(string="New", compute="_compute_counts")
    revised_count = fields.Integer(string="New Revisions", compute="_compute_counts")
    unchanged_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    error_count = fields.Integer(string="Errors", compute="_compute_counts")
    taken_count = fields.Integer(string="In the Archive", compute="_compute_counts")
    report_file = fields.Binary(
        string="Error Report", compute="_compute_report_file", attachment=False
    )
    report_name = fields.Char(compute="_compute_report_file")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("done_count", "to_do_count", "state")
    def _compute_progress(self):
        for job in self:
            share = job.done_count / job.to_do_count if job.to_do_count else 0
            job.progress = 100 if job.state == "done" else min(99, 100 * share)

    @api.depends("row_ids.state", "row_ids.is_taken")
    def _compute_counts(self):
        counts, taken = Counter(), Counter()
        for job, state, is_taken, count in self.env["offer.import.row"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "state", "is_taken"],
            ["__count"],
        ):
            counts[job.id, state] += count
            taken[job.id] += count if is_taken else 0
        for job in self:
            for state in ("new", "revised", "unchanged", "error"):
                job[f"{state}_count"] = counts[job.id, state]
            job.taken_count = taken[job.id]

    def _compute_report_file(self):
        for job in self:
            job.report_name = self.env._("errors of %s.csv", job.list_name or "")
            job.report_file = base64.b64encode(job._report()) if job.ids else False

    def _report(self):
        """Return what is wrong as CSV: row, field, value, what to do."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(
            [
                self.env._("Row"),
                self.env._("Offer number"),
                self.env._("Column"),
                self.env._("Value"),
                self.env._("What to do"),
            ]
        )
        rows = self.env["offer.import.row"].search(
            [("import_id", "=", self.id), ("state", "=", "error")], order="number"
        )
        for row in rows:
            for fault in row.faults or []:
                told = [row.name, fault["label"], fault["value"], fault["message"]]
                writer.writerow([row.number, *map(_harmless, told)])
        advice = self.env._("No row names this file. Name it in its row, or leave it.")
        column = self.env._("Files in the ZIP")
        for name in (self.unnamed_files or "").splitlines():
            writer.writerow(["", "", column, _harmless(name), advice])
        return b"\xef\xbb\xbf" + stream.getvalue().encode()

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_values(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Let people change their files and columns, until rows are taken over."""
        if not self.env.su:
            self._check_values(vals)
            self._check_state(*_CHANGEABLE)
            if vals.keys() & {"list_file", "zip_file"}:
                self.sudo()._start_over()
        return super().write(vals)

    def _check_values(self, vals):
        others = sorted(vals.keys() - _USERS)
        if others:
            raise AccessError(
                self.env._(
                    "“%(field)s” of an import is not set by hand.", field=others[0]
                )
            )

    def _check_state(self, *states):
        for job in self:
            if job.state not in states:
                raise UserError(
                    self.env._(
                        "The import of “%(list)s” is under way or done. Start another "
                        "one for other files.",
                        list=job.list_name or "",
                    )
                )

    def _start_over(self):
        self.row_ids.unlink()
        self.column_ids.unlink()
        self.write(
            {
                "state": "draft",
                "done_count": 0,
                "total_count": 0,
                "unnamed_files": False,
                "unnamed_count": 0,
            }
        )

    # ------------------------------------------------------------------
    # Steps of the user
    # ------------------------------------------------------------------

    def action_read(self):
        """Read the list and guess which column is which."""
        self.ensure_one()
        self.check_access("write")
        self._check_state(*_CHANGEABLE)
        table = self._read_list()
        self._archive()
        guessed = {index: name for name, index in guess_columns(table.header).items()}
        # sudo: rows and columns are the server's, and access was checked
        job_sudo = self.sudo()
        job_sudo._start_over()
        first = table.rows[0][1] if table.rows else ()
        job_sudo.env["offer.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "position": index,
                    "heading": heading or self.env._("Column %s", index + 1),
                    "sample": first[index][:100] if index < len(first) else False,
                    "field": guessed.get(index, False),
                }
                for index, heading in enumerate(table.header)
            ]
        )
        job_sudo.write({"state": "mapped", "total_count": len(table.rows)})

    def action_check(self):
        """Look at each row, and say what taking it over would do; change nothing."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("mapped", "checked")
        table, columns = self._read_list(), self._columns()
        # sudo: rows are the server's, and access was checked
        job_sudo = self.sudo()
        job_sudo.row_ids.unlink()
        job_sudo.env["offer.import.row"].create(
            [
                {
                    "import_id": self.id,
                    "number": number,
                    "name": self._cell(cells, columns["number"]),
                    "texts": {
                        field: self._cell(cells, index)
                        for field, index in columns.items()
                    },
                }
                for number, cells in table.rows
            ]
        )
        job_sudo.write(
            {
                "state": "checking",
                "done_count": 0,
                "to_do_count": len(table.rows),
                "total_count": len(table.rows),
            }
        )
        job_sudo._note_unnamed_files()
        job_sudo._go_on()

    def action_import(self):
        """Take the rows over that have no fault."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("checked")
        ready = self.new_count + self.revised_count
        if not ready:
            raise UserError(
                self.env._(
                    "No row of “%(list)s” would change anything. Correct the rows that "
                    "have errors, and add the list again.",
                    list=self.list_name,
                )
            )
        # sudo: the state is the server's, and access was checked
        self.sudo().write({"state": "running", "done_count": 0, "to_do_count": ready})
        self.sudo()._go_on()

    def action_cancel(self):
        """Stop; what is in the archive stays there."""
        self.check_access("write")
        self._check_state("checking", "running", *_CHANGEABLE)
        self.sudo().write({"state": "cancelled"})

    def _go_on(self):
        if self.to_do_count <= _AT_ONCE:
            while self.state in ("checking", "running"):
                self._step(_AT_ONCE)
            return
        self.env.ref("offer_repository.ir_cron_offer_import_run").sudo()._trigger()


def _harmless(text):
    """Return a text that no spreadsheet takes for a formula."""
    return (
        f"'{text}" if str(text or "").startswith(("=", "+", "-", "@", "\t")) else text
    )

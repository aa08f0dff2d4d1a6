from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..intake import ItemError, row_values
from ..timeline import shorten
from .contact_interaction_import_file import read_rows

MANAGER = "contact_history.contact_history_group_manager"
BATCH = 1000
ERRORS_SHOWN = 50
# So much of a wrong value is shown.
MAX_VALUE = 60


class _TryOnly(Exception):
    """Takes back what a try has written."""


class ContactInteractionImport(models.TransientModel):
    """Import contacts from a sheet: try first, then import, as often as one likes."""

    _name = "contact.interaction.import"
    _description = "Import of contacts"

    layout_id = fields.Many2one(
        "contact.interaction.layout",
        string="Where from",
        required=True,
        ondelete="cascade",
        help="The columns are remembered for the next file from there.",
    )
    company_id = fields.Many2one(related="layout_id.company_id", readonly=False)
    zone = fields.Selection(related="layout_id.zone", readonly=False)
    channel = fields.Selection(related="layout_id.channel", readonly=False)
    direction = fields.Selection(related="layout_id.direction", readonly=False)
    file = fields.Binary(string="CSV or XLSX file", required=True, attachment=False)
    file_name = fields.Char()
    column_ids = fields.One2many(
        "contact.interaction.import.column",
        "import_id",
        string="Columns",
    )
    is_done = fields.Boolean(readonly=True)
    result = fields.Text(readonly=True)

    @api.onchange("file", "layout_id")
    def _onchange_file(self):
        """Show the columns of the file, with what they probably hold."""
        if not self.file:
            return
        header, *rows = self._rows(limit=2)
        sample = rows[0] if rows else []
        targets = self.layout_id._suggest(header)
        self.column_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "header": title,
                        "sample": str(sample[place] if place < len(sample) else ""),
                        "target": targets[place] or False,
                    }
                )
                for place, title in enumerate(header)
            ),
        ]

    def _rows(self, limit=None):
        return read_rows(self.env, self.file, self.file_name, limit)

    # ------------------------------------------------------------------
    # A try, and the import itself
    # ------------------------------------------------------------------

    def action_try(self):
        """Tell what an import would do, and do nothing."""
        self._check_manager()
        self.env.flush_all()
        told = None
        try:
            with self.env.cr.savepoint(flush=False):
                told = self._import()
                self.env.flush_all()
                raise _TryOnly
        except _TryOnly:
            self.env.invalidate_all(flush=False)
        self.result = self.env._("Nothing has been written yet.") + "\n" + told
        return self._show()

    def action_import(self):
        """Record the contacts of the file, and remember its columns."""
        self._check_manager()
        self.result = self._import()
        self.is_done = True
        self.layout_id._remember(
            {column.header: column.target for column in self.column_ids}
        )
        return self._show()

    def _check_manager(self):
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers of the contact history import contacts.")
            )
        self.layout_id.check_access("write")

    def _import(self):
        """Hand in all rows, in batches.

        :return: what happened, in the words of the user.
        """
        _header, *rows = self._rows()
        layout = self.layout_id._to_pure(self.column_ids.mapped("target"))
        counts, errors = Counter(), []
        for start in range(0, len(rows), BATCH):
            contacts = [
                self._read_row(row, layout) for row in rows[start : start + BATCH]
            ]
            results = self.env["contact.interaction"]._record_contacts(contacts)
            counts.update(result["status"] for result in results)
            errors += [
                # The first row is the header, and people count from one.
                (place + 2, result["error"], rows[place])
                for place, result in enumerate(results, start)
                if result["error"]
            ]
        return self._report(counts, errors)

    def _read_row(self, row, layout):
        try:
            return row_values(row, layout)
        except ItemError as error:
            return error

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import contacts"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # What happened
    # ------------------------------------------------------------------

    def _report(self, counts, errors):
        lines = [
            self.env._(
                "New contacts: %(created)s, known already: %(known)s, rows not usable: "
                "%(errors)s.",
                created=counts["created"],
                known=counts["known"],
                errors=counts["error"],
            )
        ]
        lines += [self._told(*error) for error in errors[:ERRORS_SHOWN]]
        if len(errors) > ERRORS_SHOWN:
            lines.append(
                self.env._("And %(count)s more.", count=len(errors) - ERRORS_SHOWN)
            )
        return "\n".join(lines)

    def _told(self, number, error, row):
        """Return what is wrong with a row, and what stands there."""
        details = {
            "row": number,
            "field": self._name_of(error["field"]),
            "reason": self._reason(error["code"]),
        }
        value = self._value_of(error["field"], row)
        if not value:
            return self.env._("Row %(row)s, %(field)s: %(reason)s.", **details)
        return self.env._(
            "Row %(row)s, %(field)s “%(value)s”: %(reason)s.", value=value, **details
        )

    def _value_of(self, field_name, row):
        """Return what the row holds for a field; a moment may stand in two columns."""
        parts = {"occurred_at": ("occurred_at", "date", "time")}
        names = parts.get(field_name, (field_name,))
        targets = self.column_ids.mapped("target")
        found = [
            str(value).strip()
            for target, value in zip(targets, row, strict=False)
            if target in names and value not in (None, "")
        ]
        return shorten(" ".join(found), MAX_VALUE)

    def _name_of(self, field_name):
        columns = self.env["contact.interaction.layout.column"]
        return dict(columns._selection_target()).get(field_name, field_name)

    def _reason(self, code):
        reasons = {
            "missing": self.env._("is missing"),
            "bad_value": self.env._("cannot be read"),
            "bad_time": self.env._("is no day and time"),
            "too_long": self.env._("is too long"),
            "in_future": self.env._("lies ahead"),
            "reserved": self.env._("is a name that Odoo uses itself"),
            "unknown": self.env._("is unknown in your branches"),
        }
        return reasons.get(code, code)


class ContactInteractionImportColumn(models.TransientModel):
    _name = "contact.interaction.import.column"
    _description = "Column of an import of contacts"

    import_id = fields.Many2one(
        "contact.interaction.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    header = fields.Char(string="Column", readonly=True)
    sample = fields.Char(string="First row", readonly=True)
    target = fields.Selection(selection="_selection_target", string="Holds")

    @api.model
    def _selection_target(self):
        return self.env["contact.interaction.layout.column"]._selection_target()

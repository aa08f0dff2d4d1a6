import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..reading import (
    REQUIRED,
    Limits,
    ReadingError,
    SafeArchive,
    check_names,
    document_names,
    read_table,
)

_ZIP_LIMITS = Limits(unpacked=2_000_000_000, entries=20_000)
# Where a list that is not UTF-8 was made, by the language of its user.
_ENCODINGS = {"pl": "cp1250", "el": "cp1253"}


class OfferImport(models.Model):
    """What a list and its ZIP hold, or why they cannot be read."""

    _inherit = "offer.import"

    # one a line
    unnamed_files = fields.Text(string="Files That No Row Names", readonly=True)
    unnamed_count = fields.Integer(readonly=True)

    def _note_unnamed_files(self):
        """Note which files of the ZIP would stay outside, as no row names them."""
        archive = self._archive()
        named = [
            name
            for row in self.row_ids
            for name in document_names(row.texts.get("documents") or "")
        ]
        unnamed = archive.left_over(named) if archive else ()
        self.write({"unnamed_files": "\n".join(unnamed), "unnamed_count": len(unnamed)})

    def _read_list(self):
        """Return the list.

        :raise UserError: there is none, or it cannot be read
        """
        data = self._bytes("list_file")
        if not data:
            raise UserError(self.env._("Choose a list first: a CSV or XLSX file."))
        language = (self.env.user.lang or "")[:2]
        try:
            return read_table(data, (_ENCODINGS.get(language, "cp1252"),))
        except ReadingError as error:
            raise UserError(self._list_problem(error)) from error

    def _archive(self):
        """Return the ZIP of documents, None without one.

        :raise UserError: it cannot be read, or is not to be trusted
        """
        data = self._bytes("zip_file")
        if not data:
            return None
        try:
            archive = SafeArchive(data, _ZIP_LIMITS)
            check_names(archive.names)
        except ReadingError as error:
            raise UserError(self._zip_problem(error)) from error
        return archive

    def _bytes(self, name):
        return base64.b64decode(self.with_context(bin_size=False)[name] or b"")

    def _columns(self):
        """Return the position of each field that a column was chosen for.

        :raise UserError: a field is missing, or chosen twice
        """
        columns = {}
        labels = dict(
            self.env["offer.import.column"]
            ._fields["field"]
            ._description_selection(self.env)
        )
        for column in self.column_ids.filtered("field"):
            if column.field in columns:
                raise UserError(
                    self.env._(
                        "Two columns are “%(field)s”. Choose one of them.",
                        field=labels[column.field],
                    )
                )
            columns[column.field] = column.position
        missing = [labels[name] for name in REQUIRED if name not in columns]
        if missing:
            raise UserError(
                self.env._(
                    "Say which column is: %(fields)s.", fields=", ".join(missing)
                )
            )
        return columns

    def _cell(self, cells, index):
        return cells[index] if index < len(cells) else ""

from datetime import date, datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, formatLang

from ..document import (
    TableCell,
    TableDocument,
    TableHead,
    TablePart,
    TableRow,
    render_table,
)
from ..spreadsheet import Money, Percent, Totals
from .sale_order_document import grouped

# Beyond this nobody reads paper, and a page takes its time to be set.
_MAX_ROWS = 3000
_FIGURES = frozenset({"money", "number", "percent"})


class OfferExport(models.AbstractModel):
    """Lists on paper, with the letterhead of the reader's branch."""

    _inherit = "offer.export"

    @api.model
    def _write_pdf(self, request, stream):
        """Write the PDF of what :meth:`_write_sheet` writes as a sheet.

        :return: name of the file and number of rows
        """
        name, sheets, _newest = self._make(request)
        company_sudo = self.env.company.sudo()
        titles = {sheet.title for sheet in sheets}
        title = titles.pop() if len(titles) == 1 else sheets[0].about[0]
        parts = tuple(self._paper_part(sheet, title) for sheet in sheets)
        document = TableDocument(
            title=title,
            letterhead=company_sudo._offer_letterhead(),
            fonts=company_sudo._offer_fonts(),
            page_label=self.env._(
                "Page %(page)s of %(pages)s", page="{page}", pages="{pages}"
            ),
            parts=tuple(part for part in parts if part.rows),
            about=tuple(sheets[0].about),
            language=(self.env.lang or "en_US").replace("_", "-"),
        )
        stream.write(render_table(document))
        return name, sum(len(part.rows) for part in parts)

    @api.model
    def _paper_part(self, sheet, title):
        rows, totals = [], Totals(sheet.columns, sheet.total_label, has_codes=False)
        for row in sheet.rows:
            if len(rows) == _MAX_ROWS:
                raise UserError(
                    self.env._(
                        "More than %(count)s rows do not go on paper. Choose fewer, or "
                        "export a sheet.",
                        count=_MAX_ROWS,
                    )
                )
            rows.append(TableRow(tuple(self._paper_cell(value) for value in row)))
            totals.add(row)
        heads = tuple(
            TableHead(
                column.title, weight=column.width, is_right=column.kind in _FIGURES
            )
            for column in sheet.columns
        )
        # A lone table has the title of the page already.
        name = sheet.name if sheet.name != title else ""
        return TablePart(heads, (*rows, *self._paper_totals(sheet, totals)), name)

    @api.model
    def _paper_totals(self, sheet, totals):
        """Return a line for each currency, as the sheet has below its columns."""
        for total in totals.rows():
            cells = [
                self._paper_cell(total.sum_of(place))
                for place in range(1, len(sheet.columns))
            ]
            yield TableRow((TableCell(total.label), *cells), is_strong=True)

    @api.model
    def _paper_cell(self, value):
        """Return a value of a sheet in the reader's format."""
        return TableCell(self._paper_text(value))

    @api.model
    def _paper_text(self, value):
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, Money):
            return grouped(formatLang(self.env, value.amount, digits=value.digits))
        if isinstance(value, Percent):
            return f"{self.env['offer.comparison']._shown_number(value.value)}\u00a0%"
        if isinstance(value, datetime):
            # the reader's time already, see _moment
            return format_datetime(self.env, value, tz="UTC", dt_format="short")
        if isinstance(value, date):
            return format_date(self.env, value)
        return self.env["offer.comparison"]._shown_number(value)

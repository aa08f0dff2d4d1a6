from odoo import api, fields, models

from ..comparing import difference, show
from ..document import (
    TableCell,
    TableDocument,
    TableHead,
    TablePart,
    TableRow,
    render_table,
)
from ..spreadsheet import (
    Column,
    Heading,
    Money,
    Percent,
    Sheet,
    Toned,
    Workbook,
    date_pattern,
    write_workbook,
)


class OfferComparison(models.AbstractModel):
    """The comparison on paper and as a sheet, exactly as it is on the screen."""

    _inherit = "offer.comparison"

    @api.model
    def _write_pdf(self, request, stream):
        """Write the PDF of what is shown.

        :param request: dict of ``revision_ids``, ``currency_id`` and ``view``
        """
        shown, revisions_sudo, currency = self._shown_for(request)
        company_sudo = self.env.company.sudo()
        document = TableDocument(
            title=self.env._("Comparison of offers"),
            letterhead=company_sudo._offer_letterhead(),
            fonts=company_sudo._offer_fonts(),
            page_label=self.env._(
                "Page %(page)s of %(pages)s", page="{page}", pages="{pages}"
            ),
            about=tuple(self._about(shown, currency)),
            parts=(
                TablePart(
                    heads=tuple(self._paper_heads(shown)),
                    rows=tuple(self._paper_rows(shown)),
                ),
            ),
            language=(self.env.lang or "en_US").replace("_", "-"),
        )
        stream.write(render_table(document))
        self._disclose(revisions_sudo)

    @api.model
    def _write_xlsx(self, request, stream):
        """Write the sheet of what is shown; parameters as for the PDF."""
        self.env["offer.export"]._check_export()
        shown, revisions_sudo, currency = self._shown_for(request)
        title = self.env._("Comparison of offers")
        sheet = Sheet(
            name=self.env._("Comparison"),
            title=title,
            about=tuple(self._about(shown, currency)),
            columns=tuple(self._sheet_columns(shown)),
            rows=self._sheet_rows(shown, currency),
            has_filter=False,
        )
        workbook = Workbook(
            title=title,
            author=self.env.company.sudo().name,
            created=max(revisions_sudo.mapped("date")),
            sheets=(sheet,),
            date_format=self._date_pattern(),
        )
        write_workbook(stream, workbook)
        self._disclose(revisions_sudo)

    @api.model
    def _date_pattern(self):
        language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return date_pattern(language.date_format or "%Y-%m-%d")

    @api.model
    def _shown_for(self, request):
        """Return what the reader sees, from which versions, and the currency."""
        request = request if isinstance(request, dict) else {}
        revisions = self._readable(request.get("revision_ids"))
        currency = self._currency(revisions, request.get("currency_id"))
        # sudo: as for the screen, see read_comparison
        revisions_sudo = revisions.sudo()
        table = self._make_table(revisions_sudo, currency)
        return (
            show(table, self._parse_view(request.get("view"))),
            revisions_sudo,
            currency,
        )

    @api.model
    def _about(self, shown, currency):
        """Yield what was compared how, for whoever gets the paper."""
        yield self.env._(
            "Prices per unit in %(currency)s, tax excluded, at the rates of the day of "
            "each offer. Differences are from %(base)s.",
            currency=currency.name,
            base=shown.columns[shown.base].title,
        )
        if shown.hidden_rows:
            yield self.env._("Equal rows left out: %(count)s", count=shown.hidden_rows)

    # ------------------------------------------------------------------
    # Paper
    # ------------------------------------------------------------------

    @api.model
    def _paper_heads(self, shown):
        yield TableHead("", weight=1.6, is_right=False)
        for place, column in enumerate(shown.columns):
            notes = column.notes
            if place == shown.base:
                notes = (*notes, self._base_label())
            yield TableHead(column.title, notes)

    @api.model
    def _base_label(self):
        return self.env._("Base of the comparison")

    @api.model
    def _paper_rows(self, shown):
        for group in shown.groups:
            yield TableRow((TableCell(group.title),), is_heading=True)
            for row in group.rows:
                label = TableCell(row.label, notes=(row.note,) if row.note else ())
                cells = (
                    self._paper_cell(cell, row.cells[shown.base]) for cell in row.cells
                )
                yield TableRow((label, *cells), is_strong=row.is_strong)

    @api.model
    def _paper_cell(self, cell, base):
        if not cell.exists:
            return TableCell("–", tone="muted")
        answer = self._difference_to(cell, base)
        tone = {-1: "less", 1: "more"}.get(answer["sign"], "")
        return TableCell(cell.text, answer["text"], tone, cell.notes)

    @api.model
    def _difference_to(self, cell, base):
        percent = None if cell is base else difference(cell, base)
        if percent is None:
            return {"text": "", "sign": 0}
        return self._difference_answer(percent)

    # ------------------------------------------------------------------
    # Sheet
    # ------------------------------------------------------------------

    @api.model
    def _sheet_columns(self, shown):
        """Yield the columns: a value, what is told below it, and the difference."""
        yield Column(self.env._("Comparison"), width=42)
        for place, column in enumerate(shown.columns):
            head = "\n".join((column.title, *column.notes))
            is_base = place == shown.base
            yield Column(f"{head}\n{self._base_label()}" if is_base else head, width=24)
            yield Column(self.env._("Details"), width=24)
            if not is_base:
                yield Column(self.env._("Difference"), width=12)

    @api.model
    def _sheet_rows(self, shown, currency):
        for group in shown.groups:
            yield Heading(group.title)
            for row in group.rows:
                label = " · ".join(filter(None, (row.label, row.note)))
                values = [Toned(label, "strong" if row.is_strong else "")]
                for place, cell in enumerate(row.cells):
                    base = row.cells[shown.base]
                    values += self._sheet_cells(
                        cell, base, place == shown.base, currency
                    )
                yield values

    @api.model
    def _sheet_cells(self, cell, base, is_base, currency):
        """Return the cells of one column."""
        cells = [self._sheet_value(cell, currency), ", ".join(cell.notes)]
        if is_base:
            return cells
        answer = self._difference_to(cell, base)
        tone = {-1: "less", 1: "more"}.get(answer["sign"])
        change = Percent(difference(cell, base), is_change=True) if tone else None
        return [*cells, Toned(change, tone) if tone else None]

    @api.model
    def _sheet_value(self, cell, currency):
        if not cell.exists:
            return Toned("–", "muted")
        if cell.kind == "money":
            return Money(cell.value, currency.name, currency.decimal_places)
        if cell.kind == "date":
            return fields.Date.to_date(cell.value)
        return cell.text

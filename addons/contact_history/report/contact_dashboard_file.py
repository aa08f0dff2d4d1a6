import io
from typing import Any, NamedTuple

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

_NAME_LENGTH = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class FileTable(NamedTuple):
    """A part of the dashboard as rows: numbers where there are numbers."""

    title: str
    head: list[str]
    rows: list[list[Any]]


class ContactDashboard(models.AbstractModel):
    """The dashboard as a file, by the rights of whoever asks."""

    _inherit = "contact.dashboard"

    @api.model
    def _file_tables(self, choice):
        """Return what the dashboard shows as tables.

        :raise AccessError: for who may not export
        """
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export files. Ask an administrator for the right "
                    "“Access to export feature”."
                )
            )
        figures = self.read_figures(choice)
        makers = {
            "chart": self._chart_table,
            "table": self._plain_table,
            "heat": self._heat_table,
            "mix": self._mix_table,
            "moves": self._moves_table,
        }
        tables = [self._tile_table(figures)]
        for section in figures["sections"]:
            table = makers[section["kind"]](section)
            if table.rows:
                tables.append(table)
        return tables

    @api.model
    def _tile_table(self, figures):
        rows = []
        for tile in figures["tiles"]:
            rows.append([tile["label"], tile["value"], tile["before"], tile["note"]])
            rows += [["– " + one["label"], one["value"]] for one in tile["parts"]]
        head = [self.env._("Figure"), self.env._("Now"), self.env._("Before"), ""]
        return FileTable(self._about(figures), head, rows)

    @api.model
    def _about(self, figures):
        """Return in words what was chosen, and for which days."""
        choice, options = figures["choice"], figures["options"]
        start, end = self._parse(choice).span(fields.Datetime.now())
        companies = [
            one["name"]
            for one in options["companies"]
            if not choice["company_ids"] or one["id"] in choice["company_ids"]
        ]
        chosen = [
            f"{format_date(self.env, start)} – {format_date(self.env, end)}",
            ", ".join(companies),
            ", ".join(
                one["label"]
                for one in options["channels"]
                if one["code"] in choice["channels"]
            ),
            choice["mine"] and self.env.user.name,
        ]
        return "; ".join(filter(None, chosen))

    @api.model
    def _chart_table(self, section):
        unit = f" ({section['unit']})" if section["unit"] else ""
        series = section["series"]
        return FileTable(
            section["label"],
            ["", *(one["label"] + unit for one in series)],
            [
                [label, *(one["values"][place] for one in series)]
                for place, label in enumerate(section["labels"])
            ],
        )

    @api.model
    def _plain_table(self, section):
        units = section.get("units") or [""] * len(section["columns"])
        head = [
            f"{column} ({unit})" if unit else column
            for column, unit in zip(section["columns"], units, strict=True)
        ]
        return FileTable(
            section["label"],
            ["", *head],
            [[row["name"], *row["values"]] for row in section["rows"]],
        )

    @api.model
    def _heat_table(self, section):
        return FileTable(
            section["label"],
            ["", *section["hours"]],
            [
                [row["name"], *(cell.get("value") for cell in row["cells"])]
                for row in section["rows"]
            ],
        )

    @api.model
    def _mix_table(self, section):
        head = ["", self.env._("Contacts")]
        for way in section["ways"]:
            head += [f"{way['label']} (%)", "±"]
        rows = []
        for group in section["groups"]:
            for row in group["rows"]:
                cells = [row["name"], row["count"]]
                for cell in row["cells"]:
                    cells += [cell["value"], cell["points"]]
                rows.append(cells)
        return FileTable(section["label"], head, rows)

    @api.model
    def _moves_table(self, section):
        return FileTable(
            section["label"],
            [self.env._("Before"), self.env._("Now"), self.env._("Customers")],
            [[row["from"], row["to"], row["count"]] for row in section["rows"]],
        )

    # ------------------------------------------------------------------
    # Sheets
    # ------------------------------------------------------------------

    @api.model
    def _write_xlsx(self, choice):
        """Return the dashboard as bytes of a workbook, a sheet for each part."""
        tables = self._file_tables(choice)
        stream = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(stream, options) as book:
            styles = {
                "title": book.add_format({"bold": True, "font_size": 13}),
                "head": book.add_format({"bold": True, "bottom": 1}),
                "whole": book.add_format({"num_format": "#,##0"}),
                "number": book.add_format({"num_format": "#,##0.0"}),
            }
            for number, table in enumerate(tables, 1):
                name = f"{number} {table.title.translate(_FORBIDDEN)}"
                sheet = book.add_worksheet(name[:_NAME_LENGTH].strip().rstrip("'"))
                self._fill_sheet(sheet, table, styles)
        return stream.getvalue()

    @api.model
    def _fill_sheet(self, sheet, table, styles):
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(len(table.head) - 1, 1), 14)
        sheet.write_string(0, 0, table.title, styles["title"])
        sheet.write_row(2, 0, table.head, styles["head"])
        sheet.freeze_panes(3, 1)
        for place, row in enumerate(table.rows, 3):
            for column, value in enumerate(row):
                if value in (None, ""):
                    continue
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                else:
                    kind = "whole" if float(value).is_integer() else "number"
                    sheet.write_number(place, column, value, styles[kind])

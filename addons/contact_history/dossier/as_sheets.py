"""The dossier as a spreadsheet: one sheet for each kind of data."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import xlsxwriter

from .model import Column, Dossier, Row, Section, Value

# The format's own limits.
_MAX_CELL = 32_000
_MAX_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def to_xlsx(dossier: Dossier) -> bytes:
    """Return the bytes of the file. Text is never taken for a formula or a link."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": dossier.title,
                "author": dossier.author,
                "created": dossier.asked_at,
            }
        )
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {"head": head, "moment": moment, "day": day, "plain": plain}
        names: set[str] = set()
        for section in dossier.sections:
            sheet = book.add_worksheet(_sheet_name(section.title, names))
            _write(sheet, section, dossier, formats)
    return stream.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", title).strip()[:_MAX_NAME] or "-"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: _MAX_NAME - 4]} {number}"
    taken.add(name.casefold())
    return name


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    section: Section,
    dossier: Dossier,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    columns = [*section.columns, Column("files", dossier.files_label)]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 60 if column.is_long else 22)
        sheet.write_string(0, place, column.title, formats["head"])
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(section.rows, 1):
        for place, value in enumerate(_values(row, section)):
            _write_cell(sheet, line, place, value, dossier, formats)


def _values(row: Row, section: Section) -> list[Value]:
    values = [row.values.get(column.key) for column in section.columns]
    return [*values, "\n".join(row.files) or None]


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    place: int,
    value: Value,
    dossier: Dossier,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, dossier.local(value), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(line, place, value, formats["plain"])
    else:
        text = value if isinstance(value, str) else dossier.show(value)
        clean = _CONTROL.sub("", text)[:_MAX_CELL]
        sheet.write_string(line, place, clean, formats["plain"])

"""Offers with a table of lines, in each format, as programs really write them."""

import io

import openpyxl
import xlsxwriter
from file_builders import zip_of
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
POLISH = (
    ("Lp.", "Nazwa towaru", "Ilosc", "J.m.", "Cena netto", "Rabat %", "Wartosc netto"),
    ("1", "Tokarka CX-400", "2", "szt.", "40 000,00", "5", "76 000,00"),
    ("2", "Szkolenie operatora", "3", "godz.", "1 000,00", "", "3 000,00"),
    ("3", "Transport", "1", "kpl.", "1 000,00", "0", "1 000,00"),
    ("", "", "", "", "", "Razem netto", "80 000,00"),
)


def pdf_table(rows, valign="TOP", widths=None, repeat=1, before=()):
    style = getSampleStyleSheet()["BodyText"]
    cells = [
        [Paragraph(cell, style) if len(cell) > 20 else cell for cell in row]
        for row in rows
    ]
    table = Table(
        cells, colWidths=widths or [30, 150, 45, 40, 70, 65, 85], repeatRows=repeat
    )
    table.setStyle(
        [("ALIGN", (2, 0), (-1, -1), "RIGHT"), ("VALIGN", (0, 0), (-1, -1), valign)]
    )
    stream = io.BytesIO()
    parts = [Paragraph(line, style) for line in ("Oferta", *before)]
    document = SimpleDocTemplate(stream, pagesize=A4, invariant=1)
    document.build(
        [*parts, Spacer(1, 20), table, Spacer(1, 20), Paragraph("Dziekujemy", style)]
    )
    return stream.getvalue()


def docx_table(rows, body=""):
    def cell(text):
        lines = "".join(
            f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")
        )
        return f"<w:tc><w:tcPr/>{lines}</w:tc>"

    made = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return docx_body(f"{body}<w:tbl><w:tblPr/>{made}</w:tbl>")


def docx_body(body):
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def odt_table(rows):
    def cell(text):
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    made = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"
        for row in rows[1:]
    )
    head = "".join(map(cell, rows[0]))
    return odt_body(
        "<table:table><table:table-column/><table:table-header-rows>"
        f"<table:table-row>{head}</table:table-row></table:table-header-rows>"
        f"{made}</table:table>"
    )


def odt_body(body):
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document xmlns:office="{OFFICE}" '
            f'xmlns:table="{TABLE}" xmlns:text="{TEXT}">{body}</office:document>',
        }
    )


def xlsx_table(rows, formats=None):
    """Return a sheet by XlsxWriter; ``formats`` by column, numbers stay numbers."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Oferta")
    made = {
        at: book.add_format({"num_format": one}) for at, one in (formats or {}).items()
    }
    sheet.write(0, 0, "Oferta nr 17")
    for number, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            sheet.write(number, place, value, made.get(place))
    book.close()
    return stream.getvalue()


def xlsx_plain(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

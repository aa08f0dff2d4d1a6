import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from odoo import api, models
from odoo.tools import formatLang
from odoo.tools.misc import file_path

# Odoo's own, which has Polish and Greek letters.
_FONTS = {
    "ContactHistory": "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf",
    "ContactHistory-Bold": "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf",
}
# More columns than fit are told by the sheet.
_MAX_COLUMNS = 16


class ContactDashboard(models.AbstractModel):
    """The dashboard on paper, for the meeting."""

    _inherit = "contact.dashboard"

    @api.model
    def _write_pdf(self, choice):
        """Return the dashboard as bytes of a PDF."""
        tables = self._file_tables(choice)
        for name, path in _FONTS.items():
            pdfmetrics.registerFont(TTFont(name, file_path(path)))
        title = ParagraphStyle("title", fontName="ContactHistory-Bold", fontSize=15)
        about = ParagraphStyle("about", fontName="ContactHistory", fontSize=9)
        head = ParagraphStyle(
            "head",
            fontName="ContactHistory-Bold",
            fontSize=11,
            spaceBefore=8,
            spaceAfter=2 * mm,
            keepWithNext=True,
        )
        company_sudo = self.env.company.sudo()
        story = [
            Paragraph(escape(self.env._("Contacts and response times")), title),
            Spacer(1, 4 * mm),
            Paragraph(escape(f"{company_sudo.name} · {tables[0].title}"), about),
            Spacer(1, 4 * mm),
            self._paper_table(tables[0]),
        ]
        for table in tables[1:]:
            story += [Paragraph(escape(table.title), head), self._paper_table(table)]
        stream = io.BytesIO()
        SimpleDocTemplate(
            stream,
            pagesize=landscape(A4),
            title=self.env._("Contacts and response times"),
            author=company_sudo.name,
            lang=(self.env.lang or "en_US").replace("_", "-"),
            leftMargin=15 * mm,
            rightMargin=15 * mm,
            topMargin=14 * mm,
            bottomMargin=14 * mm,
        ).build(story, onFirstPage=self._paper_foot, onLaterPages=self._paper_foot)
        return stream.getvalue()

    @api.model
    def _paper_foot(self, canvas, document):
        canvas.setFont("ContactHistory", 8)
        canvas.drawRightString(
            document.pagesize[0] - 15 * mm,
            8 * mm,
            self.env._("Page %(page)s", page=document.page),
        )

    @api.model
    def _paper_table(self, table):
        text = ParagraphStyle("cell", fontName="ContactHistory", fontSize=7.5)
        bold = ParagraphStyle("bold", parent=text, fontName="ContactHistory-Bold")
        rows = [self._paper_row(table, table.head, bold)]
        rows += [self._paper_row(table, row, text) for row in table.rows]
        paper = Table(rows, repeatRows=1, hAlign="LEFT")
        paper.setStyle(
            TableStyle(
                [
                    ("LINEBELOW", (0, 0), (-1, 0), 0.7, colors.black),
                    ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                ]
            )
        )
        return paper

    @api.model
    def _paper_row(self, table, row, style):
        """Return a row as paragraphs; numbers and their heads to the right."""
        right = ParagraphStyle("right", parent=style, alignment=TA_RIGHT)
        row = [*row, *[""] * (len(table.head) - len(row))][:_MAX_COLUMNS]
        return [
            Paragraph(
                escape(self._paper_text(value)),
                right if self._is_of_numbers(table, place) else style,
            )
            for place, value in enumerate(row)
        ]

    @api.model
    def _is_of_numbers(self, table, place):
        values = [row[place] for row in table.rows if len(row) > place]
        return any(not isinstance(value, str | type(None)) for value in values)

    @api.model
    def _paper_text(self, value):
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        is_whole = float(value).is_integer()
        return formatLang(self.env, value, digits=0 if is_whole else 1)

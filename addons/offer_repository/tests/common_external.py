import io
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from .common import OfferCommon

MAILS = Path(__file__).parent / "mails"
LINES = (
    "Oferta nr OF/17/2026",
    "Data oferty: 05.11.2026",
    "Razem netto: 80 000,00 EUR",
    "Razem brutto: 98 400,00 EUR",
    "Valid until 31.12.2030",
)


TABLE = (
    ("Lp.", "Nazwa", "Kod", "Ilosc", "J.m.", "Cena netto", "Rabat", "Wartosc netto"),
    ("1", "Tokarka CX-400", "CX400", "1", "szt.", "80 000,00", "10 %", "72 000,00"),
    ("2", "Szkolenie", "", "8", "godz.", "1 000,00", "", "8 000,00"),
)


class ExternalCommon(OfferCommon):
    """Documents that come in from outside, as the seller who has only her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.intakes = cls._as(cls.anna)["offer.intake"]

    @staticmethod
    def _pdf(*lines, password=None):
        stream = io.BytesIO()
        canvas = Canvas(stream, invariant=1)
        for number, line in enumerate(lines or LINES):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.save()
        if not password:
            return stream.getvalue()
        writer = PdfWriter(clone_from=PdfReader(stream))
        writer.encrypt(password, algorithm="RC4-128")
        encrypted = io.BytesIO()
        writer.write(encrypted)
        return encrypted.getvalue()

    @staticmethod
    def _table_pdf(rows=TABLE, lines=LINES):
        """Return an offer with a table, as a program for offers makes it."""
        stream = io.BytesIO()
        style = getSampleStyleSheet()["BodyText"]
        said = [Paragraph(line, style) for line in lines]
        table = Table(rows, colWidths=[25, 100, 50, 40, 45, 75, 45, 85])
        SimpleDocTemplate(stream, invariant=1).build([*said[:2], table, *said[2:]])
        return stream.getvalue()

    @classmethod
    def _upload(cls, data=None, name="Oferta.pdf", user=None):
        """Return the item of a file that ``user`` added, with that user's rights."""
        user = user or cls.anna
        intakes = cls._as(user)["offer.intake"]
        data = cls._pdf() if data is None else data
        item_sudo, refusal = intakes._upload(name, data, user.company_id)
        assert not refusal, refusal
        return item_sudo.with_env(intakes.env)

    @classmethod
    def _take(cls, item, **values):
        """Confirm ``item`` and return the offer (sudo) that is made of it."""
        item.write({"partner_id": cls.customer.id, **values})
        item.action_take()
        return item.sudo().offer_id

    @classmethod
    def _external_offer(cls, user=None, data=None, **values):
        return cls._take(cls._upload(data, user=user), **values)

    def assertIntact(self, company=None):
        self.env.invalidate_all()
        found = self.env["offer.revision"]._verify_company(company or self.warszawa)
        self.assertEqual(found, [])

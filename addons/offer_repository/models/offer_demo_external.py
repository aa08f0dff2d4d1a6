import io
from datetime import timedelta
from email.message import EmailMessage

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from odoo import models
from odoo.tools import file_path, format_amount, format_date

_FONT = "OfferDemo"
_PLACES = (60, 85, 330, 370, 450, 530)  # of the columns, in points
_LEFT = 100  # columns beyond are set to the right
_FILE = "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf"


class OfferDemo(models.AbstractModel):
    """Offers that the branch in Warszawa made outside Odoo, and two that wait."""

    _inherit = "offer.demo"

    def _create_external(self, rows):
        for row in rows:
            user = self._ref(f"user_{row['user']}") if row["user"] else None
            company = self._ref("company_warszawa")
            item_sudo = self._receive_external(row, user, company)
            if row["outcome"]:
                item = item_sudo.with_user(user).with_context(
                    allowed_company_ids=company.ids
                )
                offer_sudo, _revision = item._take()
                self._close_external(offer_sudo, row)

    def _receive_external(self, row, user, company):
        pdf = self._external_pdf(row, company)
        files = [(f"{row['number'].replace('/', '-')}.pdf", pdf)]
        values = {"user_id": user.id if user else False}
        if row["origin"] == "mail" or not user:
            mail = self._external_mail(row, user, files[0])
            files.append((f"{row['subject']}.eml", mail.as_bytes()))
            values |= {"name": row["subject"], "sender": mail["From"]}
            values["recipients"] = mail["To"]
        origin = "mail" if not user else row["origin"]
        origin = "upload" if origin == "waiting" else origin
        items = self.env["offer.intake"]
        item_sudo = items._receive(files, company, origin, **values)
        if row["customer"]:
            item_sudo.partner_id = self._ref(f"res_partner_{row['customer']}")
        return item_sudo

    def _close_external(self, offer_sudo, row):
        if row["outcome"] == "won":
            offer_sudo._external_close("won", "Ordered by letter")
        if row["outcome"] == "lost":
            reason = self.env.ref("crm.lost_reason_1")
            offer_sudo._external_close("lost", reason.name, reason)

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def _external_pdf(self, row, company):
        """Return the document as a spreadsheet would have printed it."""
        pdfmetrics.registerFont(TTFont(_FONT, file_path(_FILE)))
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=A4, invariant=1)
        canvas.setFont(_FONT, 20)
        canvas.drawString(60, 770, company.name if row["user"] else "Aqua Serwis")
        canvas.setFont(_FONT, 11)
        for index, line in enumerate(self._external_lines(row, company)):
            canvas.drawString(60, 730 - 22 * index, line)
        for index, cells in enumerate(self._external_table(row, company)):
            for place, cell in zip(_PLACES, cells, strict=True):
                draw = canvas.drawRightString if place > _LEFT else canvas.drawString
                draw(place, 420 - 22 * index, cell)
        canvas.save()
        return stream.getvalue()

    def _external_table(self, row, company):
        """Return the lines of the offer: the machine, and setting it up."""
        untaxed = float(row["untaxed"])
        machine = round(untaxed * 0.92, 2)
        work = round((untaxed - machine) / 8, 2)
        lines = [
            (row["subject"], 1, "pcs", round(untaxed - 8 * work, 2)),
            ("Installation and training", 8, "h", work),
        ]
        money = company.currency_id
        amounts = [
            (format_amount(self.env, one, money) for one in (price, count * price))
            for _text, count, _unit, price in lines
        ]
        return [
            ("No.", "Description", "Qty", "Unit", "Unit price", "Amount"),
            *(
                (str(number), text[:40], str(count), unit, *prices)
                for number, ((text, count, unit, _price), prices) in enumerate(
                    zip(lines, amounts, strict=True), start=1
                )
            ),
        ]

    def _external_lines(self, row, company):
        made = self._moment(row["days"], self._morning(row["number"])).date()
        until = made + timedelta(days=int(row["valid"]))
        untaxed = float(row["untaxed"])
        money = company.currency_id
        customer = row["customer"] and self._ref(f"res_partner_{row['customer']}")
        amounts = [
            format_amount(self.env, amount, money)
            for amount in (untaxed, untaxed * 0.23, untaxed * 1.23)
        ]
        return [
            f"Offer no. {row['number']}",
            f"Offer date: {format_date(self.env, made, date_format='dd.MM.yyyy')}",
            f"Prepared for: {customer.name}" if customer else "",
            "",
            row["subject"],
            "",
            f"Net total: {amounts[0]}",
            f"VAT 23%: {amounts[1]}",
            f"Grand total: {amounts[2]}",
            "",
            f"Valid until {format_date(self.env, until, date_format='dd.MM.yyyy')}",
            "Delivery within 10 weeks of the order. Warranty 24 months.",
        ]

    def _external_mail(self, row, user, document):
        mail = EmailMessage()
        customer = row["customer"] and self._ref(f"res_partner_{row['customer']}")
        mail["From"] = user.email_formatted if user else "biuro@aqua-serwis.example"
        mail["To"] = (customer and customer.email) or "offers.warszawa@meridian.example"
        mail["Subject"] = row["subject"]
        mail.set_content("Good morning,\nplease find our offer attached.")
        name, data = document
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
        return mail

"""Small documents of every kind, made on the spot."""

import io
import struct
import zipfile
from email.message import EmailMessage

import openpyxl
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

OFFER = ("Oferta nr 17/2026", "Razem brutto: 12 345,67 EUR")


def make_pdf(*lines, pages=1, password=None):
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for _page in range(pages):
        for number, line in enumerate(lines or OFFER):
            canvas.drawString(72, 750 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    if password is None:
        return stream.getvalue()
    writer = PdfWriter(clone_from=PdfReader(stream))
    writer.encrypt(password, algorithm="RC4-128")
    return saved(writer)


def make_scan(picture):
    """Return a PDF whose only page is a picture."""
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, 100, 100)
    canvas.save()
    return stream.getvalue()


def saved(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def make_zip(**files):
    return zip_of({name.replace("__", "/"): data for name, data in files.items()})


def zip_of(files, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def locked(data):
    """Return a ZIP whose entries say that they are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(changed)


def make_docx(*paragraphs, header=""):
    body = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs or OFFER
    )
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{name}">{body}</w:document>',
    }
    if header:
        files["word/header1.xml"] = (
            f'<w:hdr xmlns:w="{name}"><w:t>{header}</w:t></w:hdr>'
        )
    return zip_of(files)


def make_odt(*paragraphs, mimetype=None, manifest="<manifest/>"):
    text = "http://openoffice.org/2000/text"
    body = "".join(f"<t:p>{line}</t:p>" for line in paragraphs or OFFER)
    return zip_of(
        {
            "mimetype": mimetype or "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o xmlns:t="{text}">{body}</o>',
            "META-INF/manifest.xml": manifest,
        }
    )


def make_xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows or (OFFER,):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_mail(subject="Oferta", body="Dzień dobry", files=(), html=None):
    message = EmailMessage()
    message["From"] = "anna@meridian.example"
    message["To"] = "zakupy@lacznik.example"
    message["Subject"] = subject
    message["Date"] = "Fri, 27 Nov 2026 10:00:00 +0100"
    if html is None:
        message.set_content(body)
    else:
        message.set_content(html, subtype="html")
    for name, data in files:
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def make_bmp():
    return b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + b"\0" * 44

import io
import logging

import pypdfium2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process

# What a file that is not what it says makes the libraries raise.
_BROKEN = (OSError, ValueError, UserError, pypdfium2.PdfiumError)
_logger = logging.getLogger(__name__)
_SIZE = 480
# A picture is not worth more memory than this.
_MAX_BYTES = 20_000_000
_KINDS = (
    ("application/pdf", "pdf"),
    ("image/", "image"),
    ("message/", "mail"),
    ("application/vnd.ms-outlook", "mail"),
    ("spreadsheet", "sheet"),
    ("excel", "sheet"),
    ("word", "text"),
    ("opendocument.text", "text"),
    ("text/", "text"),
)


class OfferOffer(models.Model):
    """The first page of what the customer got, as a small picture."""

    _inherit = "offer.offer"

    thumbnail = fields.Image(
        readonly=True,
        copy=False,
        max_width=_SIZE,
        max_height=_SIZE,
    )
    document_kind = fields.Selection(
        [
            ("pdf", "PDF"),
            ("image", "Image"),
            ("mail", "E-mail"),
            ("sheet", "Spreadsheet"),
            ("text", "Text"),
            ("other", "File"),
            ("none", "No Document"),
        ],
        string="Document",
        compute="_compute_document_kind",
    )

    @api.depends("current_revision_id")
    def _compute_document_kind(self):
        for offer in self:
            document = offer.current_revision_id.document_ids[:1]
            offer.document_kind = _kind(document.mimetype or "") if document else "none"

    def _make_thumbnails(self):
        """Make the pictures of the offers' current documents, in sudo, by a job.

        A document that cannot be drawn leaves its offer with an icon.
        """
        for offer in self.with_context(bin_size=False):
            documents = offer.current_revision_id.document_ids
            document = next(
                (d for d in documents if _kind(d.mimetype or "") in ("pdf", "image")),
                None,
            )
            if not document or document.file_size > _MAX_BYTES:
                continue
            picture = _first_page(document)
            if picture:
                offer._store_thumbnail(picture)

    def _store_thumbnail(self, picture):
        """Keep a picture as Odoo keeps those of its image fields.

        Not through ``write``: that would touch the row of an offer that a user may be
        sending at this moment.
        """
        files = self.env["ir.attachment"].sudo()
        values = {"res_model": self._name, "res_field": "thumbnail", "res_id": self.id}
        held = files.search([(name, "=", value) for name, value in values.items()])
        if held:
            held.write({"raw": picture})
        else:
            files.create(
                {**values, "name": "thumbnail", "type": "binary", "raw": picture}
            )
        self.invalidate_recordset(["thumbnail"], flush=False)


def _kind(mimetype):
    return next((kind for part, kind in _KINDS if part in mimetype), "other")


def _first_page(document):
    """Return a document's first page as PNG, or None when it cannot be drawn."""
    try:
        if _kind(document.mimetype) == "image":
            return image_process(document.raw, size=(_SIZE, _SIZE), output_format="PNG")
        return _draw_pdf(document.raw)
    except _BROKEN:
        _logger.info("No picture of document %s of the archive.", document.id)
        return None


def _draw_pdf(data):
    pdf = pypdfium2.PdfDocument(data)
    try:
        page = pdf[0]
        scale = _SIZE / max(page.get_width(), page.get_height())
        stream = io.BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(stream, "PNG")
        return stream.getvalue()
    finally:
        pdf.close()

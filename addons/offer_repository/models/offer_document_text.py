import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..evidence import sha256_hex

_logger = logging.getLogger(__name__)

# What cannot have text worth reading is not read: pages that Odoo calls pictures are.
_READABLE = (
    "application/pdf",
    "application/vnd%",
    "image/%",
    "message/%",
)


class OfferDocumentText(models.Model):
    """What an archived document says, beside the chain: for searching alone.

    Made anew at any time from the document's bytes, so it is neither hashed nor
    exported. It goes with its document when that is purged.
    """

    _name = "offer.document.text"
    _description = "Text of an Archived Document"
    _log_access = False

    revision_id = fields.Many2one(
        "offer.revision",
        required=True,
        ondelete="restrict",
        index=True,
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="Document",
        required=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        ondelete="restrict",
    )
    sha256 = fields.Char(string="Fingerprint", required=True)
    text = fields.Text()
    problem = fields.Char(help="Why the document could not be read, as a code.")

    _attachment_uniq = models.UniqueIndex(
        "(attachment_id)",
        "A document has one text.",
    )
    # serves offer.intake._archived_twins
    _sha256_idx = models.Index("(company_id, sha256)")

    @api.model
    def _record(self, revision, texts):
        """Keep the texts of a revision's documents.

        :param texts: dict of SHA-256 to (text, problem); what is not there is read
            later, in the background
        """
        rows = []
        for document in revision.document_ids:
            digest = sha256_hex(document.raw or b"")
            if digest in texts:
                text, problem = texts[digest]
                rows.append(self._values(document, revision, digest, text, problem))
        self.sudo().create(rows)
        if len(rows) < len(revision.document_ids):
            self._wake()

    @api.model
    def _wake(self):
        """Have documents without text read soon, not while somebody is waiting."""
        self.env.ref(
            "offer_repository.ir_cron_offer_document_text_read"
        ).sudo()._trigger()

    def _values(self, document, revision, digest, text, problem):
        return {
            "revision_id": revision.id,
            "attachment_id": document.id,
            "company_id": revision.company_id.id,
            "sha256": digest,
            "text": text or False,
            "problem": problem or False,
        }

    # ------------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------------

    @api.model
    def _cron_read(self, batch=20):
        """Read archived documents that have not been read, newest first.

        Resumable: what is done is told by the rows themselves. A document that cannot
        be read gets a row too, with the reason, and is not tried again.
        """
        while documents := self._unread(batch + 1):
            for document in documents[:batch]:
                self._read_document(document)
            remaining = len(documents[batch:])
            done = len(documents) - remaining
            if not self.env["ir.cron"]._commit_progress(done, remaining=remaining):
                return

    def _read_document(self, document):
        revision = self.env["offer.revision"].browse(document.res_id)
        data = document.raw or b""
        reading = self.env["offer.document.reader"]._read_file(document.name, data)
        if reading.problem:
            _logger.info("Document %s has no text: %s.", document.id, reading.problem)
        self.create(
            self._values(
                document, revision, sha256_hex(data), reading.text, reading.problem
            )
        )

    @api.model
    def _unread(self, limit):
        return self.env["ir.attachment"].browse(self._query_unread(limit))

    @api.model
    def _query_unread(self, limit):
        # Raw SQL because the ORM has no anti-join to a table without a field for it;
        # over two indexes: (res_model, res_id) and _attachment_uniq.
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT a.id FROM ir_attachment a "
                "WHERE a.res_model = 'offer.revision' AND a.mimetype LIKE ANY(%s) "
                "AND NOT EXISTS (SELECT FROM offer_document_text t "
                "WHERE t.attachment_id = a.id) ORDER BY a.id DESC LIMIT %s",
                list(_READABLE),
                limit,
            )
        )
        return [document_id for (document_id,) in rows]


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    document_text_ids = fields.One2many("offer.document.text", "revision_id")
    document_text = fields.Text(
        string="Text of the Documents",
        compute="_compute_document_text",
        search="_search_document_text",
    )

    @api.depends("document_text_ids.text")
    def _compute_document_text(self):
        for revision in self:
            texts = revision.document_text_ids.mapped("text")
            revision.document_text = "\n\n".join(filter(None, texts)) or False

    def _search_document_text(self, operator, value):
        return Domain("document_text_ids.text", operator, value)

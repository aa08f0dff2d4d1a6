import hashlib
from collections import defaultdict
from pathlib import Path

from odoo import models
from odoo.tools import SQL

from ..evidence import KeptDocument

# Larger files are read piece by piece, so that memory does not grow with them.
_AT_ONCE = 4 << 20
_BATCH = 500
# How attachments of the archive are made; anything else was done to them later.
_FLAWS = SQL(
    """CASE WHEN a.type = 'binary' AND a.company_id = r.company_id
        AND a.public IS NOT TRUE AND CONCAT(
            a.url, a.access_token, a.res_field, a.description
        ) = '' THEN NULL
    ELSE ARRAY_REMOVE(ARRAY[
        CASE WHEN a.type IS DISTINCT FROM 'binary' THEN 'type' END,
        CASE WHEN a.public THEN 'public' END,
        CASE WHEN a.url != '' THEN 'url' END,
        CASE WHEN a.access_token != '' THEN 'access_token' END,
        CASE WHEN a.res_field != '' THEN 'res_field' END,
        CASE WHEN a.description != '' THEN 'description' END,
        CASE WHEN a.company_id IS DISTINCT FROM r.company_id THEN 'company_id' END
    ], NULL) END"""
)


class OfferRevision(models.Model):
    """Reads the files of the archive as they are in the store."""

    _inherit = "offer.revision"

    def _query_documents(self, row_ids):
        # reads the index of ir_attachment (res_model, res_id)
        self.env.cr.execute(
            SQL(
                "SELECT a.res_id, a.name, a.mimetype, a.file_size, a.checksum, "
                "a.store_fname, %s AS flaws, "
                "CASE WHEN a.store_fname IS NULL THEN a.db_datas END AS db_datas "
                "FROM ir_attachment a JOIN offer_revision r ON r.id = a.res_id "
                "WHERE a.res_model = 'offer.revision' AND a.res_id = ANY(%s) "
                "ORDER BY a.id",
                _FLAWS,
                row_ids,
            )
        )
        documents = defaultdict(list)
        for row in self.env.cr.dictfetchall():
            documents[row["res_id"]].append(self._kept_document(row))
        return documents

    def _kept_document(self, row):
        digest = self._kept_digest(row)
        flaws = row["flaws"] or []
        if digest is not None and not self._is_checksum_right(row):
            flaws.append("checksum")
        return KeptDocument(
            row["name"] or "",
            row["mimetype"] or "",
            row["file_size"],
            digest,
            tuple(flaws),
        )

    def _kept_digest(self, row):
        """Return the SHA-256 of a file of the archive, None when it is gone."""
        digest = None
        for piece in self._kept_pieces(row):
            digest = digest or hashlib.sha256()
            digest.update(piece)
        return digest and digest.hexdigest()

    def _kept_pieces(self, row):
        """Yield the bytes of an attachment in pieces; nothing when they are gone."""
        path = self._large_file(row)
        if path:
            yield from self._stored_pieces(path)
            return
        data = self._kept_bytes(row)
        if data is not None:
            yield data

    def _large_file(self, row):
        """Return where a large file lies, None for others.

        Those in a store elsewhere are none: only Odoo's own method finds them.
        """
        if not row["store_fname"] or (row["file_size"] or 0) <= _AT_ONCE:
            return None
        path = Path(self.env["ir.attachment"]._full_path(row["store_fname"]))
        return path if path.is_file() else None

    def _stored_pieces(self, path):
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                yield piece

    def _kept_bytes(self, row):
        if row["store_fname"]:
            data = self.env["ir.attachment"]._file_read(row["store_fname"])
            return None if not data and row["file_size"] else data
        if row["db_datas"] is None:
            return None if row["file_size"] else b""
        return bytes(row["db_datas"])

    def _is_checksum_right(self, row):
        """Tell whether Odoo's own checksum belongs to the file.

        Odoo names files by their checksum, so it is computed only for those that are
        kept otherwise: the bytes themselves are proven by the stronger SHA-256.
        """
        checksum = row["checksum"]
        if checksum and (row["store_fname"] or "").endswith(f"/{checksum}"):
            return True
        data = self._kept_bytes(row)
        return checksum == self.env["ir.attachment"]._compute_checksum(data)

    # ------------------------------------------------------------------
    # Export
    # ------------------------------------------------------------------

    def _kept_files(self, company):
        """Yield hash and pieces of every file kept for a company."""
        after = 0
        while rows := self._query_files(company.id, after):
            for row in rows:
                digest = self._kept_digest(row)
                if digest:
                    yield digest, self._kept_pieces(row)
            after = rows[-1]["id"]

    def _query_files(self, company_id, after):
        self.env.cr.execute(
            SQL(
                "SELECT a.id, a.store_fname, a.file_size, "
                "CASE WHEN a.store_fname IS NULL THEN a.db_datas END AS db_datas "
                "FROM ir_attachment a JOIN offer_revision r ON r.id = a.res_id "
                "WHERE a.res_model = 'offer.revision' AND r.company_id = %s "
                "AND a.id > %s ORDER BY a.id LIMIT %s",
                company_id,
                after,
                _BATCH,
            )
        )
        return self.env.cr.dictfetchall()

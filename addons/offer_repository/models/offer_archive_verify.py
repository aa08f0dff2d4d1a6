from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime

from odoo import api, models
from odoo.tools import SQL

from ..evidence import (
    CHAINS,
    ChainRow,
    KeptDocument,
    KeptRow,
    canonical_value,
    sha256_hex,
    verify_archive,
    waived_by,
)

_BATCH = 500
_ROW = ("chain_seq", "payload", "payload_sha256", "previous_hash", "hash")
# How attachments of the archive are made; anything else was done to them later.
_DOCUMENT_FACTS = {
    "type": "binary",
    "public": None,
    "url": None,
    "access_token": None,
    "res_field": None,
    "description": None,
}


def _canonical(value):
    """Return a value of the database as the payload would state it."""
    if isinstance(value, datetime):
        value = value.replace(tzinfo=UTC)
    return canonical_value(value)


class OfferChainMixin(models.AbstractModel):
    """Reads rows of evidence as they are in the database, past the ORM.

    Amounts are read as PostgreSQL's own decimal text without trailing zeros, the form
    that payloads have: as floats they would not compare. Raw SQL also because a million
    rows are read; the order of the chain comes from the index ``_chain_uniq``.
    """

    _inherit = "offer.chain.mixin"

    @api.model
    def _kept_rows(self, company, after=0):
        """Yield every row of a company's chain with what is kept beside it.

        :param after: position to start behind
        """
        self.env.flush_all()
        while True:
            rows = self._query_rows(company.id, after)
            if not rows:
                return
            beside = self._query_beside([row["id"] for row in rows])
            for row in rows:
                yield self._kept_row(row, beside)
            after = rows[-1]["chain_seq"]

    def _kept_row(self, row, beside):
        return KeptRow(
            row=ChainRow(*(row[name] for name in _ROW)),
            columns=self._kept_columns(row),
            personal=row["personal"],
            lines=beside["lines"].get(row["id"], ()),
            documents=beside["documents"].get(row["id"], ()),
        )

    def _query_rows(self, company_id, after):
        self.env.cr.execute(
            SQL(
                "SELECT * FROM %s WHERE company_id = %s AND chain_seq > %s "
                "ORDER BY chain_seq LIMIT %s",
                SQL.identifier(self._table),
                company_id,
                after,
                _BATCH,
            )
        )
        return self.env.cr.dictfetchall()

    def _query_beside(self, row_ids):
        """Return lines and documents of the rows by id of the row."""
        return {"lines": {}, "documents": {}}

    def _kept_columns(self, row):
        """Return the columns under the names of ``evidence.expected_columns``."""
        return {
            name: _canonical(row[name]) for name in ("company_id", "offer_id", "date")
        }


class OfferEvent(models.Model):
    _inherit = "offer.event"

    def _kept_columns(self, row):
        named = {name: row[name] for name in ("revision_id", "code", "detail")}
        return {**super()._kept_columns(row), **named}


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def _query_rows(self, company_id, after):
        self.env.cr.execute(
            SQL(
                "SELECT r.*, c.name AS currency, "
                "trim_scale(r.amount_untaxed)::text AS untaxed, "
                "trim_scale(r.amount_tax)::text AS tax, "
                "trim_scale(r.amount_total)::text AS total "
                "FROM offer_revision r JOIN res_currency c ON c.id = r.currency_id "
                "WHERE r.company_id = %s AND r.chain_seq > %s "
                "ORDER BY r.chain_seq LIMIT %s",
                company_id,
                after,
                _BATCH,
            )
        )
        return self.env.cr.dictfetchall()

    def _kept_columns(self, row):
        return {
            **super()._kept_columns(row),
            **{name: row[name] for name in ("number", "reason", "currency")},
            **{name: row[name] for name in ("origin", "external_number")},
            "date_recorded": _canonical(row["date_recorded"]),
            "is_material": bool(row["is_material"]),
            "validity": _canonical(row["validity"]),
            "amount_untaxed": row["untaxed"],
            "amount_tax": row["tax"],
            "amount_total": row["total"],
        }

    def _query_beside(self, row_ids):
        return {
            "lines": self._query_lines(row_ids),
            "documents": self._query_documents(row_ids),
        }

    def _query_lines(self, row_ids):
        # reads the index of offer_revision_line.revision_id
        self.env.cr.execute(
            SQL(
                "SELECT l.revision_id, l.sequence, l.display_type, l.product_code, "
                "l.name, l.uom_name, l.tax_names, "
                "COALESCE(l.is_optional, false) AS is_optional, "
                "trim_scale(l.quantity)::text AS quantity, "
                "trim_scale(l.price_unit)::text AS price_unit, "
                "trim_scale(l.discount)::text AS discount, "
                "trim_scale(l.price_subtotal)::text AS subtotal, "
                "l.product_id, l.uom_id, "
                "l.company_id != r.company_id AS is_elsewhere "
                "FROM offer_revision_line l "
                "JOIN offer_revision r ON r.id = l.revision_id "
                "WHERE l.revision_id = ANY(%s) ORDER BY l.sequence, l.id",
                row_ids,
            )
        )
        lines = defaultdict(list)
        for line in self.env.cr.dictfetchall():
            lines[line["revision_id"]].append(line)
            # links empty themselves when their product or unit is deleted
            for link in ("product_id", "uom_id"):
                if not line[link]:
                    del line[link]
            if line["is_elsewhere"]:
                line["flaw"] = "company_id"
        return lines

    def _query_documents(self, row_ids):
        # reads the index of ir_attachment (res_model, res_id)
        self.env.cr.execute(
            SQL(
                "SELECT a.*, a.company_id IS DISTINCT FROM r.company_id AS elsewhere "
                "FROM ir_attachment a JOIN offer_revision r ON r.id = a.res_id "
                "WHERE a.res_model = 'offer.revision' AND a.res_id = ANY(%s) "
                "ORDER BY a.id",
                row_ids,
            )
        )
        documents = defaultdict(list)
        for row in self.env.cr.dictfetchall():
            documents[row["res_id"]].append(self._kept_document(row))
        return documents

    def _kept_document(self, row):
        flaws = [
            name
            for name, value in _DOCUMENT_FACTS.items()
            if (row[name] or None) != value
        ]
        if row["elsewhere"]:
            flaws.append("company_id")
        data = self._kept_bytes(row)
        if data is not None and row["checksum"] != self._kept_checksum(data):
            flaws.append("checksum")
        return KeptDocument(
            row["name"] or "",
            row["mimetype"] or "",
            row["file_size"],
            None if data is None else sha256_hex(data),
            tuple(flaws),
        )

    def _kept_checksum(self, data):
        return self.env["ir.attachment"]._compute_checksum(data)

    def _kept_bytes(self, row):
        """Return the file of an attachment, None when it is gone."""
        if row["store_fname"]:
            data = self.env["ir.attachment"]._file_read(row["store_fname"])
            return None if not data and row["file_size"] else data
        if row["db_datas"] is None:
            return None if row["file_size"] else b""
        return bytes(row["db_datas"])

    def _kept_files(self, company):
        """Yield hash and bytes of every file kept for a company."""
        self.env.cr.execute(
            SQL(
                "SELECT a.store_fname, a.file_size, a.db_datas "
                "FROM ir_attachment a JOIN offer_revision r ON r.id = a.res_id "
                "WHERE a.res_model = 'offer.revision' AND r.company_id = %s "
                "ORDER BY a.id",
                company.id,
            )
        )
        for row in self.env.cr.dictfetchall():
            data = self._kept_bytes(row)
            if data is not None:
                yield sha256_hex(data), data

    # ------------------------------------------------------------------
    # Verifying
    # ------------------------------------------------------------------

    @api.model
    def _verify_company(self, company):
        """Return every fault of the archive of one company.

        Checks both chains, and with the payloads the columns, lines, files and
        personal data beside them. Linear in the bytes kept; reads in batches.

        :return: list of :class:`evidence.Finding`, empty for an intact archive
        """
        said = self._query_waivers(company)
        findings = []
        for chain in CHAINS:
            rows = self.env[f"offer.{chain}"].sudo()._kept_rows(company)
            found = verify_archive(rows, waived_by(said, chain))
            findings += [replace(finding, chain=chain) for finding in found]
        return findings

    def _query_waivers(self, company):
        """Return the payloads of events that let something be missing."""
        self.env.cr.execute(
            SQL(
                "SELECT payload FROM offer_event WHERE company_id = %s "
                "AND code IN ('forgotten', 'purged') ORDER BY chain_seq",
                company.id,
            )
        )
        return [payload for (payload,) in self.env.cr.fetchall()]

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from ..evidence import ChainRow, KeptRow

_BATCH = 500
_FAR_END = 2**31 - 1  # the last place that a chain could have
_ROW = ("chain_seq", "payload", "payload_sha256", "previous_hash", "hash")


def _stated_date(value):
    """Return a moment of the database as the payload would state it.

    With its fractions of a second, which no payload has: nobody can hide one.
    """
    return value and value.isoformat() + "Z"


class _LinesOfRow(Sequence):
    """The lines of one row, read when somebody looks at them, which is rare.

    :param load: function without arguments to the lines of a batch by id of the row
    """

    def __init__(self, load, row_id):
        self._load = load
        self._row_id = row_id

    def __getitem__(self, index):
        return self._load()[self._row_id][index]

    def __len__(self):
        return len(self._load()[self._row_id])


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
        self._seal_all()
        self.env.flush_all()
        while True:
            # few places are missing, if any: without a far end PostgreSQL may sort all
            # that is left for every batch
            rows = self._query_rows(company.id, after, after + _BATCH)
            rows = rows or self._query_rows(company.id, after, _FAR_END)
            if not rows:
                return
            beside = self._query_beside(company.id, [row["id"] for row in rows])
            for row in rows:
                yield self._kept_row(row, beside)
            after = rows[-1]["chain_seq"]

    def _kept_row(self, row, beside):
        return KeptRow(
            row=ChainRow(*(row[name] for name in _ROW)),
            columns=self._kept_columns(row),
            personal=row["personal"],
        )

    def _query_rows(self, company_id, after, until):
        self.env.cr.execute(
            SQL(
                "SELECT * FROM %s WHERE company_id = %s AND chain_seq > %s "
                "AND chain_seq <= %s ORDER BY chain_seq LIMIT %s",
                SQL.identifier(self._table),
                company_id,
                after,
                until,
                _BATCH,
            )
        )
        return self.env.cr.dictfetchall()

    def _query_beside(self, company_id, row_ids):
        """Return what lies beside the rows, by kind and id of the row."""
        return {}

    def _kept_columns(self, row):
        """Return the columns under the names of ``evidence.expected_columns``."""
        return {
            "company_id": row["company_id"],
            "offer_id": row["offer_id"],
            "date": _stated_date(row["date"]),
        }

    def _query_unplaced(self, company_id):
        """Return the ids of rows without a place: the archive commits none."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE company_id = %s AND chain_seq IS NULL "
                "ORDER BY id LIMIT 100",
                SQL.identifier(self._table),
                company_id,
            )
        )
        return [row_id for (row_id,) in self.env.cr.fetchall()]


class OfferEvent(models.Model):
    _inherit = "offer.event"

    def _kept_columns(self, row):
        named = {name: row[name] for name in ("revision_id", "code", "detail")}
        return {**super()._kept_columns(row), **named}


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def _query_rows(self, company_id, after, until):
        self.env.cr.execute(
            SQL(
                "SELECT id, chain_seq, payload, payload_sha256, previous_hash, hash, "
                "personal, company_id, offer_id, date, number, reason, origin, "
                "external_number, date_recorded, currency_id, is_material, validity, "
                "trim_scale(amount_untaxed)::text AS untaxed, "
                "trim_scale(amount_tax)::text AS tax, "
                "trim_scale(amount_total)::text AS total "
                "FROM offer_revision WHERE company_id = %s AND chain_seq > %s "
                "AND chain_seq <= %s ORDER BY chain_seq LIMIT %s",
                company_id,
                after,
                until,
                _BATCH,
            )
        )
        return self.env.cr.dictfetchall()

    @tools.ormcache()
    def _currency_names(self):
        currencies = self.env["res.currency"].with_context(active_test=False)
        return {one.id: one.name for one in currencies.search(Domain.TRUE)}

    def _kept_columns(self, row):
        validity = row["validity"]
        return {
            **super()._kept_columns(row),
            "number": row["number"],
            "reason": row["reason"],
            "origin": row["origin"],
            "external_number": row["external_number"],
            "date_recorded": _stated_date(row["date_recorded"]),
            "currency": self._currency_names().get(row["currency_id"]),
            "is_material": bool(row["is_material"]),
            "validity": validity and validity.isoformat(),
            "amount_untaxed": row["untaxed"],
            "amount_tax": row["tax"],
            "amount_total": row["total"],
        }

    def _kept_row(self, row, beside):
        row_id = row["id"]
        return KeptRow(
            row=ChainRow(*(row[name] for name in _ROW)),
            columns=self._kept_columns(row),
            personal=row["personal"],
            lines=_LinesOfRow(beside["lines"], row_id),
            documents=beside["documents"].get(row_id, ()),
            lines_text=beside["lines_text"].get(row_id, ""),
        )

    def _query_beside(self, company_id, row_ids):
        return {
            "lines": cache(lambda: self._query_lines(company_id, row_ids)),
            "lines_text": self._query_lines_text(company_id, row_ids),
            "documents": self._query_documents(row_ids),
        }

    # ------------------------------------------------------------------
    # Lines; both read the index of offer_revision_line.revision_id
    # ------------------------------------------------------------------

    def _query_lines_text(self, company_id, row_ids):
        """Return the lines of rows as ``evidence.joined_lines`` writes them.

        None where a line belongs to another company. One text instead of twenty times
        thirteen values: that is most of the work of verifying.
        """
        self.env.cr.execute(
            SQL(
                r"""
                SELECT revision_id,
                    CASE WHEN BOOL_AND(company_id = %s) THEN STRING_AGG(
                        CONCAT_WS(
                            E'\x1f', COALESCE(sequence::text, ''),
                            COALESCE(display_type, ''),
                            CASE WHEN is_optional THEN 't' ELSE 'f' END,
                            COALESCE(product_id::text, ''),
                            COALESCE(product_code, ''), COALESCE(name, ''),
                            COALESCE(TRIM_SCALE(quantity)::text, ''),
                            COALESCE(uom_id::text, ''), COALESCE(uom_name, ''),
                            COALESCE(TRIM_SCALE(price_unit)::text, ''),
                            COALESCE(TRIM_SCALE(discount)::text, ''),
                            COALESCE(TRIM_SCALE(price_subtotal)::text, ''),
                            COALESCE(tax_names, '')
                        ), E'\x1e' ORDER BY sequence, id
                    ) END
                FROM offer_revision_line
                WHERE revision_id = ANY(%s) GROUP BY revision_id
                """,
                company_id,
                row_ids,
            )
        )
        return dict(self.env.cr.fetchall())

    def _query_lines(self, company_id, row_ids):
        self.env.cr.execute(
            SQL(
                "SELECT revision_id, sequence, display_type, product_code, name, "
                "uom_name, "
                "tax_names, COALESCE(is_optional, false) AS is_optional, "
                "trim_scale(quantity)::text AS quantity, "
                "trim_scale(price_unit)::text AS price_unit, "
                "trim_scale(discount)::text AS discount, "
                "trim_scale(price_subtotal)::text AS subtotal, "
                "product_id, uom_id, company_id "
                "FROM offer_revision_line WHERE revision_id = ANY(%s) "
                "ORDER BY sequence, id",
                row_ids,
            )
        )
        lines = defaultdict(list)
        for line in self.env.cr.dictfetchall():
            lines[line.pop("revision_id")].append(line)
            # links empty themselves when their product or unit is deleted
            for link in ("product_id", "uom_id"):
                if not line[link]:
                    del line[link]
            if line.pop("company_id") != company_id:
                line["flaw"] = "company_id"
        return lines

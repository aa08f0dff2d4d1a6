"""Verify a large archive and hash the same bytes plainly; runs in Odoo's shell.

``ARCHIVE_VERIFY`` is JSON: ``rows`` and ``file_bytes``. Rows are written past the ORM,
with the payloads, hashes, lines and files that the ORM would have written. All files
are one file of the store, as Odoo keeps equal files once; each is read and hashed.
"""

import hashlib
import json
import os
import time
from datetime import UTC, datetime
from decimal import Decimal

from psycopg2.extras import execute_values

from odoo.addons.offer_repository.evidence import (
    GENESIS_HASH,
    DocumentFile,
    build_payload,
    commit_all,
    document_entries,
    payload_sha256,
    revision_hash,
)

ARGUMENTS = json.loads(os.environ["ARCHIVE_VERIFY"])
WHEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = {"customer.name": "Benchmark", "customer.address": "ul. Odlewnicza 1"}
SALTS = dict.fromkeys(PEOPLE, "ab" * 16)
LINES = 20


def make_lines(number):
    return [
        {
            "display_type": None,
            "is_optional": False,
            "name": f"Product {line} of offer {number}, delivered and installed",
            "product_id": None,
            "product_code": f"P{line}",
            "product_name": f"Product {line}",
            "quantity": Decimal(line + 1),
            "uom_id": None,
            "uom_name": "Units",
            "price_unit": Decimal(100 + line),
            "discount": Decimal(0),
            "subtotal": Decimal((line + 1) * (100 + line)),
            "tax_ids": [],
            "tax_names": "23%",
        }
        for line in range(LINES)
    ]


def insert(table, columns, rows, returning=False):
    query = f"INSERT INTO {table} ({columns}) VALUES %s"
    query += " RETURNING id" if returning else ""
    return execute_values(
        env.cr._obj, query, rows, page_size=len(rows), fetch=returning
    )


def make_payload(company, offer, number, lines, entries):
    total = sum(line["subtotal"] for line in lines)
    return build_payload(
        {"company": {"id": company.id, "name": company.name}, "sequence": number},
        {
            "id": offer.id,
            "number": offer.name,
            "revision": number,
            "reason": "sent",
            "date": WHEN,
            "is_material": True,
        },
        {
            "currency": company.currency_id.name,
            "validity": None,
            "terms": "EXW",
            "totals": {"untaxed": total, "tax": Decimal(0), "total": total},
            "lines": lines,
        },
        commit_all(PEOPLE, SALTS),
        entries,
    )


def insert_lines(company, ids, contents):
    insert(
        "offer_revision_line",
        "revision_id, company_id, sequence, is_optional, name, product_code, "
        "quantity, uom_name, price_unit, discount, price_subtotal, tax_names",
        [
            (row_id, company.id, place, False, line["name"], line["product_code"])
            + (line["quantity"], line["uom_name"], line["price_unit"])
            + (line["discount"], line["subtotal"], line["tax_names"])
            for (row_id,), lines in zip(ids, contents, strict=True)
            for place, line in enumerate(lines, 1)
        ],
    )


def insert_files(company, ids, file, sheet):
    insert(
        "ir_attachment",
        "name, mimetype, file_size, checksum, store_fname, res_model, res_id, "
        "company_id, type",
        [
            (file.name, file.mimetype, len(file.data), sheet.checksum)
            + (sheet.store_fname, "offer.revision", row_id, company.id, "binary")
            for (row_id,) in ids
        ],
    )


def fill(company, offer, file, rows, batch=1000):
    sheet = env["ir.attachment"].create({"name": file.name, "raw": file.data})
    env.flush_all()
    previous, entries = GENESIS_HASH, document_entries([file])
    personal = json.dumps({"salts": SALTS, "values": PEOPLE})
    for first in range(1, rows + 1, batch):
        revisions, contents = [], []
        for number in range(first, min(first + batch, rows + 1)):
            lines = make_lines(number)
            contents.append(lines)
            total = sum(line["subtotal"] for line in lines)
            payload = make_payload(company, offer, number, lines, entries)
            digest = revision_hash(previous, payload)
            revisions.append(
                (offer.id, company.id, number, "sent", "2026-11-23 10:00:00", True)
                + (payload, personal, payload_sha256(payload), number, previous)
                + (digest, company.currency_id.id, total, 0, total)
            )
            previous = digest
        ids = insert(
            "offer_revision",
            "offer_id, company_id, number, reason, date, is_material, payload, "
            "personal, payload_sha256, chain_seq, previous_hash, hash, currency_id, "
            "amount_untaxed, amount_tax, amount_total",
            revisions,
            returning=True,
        )
        insert_lines(company, ids, contents)
        insert_files(company, ids, file, sheet)


def plain_hash(company):
    """Hash the same payloads, personal data and files, and nothing else."""
    hashing, size, store = 0.0, 0, env["ir.attachment"]
    start, after = time.perf_counter(), 0
    while True:
        env.cr.execute(
            "SELECT r.chain_seq, r.payload, r.personal, a.store_fname "
            "FROM offer_revision r JOIN ir_attachment a ON a.res_id = r.id "
            "AND a.res_model = 'offer.revision' WHERE r.company_id = %s "
            "AND r.chain_seq > %s ORDER BY r.chain_seq LIMIT 500",
            (company.id, after),
        )
        rows = env.cr.fetchall()
        if not rows:
            return {
                "with_reading_s": time.perf_counter() - start,
                "hashing_only_s": hashing,
                "bytes": size,
            }
        after = rows[-1][0]
        for _position, payload, personal, name in rows:
            parts = [payload.encode(), personal.encode(), store._file_read(name)]
            begun = time.perf_counter()
            for part in parts:
                hashlib.sha256(part).digest()
            hashing += time.perf_counter() - begun
            size += sum(map(len, parts))


def main():
    company = env["res.company"].create({"name": "Archive benchmark"})
    offer = env["offer.offer"].create(
        {
            "name": "BENCH",
            "company_id": company.id,
            "currency_id": company.currency_id.id,
        }
    )
    data = b"%PDF-1.4\n" + os.urandom(ARGUMENTS["file_bytes"])
    fill(
        company,
        offer,
        DocumentFile("Quotation.pdf", "application/pdf", data),
        ARGUMENTS["rows"],
    )
    env.cr.commit()
    env.cr.execute("ANALYZE offer_revision, offer_revision_line, ir_attachment")
    start = time.perf_counter()
    findings = env["offer.revision"]._verify_company(company)
    seconds = time.perf_counter() - start
    plain = plain_hash(company)
    print(
        "RESULT "
        + json.dumps(
            {
                "rows": ARGUMENTS["rows"],
                "lines": ARGUMENTS["rows"] * LINES,
                "findings": len(findings),
                "verify_s": seconds,
                "rows_per_second": ARGUMENTS["rows"] / seconds,
                "plain": plain,
                "ratio_to_reading_and_hashing": seconds / plain["with_reading_s"],
                "ratio_to_hashing_only": seconds / plain["hashing_only_s"],
            }
        )
    )


main()

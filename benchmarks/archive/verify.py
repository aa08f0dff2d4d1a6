"""Verify a large archive and hash the same bytes plainly; runs in Odoo's shell.

``ARCHIVE_VERIFY`` is JSON: ``rows`` and ``file_bytes``. Rows are written past the ORM,
with the payloads, hashes, lines and files that the ORM would have written. All files
are one file of the store, as Odoo keeps equal files once; each is read and hashed.
"""

import hashlib
import json
import os
import resource
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from psycopg2.extras import execute_values

from odoo.addons.offer_repository.evidence import (
    GENESIS_HASH,
    DocumentFile,
    build_payload,
    commit_all,
    document_entries,
    payload_sha256,
    row_hash,
)

ARGUMENTS = json.loads(os.environ["ARCHIVE_VERIFY"])
WHEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = {
    "customer.name": "Benchmark Machines sp. z o.o.",
    "customer.address": "ul. Odlewnicza 1\n03-231 Warszawa\nPoland",
    "customer.vat": "PL5260001246",
    "customer.email": "office@benchmark.example",
    "customer.phone": "+48 22 555 01 01",
    "salesperson.name": "Anna Nowak",
    "salesperson.email": "anna.nowak@meridian.example",
    "sender.name": "Anna Nowak",
    "message.subject": "Meridian Quotation (Ref S00001)",
    "message.recipients": "Benchmark Machines <office@benchmark.example>",
}
SALTS = {field: f"{at:02x}" * 16 for at, field in enumerate(PEOPLE)}
LINES = 20
# stands in the template of a payload where the number of the offer goes
MARK = "7777777"


def make_lines():
    return [
        {
            "display_type": None,
            "is_optional": False,
            "part_of": None,
            "name": f"Product {line} of offer {MARK}, delivered and installed",
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


TOTAL = sum(line["subtotal"] for line in make_lines())


def make_template(company, offer, file):
    """Return the payload of one revision, ready for its number to be put in."""
    return build_payload(
        {"company": {"id": company.id, "name": company.name}},
        {
            "id": offer.id,
            "number": offer.name,
            "revision": int(MARK),
            "reason": "sent",
            "date": WHEN,
            "is_material": True,
        },
        {
            "currency": company.currency_id.name,
            "currency_rate": Decimal(1),
            "validity": None,
            "terms": "EXW",
            "team": "Direct sales",
            "totals": {"untaxed": TOTAL, "tax": Decimal(0), "total": TOTAL},
            "lines": make_lines(),
        },
        commit_all(PEOPLE, SALTS),
        document_entries([file]),
    )


def insert_revisions(company, offer, template, rows, batch=2000):
    previous = GENESIS_HASH
    personal = json.dumps({"salts": SALTS, "values": PEOPLE})
    for first in range(1, rows + 1, batch):
        revisions = []
        for number in range(first, min(first + batch, rows + 1)):
            payload = template.replace(MARK, str(number))
            digest = row_hash(previous, number, payload)
            revisions.append(
                (offer.id, company.id, number, "sent", "2026-11-23 10:00:00", True)
                + (payload, personal, payload_sha256(payload), number, previous)
                + (digest, company.currency_id.id, TOTAL, 0, TOTAL)
            )
            previous = digest
        execute_values(
            env.cr._obj,
            "INSERT INTO offer_revision (offer_id, company_id, number, reason, date, "
            "is_material, payload, personal, payload_sha256, chain_seq, previous_hash, "
            "hash, currency_id, amount_untaxed, amount_tax, amount_total) VALUES %s",
            revisions,
            page_size=batch,
        )


def insert_lines(company):
    env.cr.execute(
        "INSERT INTO offer_revision_line (revision_id, company_id, sequence, "
        "is_optional, name, product_code, quantity, uom_name, price_unit, discount, "
        "price_subtotal, tax_names) SELECT r.id, r.company_id, line + 1, false, "
        "'Product ' || line || ' of offer ' || r.number || "
        "', delivered and installed', 'P' || line, line + 1, 'Units', 100 + line, 0, "
        "(line + 1) * (100 + line), '23%%' "
        "FROM offer_revision r, generate_series(0, %s) AS line "
        "WHERE r.company_id = %s ORDER BY r.id, line",
        (LINES - 1, company.id),
    )


def insert_files(company, file):
    sheet = env["ir.attachment"].create({"name": file.name, "raw": file.data})
    env.flush_all()
    env.cr.execute(
        "INSERT INTO ir_attachment (name, mimetype, file_size, checksum, store_fname, "
        "res_model, res_id, company_id, type) "
        "SELECT %s, %s, %s, %s, %s, 'offer.revision', id, company_id, 'binary' "
        "FROM offer_revision WHERE company_id = %s ORDER BY id",
        (file.name, file.mimetype, len(file.data), sheet.checksum)
        + (sheet.store_fname, company.id),
    )


def fill(company, offer, file, rows):
    template = make_template(company, offer, file)
    insert_revisions(company, offer, template, rows)
    insert_lines(company)
    insert_files(company, file)


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
    before, start, used = peak_mb(), time.perf_counter(), processor_s()
    findings = env["offer.revision"]._verify_company(company)
    seconds, processor = time.perf_counter() - start, processor_s() - used
    after, used = peak_mb(), processor_s()
    plain = plain_hash(company)
    plain["processor_s"] = processor_s() - used
    print(
        "RESULT "
        + json.dumps(
            {
                "rows": ARGUMENTS["rows"],
                "lines": ARGUMENTS["rows"] * LINES,
                "findings": len(findings),
                "verify_s": seconds,
                "verify_processor_s": processor,
                "rows_per_second": ARGUMENTS["rows"] / seconds,
                "peak_mb": {"before": before, "after": after},
                "plain": plain,
                "ratio_of_processor_time": processor / plain["processor_s"],
                "ratio_to_reading_and_hashing": seconds / plain["with_reading_s"],
                "ratio_to_hashing_only": seconds / plain["hashing_only_s"],
            }
        )
    )


def processor_s():
    """Return what this process and its database connection have used so far."""
    env.cr.execute("SELECT pg_backend_pid()")
    fields = Path(f"/proc/{env.cr.fetchone()[0]}/stat").read_text()
    ticks = sum(map(int, fields.rsplit(")", 1)[1].split()[11:13]))
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


main()

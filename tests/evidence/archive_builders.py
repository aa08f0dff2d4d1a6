"""An archive of three revisions and two events as it would be read from a database."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from evidence import (
    GENESIS_HASH,
    ChainRow,
    DocumentFile,
    KeptDocument,
    KeptRow,
    build_event_payload,
    build_payload,
    commit_all,
    document_entries,
    expected_columns,
    parse_canonical,
    payload_sha256,
    row_hash,
    verify_archive,
)

PDF = DocumentFile("Quotation.pdf", "application/pdf", b"%PDF-1.4 exact bytes")
SALT = "ab" * 16
PEOPLE = {"customer.name": "Zakład ŁĄCZNIK", "customer.vat": "PL5260001246"}
WHEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def make_line(**changes):
    return {
        "display_type": None,
        "is_optional": False,
        "product_id": 7,
        "product_code": "CX400",
        "product_name": "Lathe",
        "name": "Lathe CX-400",
        "quantity": Decimal("1"),
        "uom_id": 1,
        "uom_name": "Units",
        "price_unit": Decimal("80000"),
        "discount": Decimal("0"),
        "subtotal": Decimal("80000"),
        "tax_ids": [3],
        "tax_names": "23%",
        **changes,
    }


def make_content(lines=None, **changes):
    return {
        "currency": "EUR",
        "validity": date(2026, 12, 31),
        "terms": "EXW Warszawa",
        "totals": {"untaxed": Decimal("80000"), "tax": Decimal("0"), "total": "80000"},
        "lines": [make_line(), make_line(name="Training", product_id=8)]
        if lines is None
        else lines,
        **changes,
    }


def make_chain(name="Warszawa"):
    return {"company": {"id": 5, "name": name}}


def keep(payload, sequence, previous, **beside):
    """Return the row of a payload with everything beside it as it should be."""
    digest = row_hash(previous, sequence, payload)
    row = ChainRow(sequence, payload, payload_sha256(payload), previous, digest)
    value = parse_canonical(payload)
    lines = value.get("content", {}).get("lines", [])
    values = {
        "row": row,
        "columns": expected_columns(value),
        "lines": [{**line, "sequence": at} for at, line in enumerate(lines, 1)],
        "personal": json.dumps(
            {"values": PEOPLE, "salts": dict.fromkeys(PEOPLE, SALT)}
        ),
        **beside,
    }
    return KeptRow(**values)


def keep_document(file=PDF, **changes):
    entry = document_entries([file])[0]
    return replace(KeptDocument(**entry), **changes)


def make_revisions(length=3):
    rows, previous = [], GENESIS_HASH
    for sequence in range(1, length + 1):
        payload = build_payload(
            make_chain(),
            {
                "id": 40 + sequence,
                "number": f"S{sequence}",
                "revision": 1,
                "reason": "sent",
                "date": WHEN,
                "is_material": True,
            },
            make_content(),
            commit_all(PEOPLE, dict.fromkeys(PEOPLE, SALT)),
            document_entries([PDF]),
        )
        rows.append(keep(payload, sequence, previous, documents=[keep_document()]))
        previous = rows[-1].row.hash
    return rows


def make_event(sequence, previous=GENESIS_HASH, **facts):
    event = {
        "code": "lost",
        "date": WHEN,
        "detail": "Too dear",
        "offer": {"id": 41, "number": "S1"},
        "revision": {"id": 1, "number": 1, "sha256": "0" * 64},
        **facts,
    }
    payload = build_event_payload(make_chain(), event, {})
    personal = json.dumps({"values": {}, "salts": {}})
    return keep(payload, sequence, previous, personal=personal)


PAYLOAD = {
    "chain": make_chain(),
    "offer": {"number": "S1", "revision": 1},
    "people": commit_all(PEOPLE, dict.fromkeys(PEOPLE, SALT)),
}


def found_in(rows, waived=None):
    findings = verify_archive(rows, waived) if waived else verify_archive(rows)
    return [(found.code, found.sequence, found.detail) for found in findings]


def altered(**changes):
    """Return the findings of a chain whose second row was changed beside the chain."""
    rows = make_revisions()
    rows[1] = replace(rows[1], **changes)
    return found_in(rows)

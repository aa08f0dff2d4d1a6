"""Verify a restored archive, alter one thing after the other, say what was named."""

import json
from pathlib import Path

from odoo.tools import SQL

branch = env["res.company"].search([("name", "=", "Branch to restore")])
revisions = env["offer.revision"].search([("company_id", "=", branch.id)])
events = env["offer.event"].search([("company_id", "=", branch.id)])
revisions, events = revisions.sorted("chain_seq"), events.sorted("chain_seq")
third, event = revisions[2], events[0]
line = third.line_ids[:1]

STATEMENTS = (
    ("offer_revision", "amount_total = amount_total + 1", third.id),
    ("offer_revision", "payload = replace(payload, '2', '3')", third.id),
    ("offer_revision", "personal = replace(personal, 'cznik', 'cznyk')", third.id),
    ("offer_revision", "date = date - interval '1 day'", third.id),
    ("offer_revision", "hash = md5(hash) || md5(hash)", third.id),
    ("offer_revision_line", "price_unit = price_unit - 1", line.id),
    ("offer_revision_line", "name = name || '.'", line.id),
    ("offer_event", "detail = 'x' || coalesce(detail, '')", event.id),
    ("offer_event", "code = 'expired'", event.id),
    ("ir_attachment", "name = 'other.pdf'", third.document_ids[:1].id),
)


def verify():
    env.invalidate_all()
    return [
        [finding.chain, finding.sequence]
        for finding in env["offer.revision"]._verify_company(branch)
    ]


def altered(table, change, row_id):
    savepoint = env.cr.savepoint()
    env.cr.execute(
        SQL("UPDATE %s SET " + change + " WHERE id = %s", SQL.identifier(table), row_id)
    )
    found = verify()
    savepoint.rollback()
    savepoint.close(rollback=False)
    row = event if table == "offer_event" else third
    chain = "event" if table == "offer_event" else "revision"
    return {
        "what": f"{table}: {change}",
        "expected": [chain, row.chain_seq],
        "found": found,
    }


def altered_file(change, what):
    document = third.document_ids[:1]
    path = Path(document._full_path(document.store_fname))
    data = path.read_bytes()
    change(path, data)
    found = verify()
    path.write_bytes(data)
    return {"what": what, "expected": ["revision", third.chain_seq], "found": found}


def flip(path, data):
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])


said = {
    "before": verify(),
    "heads": [revisions[-1:].hash, events[-1:].hash],
    "altered": [
        *(altered(*statement) for statement in STATEMENTS),
        altered_file(flip, "one bit of a file"),
        altered_file(lambda path, _data: path.unlink(), "a file that is gone"),
    ],
}
said["after"] = verify()
print(f"\nRESTORE {json.dumps(said)}")

"""Append revisions to one chain, one of several writers; runs in Odoo's shell.

``ARCHIVE_APPEND`` is JSON: ``writers``, ``index``, ``each``, ``work_ms`` (how long a
transaction goes on after it has appended) and ``folder``, where the writers wait for
each other. Each writer is a process of its own, as Odoo's workers are. Without writers
the chain is verified.
"""

import json
import os
import time
from decimal import Decimal
from pathlib import Path

import odoo

from odoo.addons.offer_repository.evidence import DocumentFile

ARGUMENTS = json.loads(os.environ["ARCHIVE_APPEND"])
registry = env.registry
company = env.company
PDF = os.urandom(40_000)


def snapshot(offer, number):
    lines = [
        {
            "display_type": None,
            "is_optional": False,
            "name": f"Product {line}, as agreed, {number}",
            "product_id": None,
            "product_code": f"P{line}",
            "product_name": f"Product {line}",
            "quantity": Decimal(line + 1),
            "uom_name": "Units",
            "price_unit": Decimal(100 + number),
            "discount": Decimal(0),
            "subtotal": Decimal((line + 1) * (100 + number)),
            "tax_names": "23%",
        }
        for line in range(20)
    ]
    columns = [
        {
            "name": line["name"],
            "product_code": line["product_code"],
            "quantity": float(line["quantity"]),
            "uom_name": "Units",
            "price_unit": float(line["price_unit"]),
            "discount": 0.0,
            "price_subtotal": float(line["subtotal"]),
            "tax_names": "23%",
        }
        for line in lines
    ]
    return {
        "content": {"totals": {"total": Decimal(number)}, "lines": lines},
        "people": {"customer.name": "Benchmark", "sender.name": "Benchmark"},
        "revision": {"currency_id": offer.currency_id.id, "amount_total": number},
        "lines": columns,
    }


def append(offer_id, number):
    """Append one revision in a transaction that commits, as a send is."""
    with registry.cursor() as cr:
        mine = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        offer = mine["offer.offer"].browse(offer_id)
        file = DocumentFile("Quotation.pdf", "application/pdf", PDF)
        event = {
            "reason": "sent",
            "date": odoo.fields.Datetime.now(),
            "files": [file],
        }
        revision = mine["offer.revision"]._append(offer, snapshot(offer, number), event)
        offer.current_revision_id = revision
        # what a confirmation does afterwards: procurement, documents, messages
        time.sleep(ARGUMENTS["work_ms"] / 1000)


def wait_for_the_others():
    folder = Path(ARGUMENTS["folder"])
    (folder / str(ARGUMENTS["index"])).touch()
    while len(list(folder.iterdir())) < ARGUMENTS["writers"]:
        time.sleep(0.01)


def write():
    offer = env["offer.offer"].create(
        {
            "name": f"APPEND {ARGUMENTS['index']}",
            "company_id": company.id,
            "currency_id": company.currency_id.id,
        }
    )
    env.cr.commit()
    append(offer.id, 0)  # the first one fills caches
    wait_for_the_others()
    start = time.time()
    for number in range(1, ARGUMENTS["each"] + 1):
        append(offer.id, number)
    return {"start": start, "end": time.time(), "processor": time.process_time()}


def main():
    if ARGUMENTS["writers"]:
        result = write()
    else:
        result = {"findings": len(env["offer.revision"]._verify_company(company))}
    print("RESULT " + json.dumps(result))


main()

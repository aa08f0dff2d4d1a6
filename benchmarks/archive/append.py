"""Append revisions to one chain with several writers; runs in Odoo's shell.

``ARCHIVE_APPEND`` is JSON: ``writers`` and ``each``. Every append is a transaction of
its own that commits, as a send is.
"""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import odoo

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


def work(offer_id, barrier):
    from odoo.addons.offer_repository.evidence import DocumentFile

    barrier.wait()
    for number in range(1, ARGUMENTS["each"] + 1):
        with registry.cursor() as cr:
            mine = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
            offer = mine["offer.offer"].browse(offer_id)
            file = DocumentFile("Quotation.pdf", "application/pdf", PDF)
            event = {
                "reason": "sent",
                "date": odoo.fields.Datetime.now(),
                "files": [file],
            }
            revision = mine["offer.revision"]._append(
                offer, snapshot(offer, number), event
            )
            offer.current_revision_id = revision


def main():
    writers = ARGUMENTS["writers"]
    offers = env["offer.offer"].create(
        [
            {
                "name": f"APPEND {number}",
                "company_id": company.id,
                "currency_id": company.currency_id.id,
            }
            for number in range(writers)
        ]
    )
    env.cr.commit()
    barrier = Barrier(writers + 1)
    with ThreadPoolExecutor(writers) as pool:
        jobs = [pool.submit(work, offer.id, barrier) for offer in offers]
        barrier.wait()
        start = time.perf_counter()
        for job in jobs:
            job.result()
        seconds = time.perf_counter() - start
    env.cr.commit()  # a new snapshot, to see them all
    env.invalidate_all()
    findings = env["offer.revision"]._verify_company(company)
    rows = writers * ARGUMENTS["each"]
    print(
        "RESULT "
        + json.dumps(
            {
                "writers": writers,
                "rows": rows,
                "seconds": seconds,
                "per_second": rows / seconds,
                "findings": len(findings),
            }
        )
    )


main()

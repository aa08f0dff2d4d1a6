"""Export lines of offers; runs in Odoo's shell.

``EXPORT`` is JSON: ``fill`` makes so many lines, 20 a version, past the ORM; ``rows``
exports the first so many of them as a salesperson who may read them.
"""

import json
import os
import resource
import tempfile
import time

ARGUMENTS = json.loads(os.environ["EXPORT"])
LINES = 20
NAME = "BENCH"


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_reader(company):
    env["res.users"].create(
        {
            "name": "Seller",
            "login": "seller",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [
                (4, env.ref("sales_team.group_sale_salesman").id),
                (4, env.ref("base.group_allow_export").id),
            ],
        }
    )


def fill(lines):
    company = env.company
    make_reader(company)
    partner = env["res.partner"].create({"name": "Benchmark customer"})
    env.flush_all()
    count = lines // LINES
    env.cr.execute(
        """
        INSERT INTO offer_offer (name, partner_id, commercial_partner_id, company_id,
                                 state, currency_id, amount_untaxed, amount_total,
                                 date_first_sent, date_last_sent)
        SELECT %s || n, %s, %s, %s, 'sent', %s, 4200, 4200, now(), now()
          FROM generate_series(1, %s) n
        """,
        [NAME, partner.id, partner.id, company.id, company.currency_id.id, count],
    )
    env.cr.execute(
        """
        INSERT INTO offer_revision (offer_id, company_id, number, reason, date,
                                    is_material, payload, personal, payload_sha256,
                                    chain_seq, previous_hash, hash, currency_id,
                                    amount_untaxed, amount_tax, amount_total)
        SELECT id, company_id, 1, 'sent', '2026-11-23 10:00:00', true, '{}',
               '{"salts":{},"values":{"customer.name":"Benchmark customer"}}',
               repeat('0', 64), id, repeat('0', 64), repeat('0', 64), currency_id,
               4200, 0, 4200
          FROM offer_offer WHERE name LIKE %s
        """,
        [NAME + "%"],
    )
    env.cr.execute(
        """
        INSERT INTO offer_revision_line (revision_id, company_id, sequence, is_optional,
                                         name, product_code, quantity, uom_name,
                                         price_unit, discount, price_subtotal,
                                         tax_names)
        SELECT revision.id, revision.company_id, place, false,
               'Product ' || place || ', delivered and installed', 'P' || place,
               place, 'Units', 100 + place, 5, place * (100 + place) * 0.95, '23%%'
          FROM offer_revision revision, generate_series(1, %s) place
        """,
        [LINES],
    )
    env.cr.commit()
    return {"lines": lines}


def export(rows):
    user = env["res.users"].search([("login", "=", "seller")])
    reader = env(user=user, context={"allowed_company_ids": user.company_id.ids})
    last = reader["offer.revision"].search([], order="id", limit=rows // LINES)[-1]
    domain = [["revision_id", "<=", last.id]]
    # what one export needs whatever its size: modules, fonts, registry
    for warm_up in (LINES, LINES):
        small = reader["offer.revision"].search([], order="id", limit=1)
        with tempfile.TemporaryFile() as stream:
            request = {"kind": "lines", "ids": small.ids[:warm_up]}
            reader["offer.export"]._write(request, stream)
    reader.invalidate_all()
    before, start = peak_mb(), time.perf_counter()
    with tempfile.TemporaryFile() as stream:
        request = {"kind": "lines", "domain": domain}
        _name, written = reader["offer.export"]._write(request, stream)
        size = stream.tell()
    seconds = time.perf_counter() - start
    return {
        "rows": written,
        "seconds": seconds,
        "rows_per_second": written / seconds,
        "file_mb": size / 1e6,
        "peak_mb": peak_mb(),
        "grown_mb": max(peak_mb() - before, 0.1),
    }


print(
    "RESULT "
    + json.dumps(
        fill(ARGUMENTS["fill"]) if "fill" in ARGUMENTS else export(ARGUMENTS["rows"])
    )
)

"""Give the customers of a register offers of all branches; runs in Odoo's shell.

In a database that ``benchmarks/lookup/fill.py`` filled. ``CONFLICTS_FILL`` is JSON:
``offers``. One version of one line each, of twenty products, by SQL: a million
quotations would take days to send. Every third is live.
"""

import json
import os

from common.inside import report

ARGUMENTS = json.loads(os.environ["CONFLICTS_FILL"])
PRODUCTS = 20
BATCH = 100_000


def statements(first, last):
    """Yield the SQL of one batch; ids are those of the numbers from ``first`` on."""
    yield (
        "INSERT INTO offer_offer (id, name, partner_id, commercial_partner_id, "
        "company_id, user_id, state, date_first_sent, date_last_sent, currency_id, "
        "amount_untaxed, amount_total) "
        "SELECT %(base)s + n, 'C' || n, held.id, held.id, "
        "coalesce(held.company_id, %(company)s), 2, "
        "CASE n %% 3 WHEN 0 THEN 'sent' WHEN 1 THEN 'won' ELSE 'expired' END, "
        "now() - n %% 60 * interval '1 day', now() - n %% 60 * interval '1 day', "
        "%(currency)s, 1000 + n %% 500, 1000 + n %% 500 "
        "FROM generate_series(%(first)s, %(last)s) AS n "
        "JOIN bench_customer AS held ON held.place = n %% %(customers)s"
    )
    yield (
        "INSERT INTO offer_revision (id, offer_id, company_id, number, reason, date, "
        "is_material, payload, personal, payload_sha256, chain_seq, previous_hash, "
        "hash, currency_id, amount_untaxed, amount_tax, amount_total) "
        "SELECT id, id, company_id, 1, 'sent', date_last_sent, true, "
        "'{\"content\":{}}', '{}', '', id, '', '', currency_id, amount_untaxed, 0, "
        "amount_untaxed FROM offer_offer WHERE id BETWEEN %(base)s + %(first)s "
        "AND %(base)s + %(last)s"
    )
    yield (
        "INSERT INTO offer_revision_line (revision_id, company_id, sequence, "
        "is_optional, name, product_id, quantity, uom_name, price_unit, discount, "
        "price_subtotal) SELECT id, company_id, 1, false, 'Lathe', "
        "(%(products)s::int[])[1 + id %% %(count)s], 1, 'Units', amount_untaxed, 0, "
        "amount_untaxed FROM offer_revision WHERE id BETWEEN %(base)s + %(first)s "
        "AND %(base)s + %(last)s"
    )
    yield (
        "UPDATE offer_offer SET current_revision_id = id WHERE id BETWEEN "
        "%(base)s + %(first)s AND %(base)s + %(last)s"
    )


def main(env):
    env["ir.cron"].search([]).active = False
    products = env["product.product"].create(
        [{"name": f"Lathe {number}"} for number in range(PRODUCTS)]
    )
    user = env["res.users"].search([("login", "=", "benchmark")])
    env.flush_all()
    env.cr.execute(
        "DROP TABLE IF EXISTS bench_customer; "
        "CREATE TABLE bench_customer AS SELECT row_number() OVER () - 1 AS place, id, "
        "company_id FROM res_partner WHERE company_id IS NOT NULL; "
        "ALTER TABLE bench_customer ADD PRIMARY KEY (place); "
        "SELECT count(*) FROM bench_customer"
    )
    [(customers,)] = env.cr.fetchall()
    env.cr.execute("SELECT coalesce(max(id), 0) FROM offer_offer")
    [(last_id,)] = env.cr.fetchall()
    values = {
        "base": max(last_id, 10_000_000),
        "company": user.company_id.id,
        "currency": env.company.currency_id.id,
        "customers": customers,
        "products": products.ids,
        "count": PRODUCTS,
    }
    for first in range(1, ARGUMENTS["offers"] + 1, BATCH):
        last = min(first + BATCH - 1, ARGUMENTS["offers"])
        for statement in statements(first, last):
            env.cr.execute(statement, {**values, "first": first, "last": last})
        env.cr.commit()
    top = values["base"] + ARGUMENTS["offers"] + 1
    for table in ("offer_offer", "offer_revision"):
        env.cr.execute("SELECT setval(%s, %s)", [f"{table}_id_seq", top])
    env.cr.commit()
    env.cr._cnx.set_session(autocommit=True)
    env.cr.execute("VACUUM ANALYZE offer_offer, offer_revision, offer_revision_line")
    report({"offers": ARGUMENTS["offers"], "customers": customers})


main(env)

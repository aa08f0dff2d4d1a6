"""Fill an archive for the measurement of the search; runs in Odoo's shell.

``SEARCH_FILL`` is JSON: ``offers``, ``records`` (a register of customers). Offers have
one version of three lines each; a payload, lines and words as the archive and its job
would have written them, by SQL, because a million quotations would take days to send.
"""

import csv
import gzip
import itertools
import json
import os
import time

from odoo import Command

from odoo.addons.offer_repository.models.offer_search_document import folded

ARGUMENTS = json.loads(os.environ["SEARCH_FILL"])
OFFERS = ARGUMENTS["offers"]
CUSTOMERS = max(1000, min(50_000, OFFERS // 10))
KINDS = (
    "lathe", "milling machine", "press brake", "laser cutter", "band saw",
    "compressor", "forklift", "welding robot", "conveyor", "pump", "gearbox", "drill",
    "grinder", "crane", "oven", "dryer", "mixer", "filter", "valve", "bearing",
)  # fmt: skip
TRAITS = (
    "heavy", "compact", "automatic", "hydraulic", "five axis", "refurbished",
    "stainless", "explosion proof", "silent", "energy saving", "mobile", "servo driven",
)  # fmt: skip
EXTRAS = (
    "delivered and installed at the customer", "with two years of guarantee",
    "including training of three operators", "with spare parts for one year",
    "painted in the colours of the customer", "transport insurance included",
    "without foundation and crane", "with documentation in Polish and English",
)  # fmt: skip
TERMS = (
    "Ex works Warszawa, thirty days net",
    "Delivered Krakow, prepayment of thirty percent",
    "Free carrier, letter of credit",
    "Delivered duty paid, fourteen days two percent",
)


def sql(query, *params):
    env.cr.execute(query, params)


def make_surroundings():
    root = env["res.company"].create({"name": "Benchmark"})
    branches = env["res.company"].create(
        [{"name": f"Branch {n}", "parent_id": root.id} for n in range(4)]
    )
    groups = {
        "seller": "sales_team.group_sale_salesman_all_leads",
        "manager": "offer_repository.offer_repository_group_manager",
    }
    for login, group in groups.items():
        companies = branches if login == "manager" else branches[:1]
        env["res.users"].create(
            {
                "name": login,
                "login": f"bench.{login}",
                "company_id": companies[0].id,
                "company_ids": [Command.set(companies.ids)],
                "group_ids": [Command.set(env.ref(group).ids)],
            }
        )
    return branches


def load_customers():
    with gzip.open(ARGUMENTS["records"], "rt", encoding="utf-8", newline="") as file:
        names = [
            row["name"] for row in itertools.islice(csv.DictReader(file), CUSTOMERS)
        ]
    template = env["res.partner"].create({"name": "Template", "is_company": True})
    env.flush_all()
    sql("CREATE TEMP TABLE customer (n int, name text, words text, id int)")
    env.cr._obj.execute("PREPARE put AS INSERT INTO customer VALUES ($1, $2, $3)")
    for number, name in enumerate(names):
        sql("EXECUTE put (%s, %s, %s)", number, name, folded(name))
    sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = "
        "'res_partner' AND is_generated = 'NEVER' AND column_name NOT IN "
        "('id', 'name', 'complete_name', 'commercial_partner_id', 'color')"
    )
    columns = [name for (name,) in env.cr.fetchall()]
    theirs = ", ".join(f"t.{column}" for column in columns)
    sql(
        f"INSERT INTO res_partner (name, complete_name, color, {', '.join(columns)}) "
        f"SELECT c.name, c.name, c.n, {theirs} "
        "FROM customer c CROSS JOIN res_partner t WHERE t.id = %s",
        template.id,
    )
    sql(
        "UPDATE res_partner SET commercial_partner_id = id "
        "WHERE commercial_partner_id IS NULL"
    )
    sql(
        "UPDATE customer c SET id = p.id FROM res_partner p "
        "WHERE p.color = c.n AND p.name = c.name"
    )
    sql("DELETE FROM customer WHERE id IS NULL")
    sql("UPDATE res_partner SET color = 0 WHERE color > 11")
    sql(
        "CREATE TEMP TABLE seat AS "
        "SELECT row_number() OVER () - 1 AS n, id, name, words FROM customer"
    )
    sql("CREATE INDEX ON seat (n)")
    env["offer.search.word"]._learn(
        {
            w
            for name in names
            for w in "".join(c if c.isalnum() else " " for c in folded(name)).split()
        }
    )
    sql("SELECT count(*) FROM seat")
    return env.cr.fetchone()[0]


def pick(words, salt):
    array = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return (
        f"(ARRAY[{array}])[1 + (hashint8(o.n * 31 + {salt}) & 1048575) %% {len(words)}]"
    )


def line_of(place):
    code = f"(hashint8(o.n * 7 + {place}) & 1048575) %% 3000"
    return (
        f"initcap({pick(TRAITS, place)}) || ' ' || {pick(KINDS, place + 10)} "
        f"|| ' TX-' || {code} || ', ' || {pick(EXTRAS, place + 20)}",
        f"'TX-' || {code}",
        f"100 + (hashint8(o.n * 13 + {place}) & 1048575) %% 90000",
    )


def fill(branches, seats):
    """Write offers, versions, lines and words, the newest last."""
    sql("DROP INDEX offer_search_document_vector_idx")
    lines = [line_of(place) for place in range(3)]
    columns = ", ".join(
        f"{text} AS t{i}, {code} AS c{i}, {price} AS p{i}"
        for i, (text, code, price) in enumerate(lines)
    )
    made = f"""
        CREATE TEMP TABLE made AS
        SELECT o.n, 1000000 + o.n AS id, seat.id AS partner, seat.words, {columns},
               {pick(TERMS, 40)} AS terms,
               (ARRAY[%s, %s, %s, %s])[1 + o.n %% 4] AS company,
               (ARRAY['sent','won','lost','expired'])[1 + (o.n / 4) %% 4] AS state,
               timestamp '2020-01-01' + o.n * interval '5 years' / %s AS at,
               'Q' || lpad(o.n::text, 7, '0') AS number
        FROM generate_series(%s, %s) AS o (n)
        JOIN seat ON seat.n = (hashint8(o.n * 3) & 1073741823) %% %s
    """
    batch = 100_000
    for first in range(0, OFFERS, batch):
        last = min(first + batch, OFFERS) - 1
        sql("DROP TABLE IF EXISTS made")
        sql(made, *branches.ids, OFFERS, first, last, seats)
        insert_rows()
        env.cr.commit()
        print(f"{last + 1} offers", flush=True)
    env["offer.search.document"].init()
    sql("SELECT setval('offer_offer_id_seq', %s)", 1_000_000 + OFFERS)
    sql("SELECT setval('offer_revision_id_seq', %s)", 1_000_000 + OFFERS)
    env.cr.commit()


def insert_rows():
    currency = env.company.currency_id.id
    sql(
        "INSERT INTO offer_offer (id, name, partner_id, commercial_partner_id, "
        "company_id, user_id, state, date_first_sent, date_last_sent, currency_id, "
        "amount_untaxed, amount_total) SELECT id, number, partner, partner, company, "
        "2, state, at, at, %s, p0 + p1 + p2, p0 + p1 + p2 FROM made",
        currency,
    )
    sql(
        "INSERT INTO offer_revision (id, offer_id, company_id, number, reason, date, "
        "is_material, payload, personal, payload_sha256, chain_seq, previous_hash, "
        "hash, currency_id, amount_untaxed, amount_tax, amount_total) "
        "SELECT id, id, company, 1, 'sent', at, true, '{\"content\":{\"lines\":[' || "
        "concat_ws(',', '{\"name\":' || to_json(t0) || '}', '{\"name\":' || "
        "to_json(t1) || '}', '{\"name\":' || to_json(t2) || '}') || "
        "'],\"terms\":' || to_json(terms) || '}}', '{}', '', n + 1, '', '', %s, "
        "p0 + p1 + p2, 0, p0 + p1 + p2 FROM made",
        currency,
    )
    sql(
        "UPDATE offer_offer o SET current_revision_id = o.id FROM made "
        "WHERE made.id = o.id"
    )
    for place in range(3):
        sql(
            "INSERT INTO offer_revision_line (revision_id, company_id, sequence, "
            "is_optional, name, product_code, quantity, uom_name, price_unit, "
            "discount, price_subtotal) "
            f"SELECT id, company, %s, false, t{place}, c{place}, 1, 'Units', "
            f"p{place}, 0, p{place} FROM made",
            place + 1,
        )
    plain = "translate(lower({}), '-,', '  ')"
    codes = "replace(lower(c0 || ' ' || c1 || ' ' || c2), '-', '')"
    subjects = plain.format("c0 || c1 || c2")
    texts = "t0 || ' ' || t1 || ' ' || t2 || ' ' || terms"
    names = "lower(number) || ' ' || words || ' q' || n"
    sql(
        "INSERT INTO offer_search_document (offer_id, company_id, sent_at, vector) "
        "SELECT id, company, at, "
        f"setweight(to_tsvector('simple', {names}), 'A') || "
        f"setweight(to_tsvector('simple', {subjects} || ' ' || {codes}), 'B') || "
        f"setweight(to_tsvector('simple', {plain.format(texts)} || ' ' || p0 || ' ' || "
        f"(p0 + p1 + p2)), 'C') || setweight(to_tsvector('english', {texts}), 'C') || "
        "array_to_tsvector(ARRAY['©' || company] || ("
        "SELECT array_agg(DISTINCT '§' || w) "
        f"FROM regexp_split_to_table({names}, '[^a-z0-9]+') AS w WHERE w != '')) "
        "FROM made"
    )


started = time.perf_counter()
# the job that rebuilds and the customers' profiles are not what is measured
env["ir.cron"].search([]).active = False
branches = make_surroundings()
seats = load_customers()
env.cr.commit()
fill(branches, seats)
env.cr._cnx.set_session(autocommit=True)
env.cr.execute(
    "VACUUM ANALYZE offer_offer, offer_revision, offer_revision_line, "
    "offer_search_document, res_partner, offer_search_word"
)
sizes = {}
for table in ("offer_search_document", "offer_revision", "offer_revision_line"):
    env.cr.execute("SELECT pg_total_relation_size(%s)", [table])
    sizes[table] = env.cr.fetchone()[0]
env.cr.execute("SELECT pg_relation_size('offer_search_document_vector_idx')")
sizes["vector_idx"] = env.cr.fetchone()[0]
print(
    "RESULT "
    + json.dumps(
        {
            "offers": OFFERS,
            "customers": seats,
            "bytes": sizes,
            "seconds": time.perf_counter() - started,
        }
    )
)

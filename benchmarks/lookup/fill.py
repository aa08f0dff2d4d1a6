"""Fill a database with a register of made-up customers; runs in Odoo's shell.

Read by ``run.py`` into ``odoo shell``; ``env`` is Odoo's. The arguments come as JSON in
``LOOKUP_FILL``: ``records`` (CSV, gzip), ``offers`` (share of customers with a live
offer of another branch) and ``branches`` (number of companies).

Partners go in by COPY: creating a million through the ORM would measure that. Each row
has the values of a partner that Odoo made itself, with the register's in their place.
"""

import csv
import gzip
import io
import json
import os
import time

ARGUMENTS = json.loads(os.environ["LOOKUP_FILL"])
TAKEN = {
    "name": "name",
    "vat": "vat",
    "company_registry": "company_registry",
    "email": "email",
    "phone": "phone",
    "website": "website",
    "street": "street",
    "city": "city",
    "zip": "zip",
}


def make_surroundings(env):
    """Return the branches, and the user who will ask: a salesperson of the first."""
    root = env["res.company"].create({"name": "Benchmark"})
    branches = env["res.company"].create(
        [
            {"name": f"Benchmark {number}", "parent_id": root.id}
            for number in range(ARGUMENTS["branches"])
        ]
    )
    root.country_id = env.ref("base.pl")
    branches.country_id = env.ref("base.pl")
    (root | branches).offer_lookup_limit = 10**9
    groups = ("sales_team.group_sale_salesman", "offer_repository_group_user")
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Benchmark",
            "login": "benchmark",
            "password": "benchmark",
            "company_id": branches[0].id,
            "company_ids": branches[0].ids,
            "group_ids": [
                env.ref(groups[0]).id,
                env.ref(f"offer_repository.{groups[1]}").id,
            ],
        }
    )
    return branches


def copy_register(env, branches):
    """Copy the register into a temporary table."""
    cr = env.cr
    columns = ", ".join(f"{name} text" for name in TAKEN)
    cr.execute(
        f"CREATE TEMP TABLE register ({columns}, company bool, country text, "
        "branch int)"
    )
    branch_of = {}
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    with gzip.open(ARGUMENTS["records"], "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            place = branch_of.setdefault(row["branch"], len(branch_of))
            phone = row["phone"] or row["mobile"]
            values = [row | {"phone": phone}][0]
            writer.writerow(
                [
                    *(values[column] for column in TAKEN.values()),
                    row["is_company"] == "1",
                    row["country_code"],
                    branches[place % len(branches)].id,
                ]
            )
            if number % 50_000 == 0:
                flush(cr, buffer)
    flush(cr, buffer)


def flush(cr, buffer):
    buffer.seek(0)
    cr._obj.copy_expert("COPY register FROM STDIN WITH CSV", buffer)
    buffer.seek(0)
    buffer.truncate()


def insert_partners(env):
    """Make partners of the temporary table, with the values of one made by Odoo."""
    cr = env.cr
    template = env["res.partner"].create({"name": "Template", "is_company": True})
    env.flush_all()
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'res_partner' AND is_generated = 'NEVER'"
    )
    own = {name for (name,) in cr.fetchall()} - {"id", "commercial_partner_id"}
    sources = {
        **{column: f"nullif(register.{name}, '')" for name, column in TAKEN.items()},
        "complete_name": "register.name",
        "commercial_company_name": "CASE WHEN company THEN register.name END",
        "is_company": "register.company",
        "country_id": "country.id",
        "company_id": "register.branch",
    }
    for gone in ("email_normalized", "phone_sanitized"):
        sources[gone] = "NULL"
    columns = sorted(own)
    values = ", ".join(sources.get(name, f"template.{name}") for name in columns)
    cr.execute(
        f"INSERT INTO res_partner ({', '.join(columns)}) SELECT {values} FROM register "
        "LEFT JOIN res_country AS country ON country.code = register.country "
        "CROSS JOIN res_partner AS template WHERE template.id = %s",
        [template.id],
    )
    cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id "
        "WHERE commercial_partner_id IS NULL"
    )
    env.invalidate_all()
    template.unlink()


def insert_offers(env, branches):
    """Give some customers of other branches a live offer, so that there are cards."""
    currency = env.company.currency_id.id
    env.cr.execute(
        "INSERT INTO offer_offer (name, partner_id, commercial_partner_id, company_id, "
        "user_id, state, date_first_sent, date_last_sent, currency_id, amount_untaxed) "
        "SELECT 'B' || id, id, id, company_id, 2, 'sent', now() - interval '5 days', "
        "now() - interval '5 days', %s, 1000 FROM res_partner "
        "WHERE company_id = ANY(%s) AND company_id != %s AND random() < %s",
        [currency, branches.ids, branches[0].id, ARGUMENTS["offers"]],
    )


branches = make_surroundings(env)
copy_register(env, branches)
insert_partners(env)
insert_offers(env, branches)
env.cr.commit()
start = time.perf_counter()
job, after = env["offer.job"], 0
while made := job._run_profiles(after):
    after = made[-1]
    env.cr.commit()
    env.invalidate_all()
env.cr.commit()
seconds = time.perf_counter() - start
env.cr._cnx.set_session(autocommit=True)
env.cr.execute("VACUUM ANALYZE")
env.cr.execute(
    "SELECT count(*), pg_total_relation_size('offer_partner_key') "
    "FROM offer_partner_key"
)
rows, size = env.cr.fetchone()
env.cr.execute("SELECT count(*) FROM res_partner")
[(partners,)] = [env.cr.fetchone()]
print(
    "RESULT "
    + json.dumps(
        {"partners": partners, "seconds": seconds, "keys": rows, "key_bytes": size}
    )
)

"""Fill the log for the measurement of the timeline; runs in Odoo's shell.

``TIMELINE_FILL`` is JSON: ``rows`` (contacts) and ``customers``. Written by SQL, as
ten million messages would take weeks to post. Three customers have 100, 10,000 and
100,000 contacts of the last two years; the others share the rest. Of what comes in, a
third asks for an answer and has a turn in ``contact_response``.
"""

import json
import os
import time

from odoo import Command

ARGUMENTS = json.loads(os.environ["TIMELINE_FILL"])
ROWS, CUSTOMERS = ARGUMENTS["rows"], ARGUMENTS["customers"]
BIG = {"small": 100, "middle": 10_000, "large": 100_000}
BATCH = 500_000
DAYS = 730


def sql(query, *params):
    env.cr.execute(query, params or None)


def make_surroundings():
    """Return the branches and the ids of their people."""
    root = env["res.company"].create({"name": "Benchmark"})
    branches = env["res.company"].create(
        [{"name": f"Branch {n}", "parent_id": root.id} for n in range(4)]
    )
    groups = [
        "base.group_user",
        "contact_history.contact_history_group_user",
        "base.group_partner_manager",
    ]
    people = env["res.users"].create(
        [
            {
                "name": f"Person {number}",
                "login": f"bench.{number}",
                "password": f"bench.{number}",
                "company_id": branches[number % 4].id,
                "company_ids": [Command.set(branches[number % 4].ids)],
                "group_ids": [Command.set([env.ref(name).id for name in groups])],
            }
            for number in range(8)
        ]
    )
    return branches, people


def copies(template, name, count):
    """Insert copies of a partner; return the ids, which follow each other."""
    sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = "
        "'res_partner' AND is_generated = 'NEVER' AND column_name NOT IN "
        "('id', 'name', 'complete_name', 'commercial_partner_id')"
    )
    columns = [column for (column,) in env.cr.fetchall()]
    theirs = ", ".join(f"t.{column}" for column in columns)
    sql(
        f"INSERT INTO res_partner (name, complete_name, {', '.join(columns)}) "
        f"SELECT %s || n, %s || n, {theirs} FROM generate_series(1, %s) AS n "
        "CROSS JOIN res_partner t WHERE t.id = %s RETURNING id",
        name,
        name,
        count,
        template.id,
    )
    ids = [row_id for (row_id,) in env.cr.fetchall()]
    # A foreign key is checked by a plan made for an empty table until this is said.
    sql("ANALYZE res_partner")
    sql("UPDATE res_partner SET commercial_partner_id = id WHERE id = ANY(%s)", ids)
    return min(ids), max(ids)


def without_indexes(table):
    """Drop the indexes and foreign keys of a table; return how to make them again."""
    sql(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype = 'f'",
        table,
    )
    again = []
    for name, definition in env.cr.fetchall():
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    sql(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s "
        "AND indexname NOT LIKE %s",
        table,
        "%_pkey",
    )
    for name, definition in env.cr.fetchall():
        again.insert(0, definition)
        sql(f'DROP INDEX "{name}"')
    return again


ROWS_OF = """
    INSERT INTO contact_interaction (
        partner_id, commercial_partner_id, company_id, user_id, channel, direction,
        state, response_role, certainty, origin, subject, preview, duration,
        is_confidential, is_automatic, needs_no_answer, occurred_at, recorded_at,
        create_uid, create_date, write_uid, write_date)
    SELECT partner, partner, branches[1 + pick %% 4], people[1 + pick %% 8],
           (ARRAY['email','email','email','call','call','sms','chat','meeting','visit',
                  'letter'])[1 + (pick / 8) %% 10],
           way, 'done',
           CASE WHEN way = 'outgoing' THEN 'answers'
                WHEN pick %% 3 = 0 THEN 'asks' ELSE 'neither' END,
           'known', 'bench', 'Order ' || pick %% 9000,
           'Please tell us when the order ' || pick %% 9000 || ' arrives, and whether '
           || 'the carrier can call half an hour before. Regards, customer ' || partner,
           CASE WHEN (pick / 8) %% 10 IN (3, 4) THEN 30 + pick %% 600 ELSE 0 END,
           pick %% 50 = 0, false, false, at, at, 1, at, 1, at
    FROM (
        SELECT {partner} AS partner, hashint8(n * 7919) & 1073741823 AS pick,
               CASE WHEN (hashint8(n) & 1) = 0 THEN 'incoming' ELSE 'outgoing' END
                   AS way,
               date_trunc('second', timestamp '2026-11-27 18:00:00'
                   - {age} * interval '1 second') AS at,
               %s::int[] AS branches, %s::int[] AS people
        FROM generate_series(%s::bigint, %s::bigint) AS n
    ) row
"""


def fill_log(branches, people, first, last):
    started = time.perf_counter()
    again = without_indexes("contact_interaction")
    both = (branches.ids, people.ids)
    span = DAYS * 86400
    for number, rows in enumerate(BIG.values()):
        query = ROWS_OF.format(partner=first + number, age=f"(n * {span} / {rows})")
        sql(query, *both, 1, rows)
    spread = f"{first + len(BIG)} + (hashint8(n * 31) & 1073741823) %% "
    spread += str(last - first - len(BIG) + 1)
    for start in range(0, ROWS - sum(BIG.values()), BATCH):
        end = min(start + BATCH, ROWS - sum(BIG.values()))
        query = ROWS_OF.format(
            partner=spread, age=f"((hashint8(n * 13) & 1073741823) %% {span})"
        )
        sql(query, *both, start + 1, end)
        env.cr.commit()
        print(f"{end} contacts, {time.perf_counter() - started:.0f} s", flush=True)
    return again


TURNS = """
    INSERT INTO contact_response (
        interaction_id, partner_id, commercial_partner_id, company_id, channel,
        is_confidential, started_at, question_count, asked_user_id, user_id,
        handover_count, answered_at, state, wall_seconds, working_seconds,
        target_seconds, due_at, warn_at, is_within, started_hour,
        create_uid, create_date, write_uid, write_date)
    SELECT id, partner_id, commercial_partner_id, company_id, channel, is_confidential,
           occurred_at, 1, user_id, user_id, 0,
           CASE WHEN id % 200 > 0 THEN occurred_at + wait * interval '1 second' END,
           CASE WHEN id % 200 > 0 THEN 'answered' ELSE 'waiting' END,
           wait, wait / 2, 3600, occurred_at + interval '1 hour',
           occurred_at + interval '45 minutes', wait / 2 <= 3600,
           to_char(occurred_at, 'HH24'), 1, occurred_at, 1, occurred_at
    FROM (SELECT i.*, 60 + (hashint8(i.id) & 1048575) % 30000 AS wait
          FROM contact_interaction i WHERE response_role = 'asks') asked
"""


def fill_documents(large):
    """Give the largest customer a chatter of as many messages as Odoo's own needs."""
    sql(
        "INSERT INTO mail_message (model, res_id, message_type, subtype_id, date, "
        "author_id, email_from, subject, body, create_uid, create_date, write_uid, "
        "write_date, is_internal) "
        "SELECT 'res.partner', %s + place, 'comment', %s, "
        "timestamp '2026-11-27 18:00:00' - n * interval '10 minutes', %s, "
        "'a@example.com', 'Order ' || n, '<p>Please tell us when it arrives.</p>', "
        "1, now(), 1, now(), false FROM (VALUES (0, 100), (1, 10000), (2, 100000)) "
        "AS big (place, count), generate_series(1, big.count) AS n",
        large,
        env.ref("mail.mt_comment").id,
        env.ref("base.partner_admin").id,
    )


started = time.perf_counter()
env["ir.cron"].search([]).active = False
branches, people = make_surroundings()
template = env["res.partner"].create({"name": "Template", "is_company": True})
env.flush_all()
first, last = copies(template, "Customer ", CUSTOMERS)
env.cr.commit()
again = fill_log(branches, people, first, last)
again += without_indexes("contact_response")
sql(TURNS)
env.cr.commit()
print(f"turns, {time.perf_counter() - started:.0f} s", flush=True)
for definition in again:
    sql(definition)
    env.cr.commit()
print(f"indexes, {time.perf_counter() - started:.0f} s", flush=True)
fill_documents(first)
env.cr.commit()
env.cr._cnx.set_session(autocommit=True)
env.cr.execute(
    "VACUUM ANALYZE contact_interaction, contact_response, res_partner, mail_message"
)
sizes = {}
for table in ("contact_interaction", "contact_response"):
    env.cr.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
    sizes[table], sizes[f"{table}_indexes"] = env.cr.fetchone()
env.cr.execute("SELECT count(*) FROM contact_response")
result = {
    "rows": ROWS,
    "turns": env.cr.fetchone()[0],
    "customers": last - first + 1,
    "partners": dict(zip(BIG, range(first, first + len(BIG)), strict=True)),
    "bytes": sizes,
    "seconds": round(time.perf_counter() - started),
}
env["ir.config_parameter"].set_param("bench.timeline", json.dumps(result))
print("RESULT " + json.dumps(result))

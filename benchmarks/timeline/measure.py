"""Measure reports over the filled log and the service behind the page, in Odoo's shell.

``TIMELINE_MEASURE`` is JSON: ``rounds``. The service is timed without HTTP, with the
processor time of Odoo and of its database process: the one to compare on a machine
that does other work, too.
"""

import json
import os
import statistics
import time

ROUNDS = json.loads(os.environ["TIMELINE_MEASURE"])["rounds"]
FILLED = json.loads(env["ir.config_parameter"].get_param("bench.timeline"))
env.cr.execute("SELECT pg_backend_pid()")
[(BACKEND,)] = env.cr.fetchall()


def processor():
    with open(f"/proc/{BACKEND}/schedstat") as file:
        return time.process_time() + int(file.read().split()[0]) / 1e9


def cuts(times):
    marks = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": round(marks[49], 1), "p95": round(marks[94], 1)}


def timed(ask, rounds):
    wall, cpu, queries = [], [], 0
    for number in range(rounds + 3):
        env.invalidate_all()
        count = env.cr.sql_log_count
        start, used = time.perf_counter(), processor()
        ask()
        if number >= 3:
            wall.append(1000 * (time.perf_counter() - start))
            cpu.append(1000 * (processor() - used))
        queries = env.cr.sql_log_count - count
    return {"ms": cuts(wall), "cpu_ms": cuts(cpu), "queries": queries}


def reader(login):
    user = env["res.users"].search([("login", "=", login)])
    context = {
        "allowed_company_ids": user.company_ids.ids,
        "lang": "en_US",
        "tz": "Europe/Warsaw",
    }
    return env(user=user, context=context)


def walk(partner, pages):
    """Return the cursor at which that page begins."""
    cursor = None
    for _page in range(pages - 1):
        cursor = partner.contact_history_page(cursor=cursor)["next_cursor"]
    return cursor


def service():
    user = reader("bench.0")
    found = {}
    for name, partner_id in FILLED["partners"].items():
        partner = user["res.partner"].browse(partner_id)
        found[name] = {
            "page": timed(partner.contact_history_page, ROUNDS),
            "header": timed(partner.contact_history_header, ROUNDS),
            "chart": timed(partner.contact_history_chart, ROUNDS),
            "options": timed(partner.contact_history_options, ROUNDS),
        }
    cursor = walk(partner, 100)
    found["large"]["page_100"] = timed(
        lambda: partner.contact_history_page(cursor=cursor), ROUNDS
    )
    found["large"]["page_jumped_to"] = timed(
        lambda: partner.contact_history_page(start="2026-01-01 00:00:00"), ROUNDS
    )
    found["read"] = timed(lambda: partner.read(["name"]), ROUNDS)
    return found


def reports():
    log = env["contact.interaction"]
    turns = env["contact.response.report"]
    measures = ["working_median:median", "working_percentile_90:percentile_90"]
    year = [("occurred_at", ">=", "2025-12-01")]
    asked = {
        "contacts by channel": lambda: log._read_group([], ["channel"], ["__count"]),
        "contacts by branch and month": lambda: log._read_group(
            [], ["company_id", "occurred_at:month"], ["__count"]
        ),
        "contacts by channel and month, one year": lambda: log._read_group(
            year, ["channel", "occurred_at:month"], ["__count"]
        ),
        "response times by branch": lambda: turns._read_group(
            [], ["company_id"], [*measures, "within_percent:avg", "__count"]
        ),
        "response times by channel, one quarter": lambda: turns._read_group(
            [("started_at", ">=", "2026-09-01")], ["channel"], [*measures, "__count"]
        ),
        "response times by person and month": lambda: turns._read_group(
            [], ["user_id", "started_at:month"], [*measures, "__count"]
        ),
    }
    found = {}
    for name, ask in asked.items():
        seconds = []
        for _round in range(3):
            start = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - start)
        found[name] = {
            "best_s": round(min(seconds), 2),
            "worst_s": round(max(seconds), 2),
        }
    return found


result = {"filled": FILLED, "service": service(), "reports": reports()}
env.cr.rollback()
print("RESULT " + json.dumps(result))

"""Time single look-ups inside Odoo, without HTTP; runs in Odoo's shell.

``LOOKUP_SERVICE`` is JSON: ``queries`` (file with one JSON object of form values a
line) and ``warm`` (how many of them go before the clock starts).
"""

import json
import os
import statistics
import time

ARGUMENTS = json.loads(os.environ["LOOKUP_SERVICE"])


def percentiles(times):
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "n": len(times)}


def main(env):
    user = env["res.users"].search([("login", "=", "benchmark")])
    check = env["offer.check"].with_user(user).with_company(user.company_id)
    with open(ARGUMENTS["queries"], encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    times, cards = [], 0
    for number, query in enumerate(queries):
        env.invalidate_all()
        start = time.perf_counter()
        answer = check.check_customer(query)
        spent = 1000 * (time.perf_counter() - start)
        if number >= ARGUMENTS["warm"]:
            times.append(spent)
            cards += len(answer["cards"])
        env.cr.rollback()
    print("RESULT " + json.dumps({"service_ms": percentiles(times), "cards": cards}))


main(env)

"""Time single look-ups inside Odoo, without HTTP; runs in Odoo's shell.

``LOOKUP_SERVICE`` is JSON: ``queries`` (file with one JSON object of form values a
line) and ``warm`` (how many of them go before the clock starts). The processor time of
Odoo and its database process is what to compare on a busy machine.
"""

import json
import os
import statistics
import time

ARGUMENTS = json.loads(os.environ["LOOKUP_SERVICE"])


def percentiles(times):
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "n": len(times)}


def cpu(backend):
    """Return the processor seconds that Odoo and its database process have used."""
    with open(f"/proc/{backend}/schedstat") as file:
        return time.process_time() + int(file.read().split()[0]) / 1e9


def main(env):
    user = env["res.users"].search([("login", "=", "benchmark")])
    check = env["offer.check"].with_user(user).with_company(user.company_id)
    with open(ARGUMENTS["queries"], encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    env.cr.execute("SELECT pg_backend_pid()")
    [(backend,)] = env.cr.fetchall()
    times, processor, cards = [], [], 0
    for number, query in enumerate(queries):
        env.invalidate_all()
        start, used = time.perf_counter(), cpu(backend)
        answer = check.check_customer(query)
        spent = 1000 * (time.perf_counter() - start)
        if number >= ARGUMENTS["warm"]:
            times.append(spent)
            processor.append(1000 * (cpu(backend) - used))
            cards += len(answer["cards"])
        env.cr.rollback()
    report = {
        "service_ms": percentiles(times),
        "service_cpu_ms": percentiles(processor),
        "cards": cards,
    }
    print("RESULT " + json.dumps(report))


main(env)

"""Time single look-ups inside Odoo, without HTTP; runs in Odoo's shell.

``LOOKUP_SERVICE`` is JSON: ``queries`` (file with one JSON object of form values a
line) and ``warm`` (how many of them go before the clock starts). The processor time of
Odoo and its database process is what to compare on a busy machine.
"""

import json
import os

from common.inside import Meter, percentiles, profiled, report

ARGUMENTS = json.loads(os.environ["LOOKUP_SERVICE"])


def ask_all(env, meter, queries):
    """Return (clock, processor) milliseconds of each question, and how many cards."""
    user = env["res.users"].search([("login", "=", "benchmark")])
    check = env["offer.check"].with_user(user).with_company(user.company_id)
    spent, cards, asked = [], 0, 0
    for query in queries:
        env.invalidate_all()
        before = meter.queries()
        answer, took = meter.timed(check.check_customer, query)
        asked += meter.queries() - before
        spent.append(took)
        cards += len(answer["cards"])
        env.cr.rollback()
    return spent, cards, asked


def main(env):
    with open(ARGUMENTS["queries"], encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    meter, warm = Meter(env), ARGUMENTS["warm"]
    ask_all(env, meter, queries[:warm])
    spent, cards, asked = profiled(ask_all, env, meter, queries[warm:])
    clock, processor = zip(*spent, strict=True)
    report(
        {
            "service_ms": percentiles(clock),
            "service_cpu_ms": percentiles(processor),
            "cards": cards,
            "queries_a_look_up": asked / len(spent),
        }
    )


main(env)

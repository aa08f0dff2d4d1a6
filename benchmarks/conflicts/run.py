"""Measure the check for conflicts: ``python benchmarks/conflicts/run.py``.

    run.py [--customers 1000000] [--offers 1000000] [--count 300] [--reuse] [--keep]

Fills a database with customers (``benchmarks/lookup``) and offers of three branches,
and times the check in the form of a quotation, at sending, over HTTP beside a trivial
``read``, and the rescan. ``--reuse`` takes the database that is there, the one of
``benchmarks/lookup/run.py --keep`` as well: offers are added when it has too few.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed

PORT = 8473
WARM = 40


def shell(database: str, script: Path, name: str, arguments: dict) -> dict:
    return driver.in_shell(database, script, **{name: json.dumps(arguments)})


def fill(database: str, options: argparse.Namespace) -> dict:
    if not options.reuse:
        driver.install(database)
        records = driver.register("lookup", options.customers, seed=77)
        customers = {"records": str(records), "offers": 0, "branches": 3}
        script = HERE.parent / "lookup" / "fill.py"
        shell(database, script, "LOOKUP_FILL", customers)
    if options.filled:
        return {}
    offers = {"offers": options.offers}
    return shell(database, HERE / "fill.py", "CONFLICTS_FILL", offers)


def over_http(database: str, found: dict) -> dict:
    """Time the form's check, and the one at sending, each beside a trivial read.

    Nobody can call the check at sending: a server action does, whose own cost is
    measured beside it with one that does nothing.
    """
    with driver.server(database, PORT):
        client = driver.Client(PORT, database)

        def form(partner_id: int) -> float:
            query = {"model": "sale.order", "partner_id": partner_id}
            return client.call("offer.check", "check_customer", query)

        def action(name: str, offer_id: int) -> float:
            context = {"bench_offer": offer_id}
            params = {"action_id": found["actions"][name], "context": context}
            return client.timed("/web/action/run", params)

        return {
            "form": driver.beside_a_read(
                client, [partial(form, one) for one in found["customers"]], WARM
            ),
            **{
                name: driver.beside_a_read(
                    client,
                    [partial(action, name, one) for one in found["offers"]],
                    WARM,
                )
                for name in ("send", "nothing")
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--offers", type=int, default=1_000_000)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--reuse", action="store_true", help="customers are there")
    parser.add_argument("--filled", action="store_true", help="offers are there too")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--no-http", action="store_true")
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    database = f"bench_lookup_{options.customers}"
    report = driver.start_report()
    report["fill"] = fill(database, options)
    measure = {"count": options.count}
    found = shell(database, HERE / "measure.py", "CONFLICTS_MEASURE", measure)
    asked = {name: found.pop(name) for name in ("customers", "offers", "actions")}
    report |= found
    if not options.no_http:
        report["http"] = over_http(database, asked)
    if not options.keep:
        driver.drop(database)
    driver.finish_report(report, f"conflicts_{options.offers}", options.out)


if __name__ == "__main__":
    main()

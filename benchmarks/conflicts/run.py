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


def over_http(database: str, partner_ids: list[int]) -> dict:
    calls = [
        ("offer.check", "check_customer", {"model": "sale.order", "partner_id": one})
        for one in partner_ids
    ]
    with driver.server(database, PORT):
        return driver.beside_a_read(driver.Client(PORT, database), calls, WARM)


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
    asked = found.pop("customers")
    report |= found
    if not options.no_http:
        report["http"] = over_http(database, asked)
    if not options.keep:
        driver.drop(database)
    driver.finish_report(report, f"conflicts_{options.offers}", options.out)


if __name__ == "__main__":
    main()

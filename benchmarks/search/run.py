"""Measure the search for offers: ``python benchmarks/search/run.py``.

    run.py [--offers 1000000] [--questions 8] [--keep] [--reuse] [--out DIR]

Fills a database with so many archived versions and asks the same questions of our
search and of the ``ilike`` search that the list of offers had before, as a salesperson
of one branch out of four and as a manager of all: milliseconds p50 and p95, and ratio.
Wants the set-up of ``make setup``; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--offers", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=8, help="of each kind")
    parser.add_argument("--reuse", action="store_true", help="the database is there")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    database = f"bench_search_{options.offers}"
    report = driver.start_report()
    if not options.reuse:
        records = driver.register("search", 50_000, seed=78)
        driver.install(database)
        fill = {"offers": options.offers, "records": str(records)}
        report["fill"] = shell(database, "fill", fill)
    arguments = {"questions": options.questions, "seed": 5}
    report |= shell(database, "measure", arguments)
    if not options.keep:
        driver.drop(database)
    driver.finish_report(report, f"search_{options.offers}", options.out)


def shell(database: str, script: str, arguments: dict) -> dict:
    environ = {f"SEARCH_{script.upper()}": json.dumps(arguments)}
    return driver.in_shell(database, HERE / f"{script}.py", **environ)


if __name__ == "__main__":
    main()

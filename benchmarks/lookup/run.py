"""Measure single look-ups inside a real Odoo: ``python benchmarks/lookup/run.py``.

    run.py [--size 100000] [--queries 400] [--scan 8000] [--keep] [--reuse]

Makes a register (``benchmarks/quality``), a database with it, and reports

- the service: ``offer.check.check_customer`` inside Odoo, milliseconds p50 and p95;
- end to end: the same over HTTP as a salesperson, beside a trivial ``read`` of one
  partner over the same RPC, taking turns in the same run, as a ratio;
- creating and writing partners with our addons and without, one by one and 300 at once,
  in turns within one process, as ratios;
- with ``--scan``, comparing customers in batches as the first run does.

Questions are values as typed of customers in the register, half of them with a slip.
Wants the set-up of ``make setup``; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed

PORT = 8471
WARM = 60


def slip(rng: random.Random, text: str) -> str:
    """Swap two letters next to each other."""
    if len(text) < 5:
        return text
    place = rng.randrange(1, len(text) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def make_queries(records: Path, count: int, path: Path) -> list[dict]:
    """Draw customers of the register and write what somebody may type of them."""
    rng = random.Random(11)
    with gzip.open(records, "rt", encoding="utf-8", newline="") as file:
        rows = list(itertools.islice(csv.DictReader(file), 200_000))
    queries = []
    for row in rng.sample(rows, count):
        name = row["name"] if rng.random() < 0.5 else slip(rng, row["name"])
        query = {"model": "res.partner", "name": name}
        for field in ("vat", "email", "phone", "city", "street", "zip"):
            if row[field] and rng.random() < 0.6:
                query[field] = row[field]
        queries.append(query)
    path.write_text("".join(json.dumps(query) + "\n" for query in queries))
    return queries


def over_http(database: str, queries: list[dict]) -> dict:
    """Ask over HTTP, a trivial read after every look-up."""
    calls = [("offer.check", "check_customer", query) for query in queries]
    with driver.server(database, PORT):
        return driver.beside_a_read(driver.Client(PORT, database), calls, WARM)


def overhead() -> dict:
    """Create and write partners with our addons and without, taking turns."""
    ours, without = "bench_overhead_with", "bench_overhead_without"
    driver.install(ours)
    driver.clone(without)
    environ = {"LOOKUP_OVERHEAD": "150", "BENCH_WITHOUT": without}
    found = driver.in_shell(ours, HERE / "overhead.py", **environ)
    driver.drop(ours, without)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--reuse", action="store_true", help="the database is there")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--no-overhead", action="store_true")
    parser.add_argument("--no-http", action="store_true")
    parser.add_argument("--scan", type=int, help="customers to compare in batches")
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    database = f"bench_lookup_{options.size}"
    records = driver.register("lookup", options.size, seed=77)
    asked = driver.CACHE / "queries.jsonl"
    queries = make_queries(records, options.queries + WARM, asked)
    report = driver.start_report(size=options.size)
    if not options.reuse:
        driver.install(database)
        fill = {"records": str(records), "offers": 0.05, "branches": 3}
        report["fill"] = shell(database, "fill", fill)
    report |= shell(database, "service", {"queries": str(asked), "warm": WARM})
    if not options.no_http:
        report["http"] = over_http(database, queries)
    if options.scan:
        scan = {"count": options.scan, "alone": min(300, options.scan)}
        report["scan"] = shell(database, "scan", scan)
    if not options.no_overhead:
        report["overhead"] = overhead()
    if not options.keep:
        driver.drop(database)
    driver.finish_report(report, f"lookup_{options.size}", options.out)


def shell(database: str, script: str, arguments: dict) -> dict:
    environ = {f"LOOKUP_{script.upper()}": json.dumps(arguments)}
    return driver.in_shell(database, HERE / f"{script}.py", **environ)


if __name__ == "__main__":
    main()

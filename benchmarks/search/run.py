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
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEVKIT = [sys.executable, str(ROOT / "tools" / "devkit")]


def devkit(*arguments: str, script: str = "", **environ: str) -> str:
    """Run a devkit command, a script of this folder as input; return its output."""
    done = subprocess.run(
        [*DEVKIT, *arguments],
        input=(HERE / script).read_text() if script else None,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def in_shell(database: str, script: str, **environ: str) -> dict:
    """Run a script in Odoo's shell and return what it reported."""
    command = ("odoo", "--", "shell", "-d", database, "--no-http")
    limits = ("--limit-time-cpu", "0", "--limit-time-real", "0", "--log-level", "error")
    output = devkit(*command, *limits, script=script, **environ)
    lines = [line for line in output.splitlines() if "RESULT {" in line]
    if not lines:
        sys.exit(f"{script} reported nothing:\n{output[-4000:]}")
    return json.loads(lines[-1].split("RESULT ", 1)[1])


def make_register(size: int) -> Path:
    folder = ROOT / ".local" / "cache" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"search_{size}"
    records = stem.with_name(f"{stem.name}_records.csv.gz")
    if not records.exists():
        maker = ROOT / "benchmarks" / "quality" / "registers.py"
        command = [sys.executable, str(maker), "--kind", "branches"]
        command += ["--size", str(size), "--seed", "78", str(stem)]
        subprocess.run(command, check=True)
    return records


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--offers", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=8, help="of each kind")
    parser.add_argument("--reuse", action="store_true", help="the database is there")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    database = f"bench_search_{options.offers}"
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
    }
    if not options.reuse:
        records = make_register(50_000)
        devkit("db", "clone", "tpl_base", database)
        modules = ("-i", "offer_repository", "--stop-after-init")
        devkit("odoo", "--", "-d", database, *modules, "--log-level", "error")
        fill = {"offers": options.offers, "records": str(records)}
        report["fill"] = in_shell(database, "fill.py", SEARCH_FILL=json.dumps(fill))
    arguments = {"questions": options.questions, "seed": 5}
    report |= in_shell(database, "measure.py", SEARCH_MEASURE=json.dumps(arguments))
    report["load_after"] = os.getloadavg()[0]
    if not options.keep:
        devkit("db", "drop", database)
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / f"search_{options.offers}_{report['date'][:10]}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

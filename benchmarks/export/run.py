"""Measure exports inside a real Odoo: ``python benchmarks/export/run.py``.

    run.py [--out benchmarks/results]

Writes 10,000 and 100,000 lines of offers as sheets, each in a process of its own, and
tells rows a second and by how much the process grew. Ratios count: the larger export
has ten times the rows and should need the same memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "archive"))

from run import devkit, in_shell, install  # noqa: E402  beside, not installed

SIZES = (10_000, 100_000)
SCRIPT = "../export/export.py"


def measured(database: str, rows: int) -> dict:
    return in_shell(database, SCRIPT, EXPORT=json.dumps({"rows": rows}))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    report: dict = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
    }
    database = "bench_export"
    install(database)
    in_shell(database, SCRIPT, EXPORT=json.dumps({"fill": max(SIZES)}))
    runs = {str(rows): measured(database, rows) for rows in SIZES}
    small, large = (runs[str(rows)] for rows in SIZES)
    report["lines"] = runs
    report["ratio"] = {
        "peak_memory": large["peak_mb"] / small["peak_mb"],
        "grown_by": large["grown_mb"] / small["grown_mb"],
        "seconds_per_row": small["rows_per_second"] / large["rows_per_second"],
    }
    report["load_after"] = os.getloadavg()[0]
    devkit("db", "drop", database)
    target = options.out / f"export_{report['date'][:10]}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

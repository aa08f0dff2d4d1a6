"""Measure exports inside a real Odoo: ``python benchmarks/export/run.py``.

    run.py [--out benchmarks/results]

Writes 10,000 and 100,000 lines of offers as sheets, each in a process of its own, and
tells rows a second and by how much the process grew. Ratios count: the larger export
has ten times the rows and should need the same memory.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed

SIZES = (10_000, 100_000)
SCRIPT = HERE / "export.py"


def measured(database: str, rows: int) -> dict:
    return driver.in_shell(database, SCRIPT, EXPORT=json.dumps({"rows": rows}))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    report = driver.start_report()
    database = "bench_export"
    driver.install(database)
    driver.in_shell(database, SCRIPT, EXPORT=json.dumps({"fill": max(SIZES)}))
    runs = {str(rows): measured(database, rows) for rows in SIZES}
    small, large = (runs[str(rows)] for rows in SIZES)
    report["lines"] = runs
    report["ratio"] = {
        "peak_memory": large["peak_mb"] / small["peak_mb"],
        "grown_by": large["grown_mb"] / small["grown_mb"],
        "seconds_per_row": small["rows_per_second"] / large["rows_per_second"],
    }
    driver.drop(database)
    driver.finish_report(report, "export", options.out)


if __name__ == "__main__":
    main()

"""Measure what the send gate adds to sending: ``python benchmarks/gate/run.py``.

    run.py [--rounds 40] [--out benchmarks/results]

Runs in a database of its own, which is dropped afterwards.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    database = "bench_gate"
    report = driver.start_report()
    driver.install(database)
    environ = {"GATE_ROUNDS": str(options.rounds)}
    report["gate"] = driver.in_shell(database, HERE / "overhead.py", **environ)
    driver.drop(database)
    driver.finish_report(report, "gate", options.out)


if __name__ == "__main__":
    main()

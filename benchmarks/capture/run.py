"""Measure the reading of earlier mails: ``python benchmarks/capture/run.py``.

    run.py [--mails 20000] [--out benchmarks/results]

Runs in a database of its own, which is dropped afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

HERE = Path(__file__).resolve().parent


def archive_bench():
    """Return the helpers of the archive's benchmark: databases and Odoo's shell."""
    path = HERE.parent / "archive" / "run.py"
    spec = spec_from_file_location("archive_bench", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE = HERE  # where its scripts are
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    bench, database = archive_bench(), "bench_capture"
    bench.install(database)
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "load_before": bench.os.getloadavg()[0],
        "cores": bench.os.cpu_count(),
        "backfill": bench.in_shell(
            database, "backfill.py", BACKFILL_MAILS=str(options.mails)
        ),
        "load_after": bench.os.getloadavg()[0],
    }
    bench.devkit("db", "drop", database)
    options.out.mkdir(parents=True, exist_ok=True)
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    text = json.dumps(report, indent=2)
    (options.out / f"capture_{day}.json").write_text(text + "\n")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()

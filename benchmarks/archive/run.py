"""Measure the archive inside a real Odoo: ``python benchmarks/archive/run.py``.

    run.py [--rows 20000] [--file-bytes 40000] [--out benchmarks/results] [part ...]

Parts: ``overhead`` (create and send a quotation of 20 lines, with our addons and
without, as a ratio), ``append`` (rows a second that 8 writers commit to one chain),
``verify`` (rows a second, and the ratio to plain SHA-256 over the same bytes).
Wants the set-up of ``make setup``; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from common import driver  # noqa: E402  beside, not installed

PARTS = ("overhead", "append", "verify")
ROUNDS = 40


def overhead(_options: argparse.Namespace, database: str) -> dict:
    without = "bench_archive_without"
    driver.clone(without)
    environ = {"ARCHIVE_OVERHEAD": str(ROUNDS), "BENCH_WITHOUT": without}
    found = driver.in_shell(database, HERE / "overhead.py", **environ)
    driver.drop(without)
    return found


def append(_options: argparse.Namespace, database: str) -> dict:
    runs = {}
    for writers, work_ms in ((1, 0), (8, 0), (1, 200), (8, 200)):
        name = f"writers_{writers}_work_{work_ms}_ms"
        runs[name] = append_with(database, writers, 320 // writers, work_ms)
    return runs


def append_with(database: str, writers: int, each: int, work_ms: int) -> dict:
    """Let writers append at once, each in a process of its own."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(writers) as pool:
        arguments = {"writers": writers, "each": each, "work_ms": work_ms}
        jobs = [
            pool.submit(
                append_one, database, {**arguments, "folder": folder, "index": n}
            )
            for n in range(writers)
        ]
        reports = [job.result() for job in jobs]
    start = min(report["start"] for report in reports)
    seconds = max(report["end"] for report in reports) - start
    return {
        **arguments,
        "rows": writers * each,
        "seconds": seconds,
        "per_second": writers * each / seconds,
        **append_one(database, {"writers": 0}),
    }


def append_one(database: str, arguments: dict) -> dict:
    environ = {"ARCHIVE_APPEND": json.dumps(arguments)}
    return driver.in_shell(database, HERE / "append.py", **environ)


def verify(options: argparse.Namespace, database: str) -> dict:
    arguments = {"rows": options.rows, "file_bytes": options.file_bytes}
    environ = {"ARCHIVE_VERIFY": json.dumps(arguments)}
    return driver.in_shell(database, HERE / "verify.py", **environ)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--file-bytes", type=int, default=40_000)
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    report = driver.start_report()
    database = "bench_archive"
    driver.install(database)
    for part in options.parts or PARTS:
        report[part] = globals()[part](options, database)
    driver.drop(database)
    driver.finish_report(
        report, f"archive_{'-'.join(options.parts) or 'all'}", options.out
    )


if __name__ == "__main__":
    main()

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
import os
import platform
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEVKIT = [sys.executable, str(ROOT / "tools" / "devkit")]
PARTS = ("overhead", "append", "verify")


def devkit(*arguments: str, script: str = "", **environ: str) -> str:
    """Run a devkit command, with a script of this folder as input; return output."""
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
    output = devkit(*command, "--log-level", "error", script=script, **environ)
    lines = [line for line in output.splitlines() if "RESULT {" in line]
    if not lines:
        sys.exit(f"{script} reported nothing:\n{output[-4000:]}")
    return json.loads(lines[-1].split("RESULT ", 1)[1])


def install(name: str) -> None:
    devkit("db", "clone", "tpl_base", name)
    modules = ("-i", "offer_repository", "--stop-after-init", "--log-level", "error")
    devkit("odoo", "--", "-d", name, *modules)


def overhead(_options: argparse.Namespace, database: str, rounds: int = 3) -> dict:
    without = "bench_archive_without"
    devkit("db", "clone", "tpl_base", without)
    seen: dict[str, list] = {"without": [], "with": []}
    for _round in range(rounds):
        for kind, name in (("without", without), ("with", database)):
            seen[kind].append(in_shell(name, "overhead.py", ARCHIVE_OVERHEAD="30"))
    devkit("db", "drop", without)
    middle = {
        kind: {what: statistics.median(run[what] for run in runs) for what in runs[0]}
        for kind, runs in seen.items()
    }
    ratios = {
        what: middle["with"][what] / middle["without"][what] for what in middle["with"]
    }
    return {"ms": middle, "ratio": ratios, "rounds": seen}


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
    return in_shell(database, "append.py", ARCHIVE_APPEND=json.dumps(arguments))


def verify(options: argparse.Namespace, database: str) -> dict:
    arguments = {"rows": options.rows, "file_bytes": options.file_bytes}
    return in_shell(database, "verify.py", ARCHIVE_VERIFY=json.dumps(arguments))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--file-bytes", type=int, default=40_000)
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
    }
    database = "bench_archive"
    install(database)
    for part in options.parts or PARTS:
        report[part] = globals()[part](options, database)
    report["load_after"] = os.getloadavg()[0]
    devkit("db", "drop", database)
    options.out.mkdir(parents=True, exist_ok=True)
    parts = "-".join(options.parts) or "all"
    target = options.out / f"archive_{parts}_{report['date'][:10]}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

"""Measure what capturing contacts costs: ``python benchmarks/capture/run.py``.

    run.py [--rounds 60] [--calls 400] [--senders 50] [--mails 20000]

- posting a mail on a customer with ``contact_history`` and without, as ratios;
- reading earlier mails at installation (backfill): mails a second;
- the telephone's webhook: a day of calls by ``tools/pbx_simulator.py``, so many
  messages at a time, against a real server: rate, p50 and p95, and what was lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tools")]

from common import driver  # noqa: E402

import pbx_simulator  # noqa: E402  beside, not installed

PORT = 8472
OURS, WITHOUT = "bench_capture_with", "bench_capture_without"
NUMBERS = [f"+48221{number:06}" for number in range(200)]


def overhead(rounds: int) -> dict:
    environ = {"CAPTURE_OVERHEAD": str(rounds), "BENCH_WITHOUT": WITHOUT}
    return driver.in_shell(OURS, HERE / "overhead.py", **environ)


def telephone(arguments: dict) -> dict:
    environ = {"CAPTURE_TELEPHONE": json.dumps(arguments)}
    return driver.in_shell(OURS, HERE / "telephone.py", **environ)


def webhook(calls: int, senders: int) -> dict:
    """Play a day against a server; each message is sent until it is taken."""
    place = {"address": f"http://127.0.0.1:{PORT}", "numbers": NUMBERS}
    made = telephone(place)
    day = pbx_simulator.plan_day(5, calls, NUMBERS, "101")
    warm = pbx_simulator.plan_day(6, 20, NUMBERS, "101")
    with driver.server(OURS, PORT):
        pbx_simulator.play(made["address"], warm, 2)
        start = time.perf_counter()
        results = pbx_simulator.play(made["address"], day, senders)
        seconds = time.perf_counter() - start
    stored = telephone({"count": made["endpoint"]})
    return {
        "senders": senders,
        "messages": len(results),
        "refused": sum(status != 200 for status, _spent in results),
        "per_second": len(results) / seconds,
        "ms": driver.percentiles([1000 * spent for _status, spent in results]),
        "calls_played": len(day.calls) + len(warm.calls),
        "calls_stored": stored["calls"],
        "calls_stored_once": stored["different"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--senders", type=int, default=50)
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=driver.RESULTS)
    options = parser.parse_args()
    report = driver.start_report()
    driver.install(OURS, "contact_history")
    driver.clone(WITHOUT)
    report["posting"] = overhead(options.rounds)
    report["webhook"] = webhook(options.calls, options.senders)
    mails = {"BACKFILL_MAILS": str(options.mails)}
    report["backfill"] = driver.in_shell(OURS, HERE / "backfill.py", **mails)
    driver.drop(OURS, WITHOUT)
    driver.finish_report(report, "capture", options.out)


if __name__ == "__main__":
    main()

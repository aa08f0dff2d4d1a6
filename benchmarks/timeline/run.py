"""Measure the timeline over a log of ten million contacts.

    run.py [--rows 10000000] [--customers 100000] [--rounds 60] [--reuse] [--keep]

Fills a database and reports, as a person of one of four branches,

- over HTTP, in turns: the first page of customers with 100, 10,000 and 100,000
  contacts, the 100th page of the last one, the header, Odoo's own chatter of as many
  messages, and a trivial read: milliseconds p50 and p95, and ratios;
- inside Odoo: the same with processor time and queries;
- reports over the whole log.

Wants the set-up of ``make setup``; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEVKIT = [sys.executable, str(ROOT / "tools" / "devkit")]
PORT = 8477
WARM = 5
PAGES = 100


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


class Client:
    """A browser's session: log in, then ask."""

    def __init__(self, database: str):
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        login = {"db": database, "login": "bench.0", "password": "bench.0"}
        self.post("/web/session/authenticate", login)

    def post(self, path: str, params: dict) -> dict:
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            f"http://127.0.0.1:{PORT}{path}",
            body.encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=120) as answer:
            result = json.load(answer)
        if "error" in result:
            sys.exit(f"{path}: {json.dumps(result['error'])[:3000]}")
        return result["result"]

    def call(self, method: str, partner_id: int, *more: object, **kwargs: object):
        params = {
            "model": "res.partner",
            "method": method,
            "args": [[partner_id], *more],
            "kwargs": kwargs,
        }
        return self.post(f"/web/dataset/call_kw/res.partner/{method}", params)

    def chatter(self, partner_id: int) -> dict:
        params = {"thread_model": "res.partner", "thread_id": partner_id}
        return self.post(
            "/mail/thread/messages", {**params, "fetch_params": {"limit": 30}}
        )


def questions(client: Client, partners: dict[str, int]) -> dict:
    """Return {name: what to ask}, all of them asked in turns."""
    large = partners["large"]
    cursor = None
    for _page in range(PAGES - 1):
        page = client.call("contact_history_page", large, cursor=cursor)
        cursor = page["next_cursor"]
    asked = {"read": lambda: client.call("read", large, ["name"])}
    for name, partner_id in partners.items():
        asked[f"page {name}"] = lambda one=partner_id: client.call(
            "contact_history_page", one
        )
        asked[f"chatter {name}"] = lambda one=partner_id: client.chatter(one)
        asked[f"header {name}"] = lambda one=partner_id: client.call(
            "contact_history_header", one
        )
    asked[f"page {PAGES} large"] = lambda: client.call(
        "contact_history_page", large, cursor=cursor
    )
    return asked


def wait_for() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/web/health", timeout=5)
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
    sys.exit("Odoo did not come up within two minutes.")


def percentiles(times: list[float]) -> dict:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "n": len(times)}


def over_http(database: str, partners: dict[str, int], rounds: int) -> dict:
    command = [*DEVKIT, "odoo", "--", "-d", database, "--http-port", str(PORT)]
    command += ["--max-cron-threads", "0", "--log-level", "error"]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        wait_for()
        asked = questions(Client(database), partners)
        times: dict[str, list[float]] = {name: [] for name in asked}
        for number in range(rounds + WARM):
            for name, ask in asked.items():
                start = time.perf_counter()
                ask()
                if number >= WARM:
                    times[name].append(1000 * (time.perf_counter() - start))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    found = {name: percentiles(values) for name, values in times.items()}
    return {"ms": found, "ratio": ratios(found)}


def ratios(found: dict) -> dict:
    """Compare what the goals are about."""
    pairs = {
        "page large to page small": ("page large", "page small"),
        "page 100 to page 1": (f"page {PAGES} large", "page large"),
        "page small to read": ("page small", "read"),
        "page large to read": ("page large", "read"),
        "header large to header small": ("header large", "header small"),
        "page large to chatter large": ("page large", "chatter large"),
        "page small to chatter small": ("page small", "chatter small"),
    }
    return {
        name: {
            cut: round(found[above][cut] / found[below][cut], 2)
            for cut in ("p50", "p95")
        }
        for name, (above, below) in pairs.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--reuse", action="store_true", help="the database is there")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--database", default="bench_timeline")
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    database = options.database
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
    }
    if not options.reuse:
        devkit("db", "clone", "tpl_base", database)
        modules = ("-i", "offer_repository", "--stop-after-init")
        devkit("odoo", "--", "-d", database, *modules, "--log-level", "error")
        fill = {"rows": options.rows, "customers": options.customers}
        in_shell(database, "fill.py", TIMELINE_FILL=json.dumps(fill))
    asked = json.dumps({"rounds": options.rounds})
    report |= in_shell(database, "measure.py", TIMELINE_MEASURE=asked)
    partners = report["filled"]["partners"]
    report["http"] = over_http(database, partners, options.rounds)
    report["load_after"] = os.getloadavg()[0]
    if not options.keep:
        devkit("db", "drop", database)
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / f"timeline_{report['date'][:10]}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

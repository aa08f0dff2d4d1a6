"""Measure single look-ups inside a real Odoo: ``python benchmarks/lookup/run.py``.

    run.py [--size 100000] [--queries 400] [--scan 8000] [--keep] [--reuse]

Makes a register (``benchmarks/quality``), a database with it, and reports

- the service: ``offer.check.check_customer`` inside Odoo, milliseconds p50 and p95;
- end to end: the same over HTTP as a salesperson, beside a trivial ``read`` of one
  partner over the same RPC, taking turns in the same run, as a ratio;
- creating and writing partners with our addons and without, one by one and 300 at once,
  as ratios;
- with ``--scan``, comparing customers in batches as the first run does.

Questions are values as typed of customers in the register, half of them with a slip.
Wants the set-up of ``make setup``; nothing but the standard library.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import http.cookiejar
import itertools
import json
import os
import platform
import random
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
PORT = 8471
WARM = 60


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
    output = devkit(*command, "--log-level", "error", script=script, **environ)
    lines = [line for line in output.splitlines() if "RESULT {" in line]
    if not lines:
        sys.exit(f"{script} reported nothing:\n{output[-4000:]}")
    return json.loads(lines[-1].split("RESULT ", 1)[1])


def make_register(folder: Path, size: int) -> Path:
    stem = folder / f"lookup_{size}"
    records = stem.with_name(f"{stem.name}_records.csv.gz")
    if not records.exists():
        maker = ROOT / "benchmarks" / "quality" / "registers.py"
        command = [sys.executable, str(maker), "--kind", "branches"]
        command += ["--size", str(size), "--seed", "77", str(stem)]
        subprocess.run(command, check=True)
    return records


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


class Client:
    """A browser's session: log in, then call methods."""

    def __init__(self, port: int, database: str):
        self.base = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.post(
            "/web/session/authenticate",
            {"db": database, "login": "benchmark", "password": "benchmark"},
        )

    def post(self, path: str, params: dict) -> object:
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            self.base + path, body.encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=60) as answer:
            result = json.load(answer)
        if "error" in result:
            sys.exit(f"{path}: {json.dumps(result['error'])[:3000]}")
        return result["result"]

    def call(self, model: str, method: str, *arguments: object) -> float:
        """Call a method and return the milliseconds it took."""
        params = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        start = time.perf_counter()
        self.post(f"/web/dataset/call_kw/{model}/{method}", params)
        return 1000 * (time.perf_counter() - start)


def wait_for(port: int) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5)
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
    sys.exit("Odoo did not come up within two minutes.")


def percentiles(times: list[float]) -> dict:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "n": len(times)}


def over_http(database: str, queries: list[dict]) -> dict:
    """Ask over HTTP, a trivial read after every look-up."""
    command = [*DEVKIT, "odoo", "--", "-d", database, "--http-port", str(PORT)]
    command += ["--max-cron-threads", "0", "--log-level", "error"]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        wait_for(PORT)
        client = Client(PORT, database)
        me = client.post("/web/session/get_session_info", {})["partner_id"]
        checks, reads = [], []
        for number, query in enumerate(queries):
            check = client.call("offer.check", "check_customer", query)
            read = client.call("res.partner", "read", [me], ["name"])
            if number >= WARM:
                checks.append(check)
                reads.append(read)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    found = {"check_ms": percentiles(checks), "read_ms": percentiles(reads)}
    for cut in ("p50", "p95"):
        ratio = found["check_ms"][cut] / found["read_ms"][cut]
        found[f"ratio_{cut}"] = ratio
    return found


def overhead(rounds: int = 3) -> dict:
    """Create and write partners with our addons and without, taking turns."""
    names = {"without": "bench_overhead_without", "with": "bench_overhead_with"}
    for name in names.values():
        devkit("db", "clone", "tpl_base", name)
    modules = ("-i", "offer_repository", "--stop-after-init", "--log-level", "error")
    devkit("odoo", "--", "-d", names["with"], *modules)
    seen = {kind: [] for kind in names}
    for _round in range(rounds):
        for kind, name in names.items():
            seen[kind].append(in_shell(name, "overhead.py", LOOKUP_OVERHEAD="150"))
    for name in names.values():
        devkit("db", "drop", name)
    best = {
        kind: {
            what: [min(found[what][column] for found in runs) for column in (0, 1)]
            for what in runs[0]
        }
        for kind, runs in seen.items()
    }
    ratios = {
        name: {
            what: best["with"][what][column] / best["without"][what][column]
            for what in best["with"]
        }
        for column, name in enumerate(("wall", "cpu"))
    }
    return {"ms_wall_and_cpu": best, "ratio": ratios}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--reuse", action="store_true", help="the database is there")
    parser.add_argument("--keep", action="store_true", help="leave the database")
    parser.add_argument("--no-overhead", action="store_true")
    parser.add_argument("--no-http", action="store_true")
    parser.add_argument("--scan", type=int, help="customers to compare in batches")
    parser.add_argument("--out", type=Path, default=HERE.parent / "results")
    options = parser.parse_args()
    work = ROOT / ".local" / "cache" / "benchmarks"
    work.mkdir(parents=True, exist_ok=True)
    database = f"bench_lookup_{options.size}"
    records = make_register(work, options.size)
    queries = make_queries(records, options.queries + WARM, work / "queries.jsonl")
    report = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load": os.getloadavg()[0],
        "size": options.size,
    }
    if not options.reuse:
        devkit("db", "clone", "tpl_base", database)
        modules = ("-i", "offer_repository", "--stop-after-init")
        devkit("odoo", "--", "-d", database, *modules, "--log-level", "error")
        fill = {"records": str(records), "offers": 0.05, "branches": 3}
        report["fill"] = in_shell(database, "fill.py", LOOKUP_FILL=json.dumps(fill))
    service = {"queries": str(work / "queries.jsonl"), "warm": WARM}
    report |= in_shell(database, "service.py", LOOKUP_SERVICE=json.dumps(service))
    if not options.no_http:
        report["http"] = over_http(database, queries)
    if options.scan:
        scan = {"count": options.scan, "alone": min(300, options.scan)}
        report["scan"] = in_shell(database, "scan.py", LOOKUP_SCAN=json.dumps(scan))
    if not options.no_overhead:
        report["overhead"] = overhead()
    if not options.keep:
        devkit("db", "drop", database)
    options.out.mkdir(parents=True, exist_ok=True)
    stamp = report["date"][:10]
    target = options.out / f"lookup_{options.size}_{stamp}.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

"""Databases, scripts in Odoo's shell, a server over HTTP, and reports, from outside."""

from __future__ import annotations

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent
RESULTS = BENCHMARKS / "results"
CACHE = ROOT / ".local" / "cache" / "benchmarks"
DEVKIT = [sys.executable, str(ROOT / "tools" / "devkit")]
QUIET = ("--log-level", "error")
# A measurement is no request: nothing may end it half way.
UNLIMITED = ("--limit-time-cpu", "0", "--limit-time-real", "0")


def devkit(*arguments: str, script: str | None = None, **environ: str) -> str:
    """Run a devkit command, a text as its input, and return what it printed.

    Leaves the program with the end of the output when the command fails.
    """
    done = subprocess.run(
        [*DEVKIT, *arguments],
        input=script,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def in_shell(database: str, script: Path, **environ: str) -> dict:
    """Run a script in Odoo's shell and return what it reported.

    The script can import ``common.inside`` and prints ``RESULT`` and JSON.
    """
    command = ("odoo", "--", "shell", "-d", database, "--no-http", *UNLIMITED, *QUIET)
    text = f"import sys; sys.path.append({str(BENCHMARKS)!r})\n{script.read_text()}"
    output = devkit(*command, script=text, **environ)
    lines = [line for line in output.splitlines() if "RESULT {" in line]
    if not lines:
        sys.exit(f"{script} reported nothing:\n{output[-4000:]}")
    return json.loads(lines[-1].split("RESULT ", 1)[1])


def clone(name: str) -> None:
    """Make a database of the template without our addons."""
    devkit("db", "clone", "tpl_base", name)


def install(name: str, modules: str = "offer_repository") -> None:
    """Make a database with our addons."""
    clone(name)
    devkit("odoo", "--", "-d", name, "-i", modules, "--stop-after-init", *QUIET)


def drop(*names: str) -> None:
    devkit("db", "drop", *names)


def register(name: str, size: int, seed: int, kind: str = "branches") -> Path:
    """Return a register of made-up customers as CSV, made when it is not there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    stem = CACHE / f"{name}_{size}"
    records = stem.with_name(f"{stem.name}_records.csv.gz")
    if not records.exists():
        maker = BENCHMARKS / "quality" / "registers.py"
        command = [sys.executable, str(maker), "--kind", kind]
        command += ["--size", str(size), "--seed", str(seed), str(stem)]
        subprocess.run(command, check=True)
    return records


def percentiles(times: Sequence[float]) -> dict:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "n": len(times)}


def start_report(**more: object) -> dict:
    """Return when and where this is measured."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "load_before": os.getloadavg()[0],
        **more,
    }


def finish_report(report: dict, name: str, folder: Path = RESULTS) -> None:
    """Write ``NAME_DATE.json`` and show it."""
    report["load_after"] = os.getloadavg()[0]
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=2)
    (folder / f"{name}_{report['date'][:10]}.json").write_text(text + "\n")
    sys.stdout.write(text + "\n")


class Client:
    """A browser's session: log in, then call methods."""

    def __init__(self, port: int, database: str, login: str = "benchmark"):
        self.base = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.post(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": login},
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
        return self.timed(f"/web/dataset/call_kw/{model}/{method}", params)

    def timed(self, path: str, params: dict) -> float:
        """Post to a JSON route and return the milliseconds it took."""
        start = time.perf_counter()
        self.post(path, params)
        return 1000 * (time.perf_counter() - start)


@contextmanager
def server(database: str, port: int, *arguments: str) -> Iterator[None]:
    """Run Odoo over HTTP, without jobs, while the block runs."""
    command = [*DEVKIT, "odoo", "--", "-d", database, "--http-port", str(port)]
    command += ["--max-cron-threads", "0", *QUIET, *arguments]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        _wait_for(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def _wait_for(port: int) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5)
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
    sys.exit("Odoo did not come up within two minutes.")


def beside_a_read(client: Client, calls: Sequence, warm: int) -> dict:
    """Time calls, a trivial ``read`` of one's own partner after each, and compare.

    :param calls: (model, method, arguments…) each, or what returns its milliseconds
    :param warm: how many of them go before the clock starts
    :return: percentiles of both in milliseconds, and their ratios
    """
    me = client.post("/web/session/get_session_info", {})["partner_id"]
    asked, reads = [], []
    for number, call in enumerate(calls):
        took = call() if callable(call) else client.call(*call)
        read = client.call("res.partner", "read", [me], ["name"])
        if number >= warm:
            asked.append(took)
            reads.append(read)
    found = {"check_ms": percentiles(asked), "read_ms": percentiles(reads)}
    for cut in ("p50", "p95"):
        found[f"ratio_{cut}"] = found["check_ms"][cut] / found["read_ms"][cut]
    return found

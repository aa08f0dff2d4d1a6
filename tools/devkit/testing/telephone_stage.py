"""Stage "telephone": a day of calls, fifty at a time, against a real server."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pbx_simulator
from devkit import odoo_run, ports
from devkit.console import Problem
from devkit.processes import Background
from devkit.testing.bench import FIRST_PORT, Bench
from devkit.testing.odoo_log import records
from devkit.testing.odoo_stages import INDEPENDENT
from devkit.testing.outcome import Finding, Outcome
from devkit.testing.verdict import Vocabulary, alarming_records, tail

SENDERS = 50
CALLS = 200
NUMBERS = [f"+4822123{number}" for number in range(4500, 4540)]
# Two events of one call, or two calls of one customer, at the same moment: PostgreSQL
# lets one of them try again, and Odoo writes that down as an error.
TRIED_AGAIN = ("could not serialize access", "contact_response_interaction_uniq")
EXTENSION = "101"
SECONDS_TO_START = 120
FOUND = (
    "SELECT external_id, direction, state, address_normalized,"
    " CASE WHEN partner_id IS NULL THEN 'unknown' ELSE 'known' END"
    " FROM contact_interaction WHERE origin LIKE 'phone-%'"
)


def run(bench: Bench) -> Outcome:
    """Play the day to a server of several threads; each call must be found once."""
    database = bench.clone("tpl_empty", "telephone")
    done = bench.odoo("telephone-1-install", "-d", database, "-i", INDEPENDENT)
    if done.exit_code:
        raise Problem(f"It cannot be installed.\n{tail(done.log)}", "Repair it.")
    arguments = {"numbers": NUMBERS, "extension": EXTENSION}
    made = bench.odoo_script("telephone_endpoint", database, arguments)
    path = re.search(r"ENDPOINT (\S+)", made.log)
    if path is None:
        raise Problem(f"No telephone system was made.\n{tail(made.log)}", "Repair it.")
    day = pbx_simulator.plan_day(7, CALLS, NUMBERS, EXTENSION)
    with _server(bench, database) as (address, log):
        begin = time.perf_counter()
        results = pbx_simulator.play(address + path[1], day, SENDERS)
        seconds = time.perf_counter() - begin
    findings = [
        *_refused(results),
        *_compare(day, bench.ready.server.query(FOUND, database)),
        *_errors(log.read_text(errors="replace"), bench.ours),
    ]
    return Outcome(
        passed=int(not findings),
        findings=tuple(findings),
        notes=(_figures(results, seconds),),
    )


@contextmanager
def _server(bench: Bench, database: str) -> Iterator[tuple[str, object]]:
    """Run Odoo with threads; yield its address and its log."""
    layout = bench.layout
    port = ports.first_free(FIRST_PORT + 500)
    log = bench.logs / "telephone-server.log"
    log.unlink(missing_ok=True)
    server = Background(layout.run / "telephone.pid", log)
    words = ["-d", database, "--http-port", str(port), "--db-filter", f"^{database}$"]
    server.start(
        odoo_run.command(layout, layout.local / "odoo.conf", words),
        env=bench.environment(),
        cwd=layout.local,
    )
    address = f"http://{ports.LOCALHOST}:{port}"
    try:
        _wait_for(address, server)
        yield address, log
    finally:
        server.stop()


def _wait_for(address: str, server: Background) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.pid is not None:
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=10):
                return
        except OSError:
            time.sleep(0.5)
    raise Problem(f"Odoo does not answer.\n{server.last_lines()}", "See its log.")


def _errors(log: str, ours: Vocabulary) -> list[Finding]:
    told = [
        record
        for record in records(log)
        if not any(reason in record.message for reason in TRIED_AGAIN)
    ]
    return alarming_records(told, ours)


def _refused(results: list[tuple[int, float]]) -> Iterator[Finding]:
    refused = [status for status, _seconds in results if status != 200]
    if refused:
        yield Finding(f"{len(refused)} of {len(results)} messages were not taken")


def _compare(day: pbx_simulator.Day, rows: list[list[str]]) -> Iterator[Finding]:
    """Yield what differs between the day as it was and as it was recorded."""
    found = {row[0]: tuple(row[1:]) for row in rows}
    if len(rows) != len(day.calls):
        yield Finding(f"{len(day.calls)} calls were played, {len(rows)} are found")
    for call in day.calls:
        customer = "known" if call.number in NUMBERS else "unknown"
        expected = (call.direction, call.state, call.number, customer)
        if found.get(call.call_id) != expected:
            yield Finding(
                f"Call {call.call_id}: {expected}", str(found.get(call.call_id))
            )


def _figures(results: list[tuple[int, float]], seconds: float) -> str:
    spent = sorted(taken for _status, taken in results)
    return (
        f"{len(results)} messages of {CALLS} calls, {SENDERS} at a time: "
        f"{len(results) / seconds:.0f} a second, "
        f"median {spent[len(spent) // 2] * 1000:.0f} ms, "
        f"95th percentile {spent[int(len(spent) * 0.95)] * 1000:.0f} ms"
    )

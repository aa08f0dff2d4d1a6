"""One run: choose the stages, run them, report, end with one closing line."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence

from devkit import setup
from devkit.console import Problem, console, duration
from devkit.layout import Layout
from devkit.stamps import exclusive
from devkit.testing.bench import Bench
from devkit.testing.outcome import total
from devkit.testing.plan import EXTRA_STAGES, PREPARATIONS, STAGES
from devkit.testing.schedule import Ran, Schedule, Stage

DEFAULT_LANES = 2


def run(layout: Layout, names: Sequence[str], keep: bool = False) -> int:
    """Run the stages of these names, all of ``make test`` when there are none.

    :param keep: leave the databases of the run for a look at them.
    :return: exit code, 0 only when nothing failed.
    """
    stages = select(names)
    started = time.monotonic()
    prefix = os.environ.get("TEST_DB_PREFIX", "test")
    with exclusive(layout.local / f"{prefix}.lock"):
        bench = Bench(setup.prepare(layout), prefix)
        done = Schedule(bench, stages, _lanes()).run()
        if not keep:
            _drop_databases(bench)
    return _report(done, time.monotonic() - started)


def select(names: Sequence[str]) -> list[Stage]:
    """Return the stages of these names with the preparations that they need, in order.

    :raises Problem: for a name that is no stage.
    """
    known = {stage.name: stage for stage in (*PREPARATIONS, *STAGES, *EXTRA_STAGES)}
    wanted = list(names or [stage.name for stage in STAGES])
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise Problem(
            f"There is no stage {', '.join(unknown)}.", f"Stages: {', '.join(known)}"
        )
    needed: set[str] = set()
    while wanted:
        name = wanted.pop()
        needed.add(name)
        wanted += known[name].after
    return [stage for name, stage in known.items() if name in needed]


def _lanes() -> int:
    """Return how many stages run at once; one where there is only one processor."""
    asked = os.environ.get("TEST_LANES")
    return int(asked) if asked else min(DEFAULT_LANES, os.cpu_count() or 1)


def _drop_databases(bench: Bench) -> None:
    for name in bench.ready.databases.names():
        if name.startswith(f"{bench.prefix}_"):
            bench.ready.databases.drop(name)


def _report(done: list[Ran], seconds: float) -> int:
    outcome = total(ran.outcome for ran in done)
    console.say()
    for ran in done:
        found = ran.outcome.closing_line()
        console.say(f"{ran.stage.name:<20} {duration(ran.seconds):>12}   {found}")
    _say_all("Notes", ((ran, ran.outcome.notes) for ran in done))
    _say_all("Skipped", ((ran, ran.outcome.skips) for ran in done))
    _say_all("Failed", ((ran, ran.outcome.findings) for ran in done))
    console.say(f"\n{duration(seconds)} in all; logs are in .local/log/test")
    console.say(outcome.closing_line())
    return 1 if outcome.failed else 0


def _say_all(title: str, found: Iterable[tuple[Ran, Sequence[object]]]) -> None:
    lines = [f"[{ran.stage.name}] {item}" for ran, items in found for item in items]
    if lines:
        console.say(f"\n{title}")
        console.say("\n".join(lines))

"""One addon or one test, for the loop of changing and trying."""

from __future__ import annotations

import re

from devkit import setup, virtualenv
from devkit.console import Problem, console
from devkit.layout import Layout
from devkit.stamps import tree_fingerprint
from devkit.testing import chromium
from devkit.testing.bench import Bench, Finished
from devkit.testing.outcome import Outcome
from devkit.testing.verdict import judge, tail

DATABASE = "dev"
_SPEC = re.compile(r"[\w-]*/(?P<module>\w+)(:\w*(\.\w+)?)?")


def run_module(layout: Layout, module: str, template: str, keep: bool) -> int:
    """Install one addon in a new database and run all its tests.

    :param template: database to clone; its modules are there before the addon.
    :param keep: leave the database for a look at it.
    """
    bench = Bench(setup.prepare(layout))
    _check_addon(layout, module)
    chromium.prepare(bench.logs / "chromium.log")
    with console.step(f"Cloning {template}"):
        database = bench.clone(template, module)
    with console.step(f"Installing and testing {module} in {database}"):
        words = ["-d", database, "-i", module, "--test-tags", f"/{module}"]
        done = bench.odoo(f"module-{module}", *words)
    if not keep:
        bench.ready.databases.drop(database)
    return _report(bench, f"module-{module}", done)


def run_one(layout: Layout, spec: str) -> int:
    """Run the tests of ``spec`` in a database that is kept up to date between calls.

    :param spec: ``/module:Class.method`` as for Odoo's ``--test-tags``, or a path below
        ``tests`` as for pytest.
    """
    ready = setup.prepare(layout)
    if spec.startswith("tests/"):
        return virtualenv.run(layout, "-m", "pytest", spec, cwd=layout.root)
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise Problem(
            f"'{spec}' names no test.",
            "Write TEST=/module:Class.method, /module:Class, /module, or tests/….py",
        )
    _check_addon(layout, match["module"])
    bench = Bench(ready)
    chromium.prepare(bench.logs / "chromium.log")
    _bring_up_to_date(bench)
    arguments = {"tags": spec, "modules": [match["module"]]}
    with console.step(f"Running {spec}"):
        done = bench.odoo_script("run_suite", DATABASE, arguments, "one")
    return _report(bench, "one", done)


def _check_addon(layout: Layout, module: str) -> None:
    if module not in layout.own_addons:
        raise Problem(
            f"There is no addon '{module}' in this checkout.",
            f"Addons: {', '.join(layout.own_addons)}",
        )


def _bring_up_to_date(bench: Bench) -> None:
    """Install or upgrade our addons when their code has changed since the last call."""
    databases, layout = bench.ready.databases, bench.layout
    current = tree_fingerprint(layout.addons / name for name in layout.own_addons)
    known = databases.mark_of(DATABASE) if databases.exists(DATABASE) else None
    if known == current:
        return
    addons = ",".join(layout.own_addons)
    action = "-u" if known else "-i"
    with console.step(f"Bringing our addons in the database '{DATABASE}' up to date"):
        if not known:
            databases.clone("tpl_base", DATABASE)
        done = bench.odoo("one-update", "-d", DATABASE, action, addons)
    if done.exit_code:
        raise Problem(f"Odoo could not load them.\n{tail(done.log)}", "Repair it.")
    databases.mark(DATABASE, current)


def _report(bench: Bench, log_name: str, done: Finished) -> int:
    outcome: Outcome = judge(done.log, bench.ours, done.exit_code)
    for finding in outcome.findings:
        console.say(f"\n{finding}")
    console.say(f"\nThe whole log: .local/log/test/{log_name}.log")
    console.say(outcome.closing_line())
    return 1 if outcome.failed else 0

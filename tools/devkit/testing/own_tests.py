"""Stage "odoo": Odoo's own tests end the same with our addons installed as without."""

from __future__ import annotations

import json
from pathlib import Path

from devkit.console import Problem
from devkit.stamps import fingerprint, write_atomically
from devkit.testing.bench import SCRIPTS, Bench, Finished
from devkit.testing.comparison import compare
from devkit.testing.odoo_log import records
from devkit.testing.odoo_results import Results, read_results
from devkit.testing.odoo_stages import INSTALLED
from devkit.testing.outcome import Outcome
from devkit.testing.verdict import alarming_records, excerpt, tail

# Modules whose code our addons extend, and their classes that come near our hooks:
# quotations and how they are sent, printed and paid; merging of partners; what is
# written into the chatter and mailed; leads won and lost.
CHOSEN = {
    "sale": (
        "TestSaleOrder",
        "TestSaleOrderInvoicing",
        "TestSaleMailComposer",
    ),
    "crm": ("TestCrmLeadLost",),
    "base": ("TestMergePartner",),
    "mail": ("TestMailComposer",),
}

WHOLE = [
    "base",
    "mail",
    "portal",
    "phone_validation",
    "contacts",
    "sms",
    "sales_team",
    "crm",
    "sale",
    "sale_management",
    "sale_crm",
]


def baseline(bench: Bench) -> Outcome:
    """Run the chosen tests without our addons, once for each Odoo."""
    return _baseline(bench, "part", _tags_of_chosen(), sorted(CHOSEN))


def same_results(bench: Bench) -> Outcome:
    """Run the chosen tests with our addons and compare."""
    return _compare(bench, "part", _tags_of_chosen(), sorted(CHOSEN))


def whole_baseline(bench: Bench) -> Outcome:
    """Run all tests of the modules below ours without ours, once."""
    return _baseline(bench, "whole", _tags_of_all(), WHOLE)


def whole_same_results(bench: Bench) -> Outcome:
    """Run all tests of the modules below ours with our addons and compare."""
    return _compare(bench, "whole", _tags_of_all(), WHOLE)


def _tags_of_chosen() -> str:
    return ",".join(
        f"/{module}:{name}" for module, names in CHOSEN.items() for name in names
    )


def _tags_of_all() -> str:
    return ",".join(f"/{module}" for module in WHOLE)


def _baseline(bench: Bench, name: str, tags: str, modules: list[str]) -> Outcome:
    file = _file_of_baseline(bench, name, tags)
    if file.exists():
        return Outcome(notes=(f"baseline of {file.stem} is there already",))
    database = bench.clone("tpl_base", f"without_{name}")
    done = _run(bench, f"odoo-{name}-without", database, tags, modules)
    results = read_results(records(done.log))
    if results.reported is None:
        _raise_unfinished(done)
    write_atomically(file, json.dumps(results.by_test(), indent=1))
    return Outcome()


def _compare(bench: Bench, name: str, tags: str, modules: list[str]) -> Outcome:
    database = bench.clone(bench.database(INSTALLED), f"with_{name}")
    done = _run(bench, f"odoo-{name}-with", database, tags, modules)
    results = read_results(records(done.log))
    if results.reported is None:
        _raise_unfinished(done)
    before = json.loads(_file_of_baseline(bench, name, tags).read_text())
    outcome = compare(before, results.by_test(), _excerpts(results))
    alarming = alarming_records(list(records(done.log)), bench.ours)
    return outcome + Outcome(findings=tuple(alarming))


def _run(
    bench: Bench, log_name: str, database: str, tags: str, modules: list[str]
) -> Finished:
    arguments = {"tags": tags, "modules": modules}
    return bench.odoo_script("run_suite", database, arguments, log_name)


def _file_of_baseline(bench: Bench, name: str, tags: str) -> Path:
    """Return where the baseline is kept; another Odoo or test list has another file."""
    source = bench.ready.source
    identity = fingerprint(
        source.version,
        str(source.import_folder),
        tags,
        SCRIPTS / "run_suite.py",
        *(
            bench.layout.root / name
            for name in ("requirements-odoo.txt", "requirements.txt")
        ),
    )
    return bench.layout.local / "baseline" / f"{name}-{identity}.json"


def _excerpts(results: Results) -> dict[str, list[str]]:
    return {test: list(map(excerpt, texts)) for test, texts in results.failures.items()}


def _raise_unfinished(done: Finished) -> None:
    """Raise a problem for a process that ended before it reported on its tests."""
    raise Problem(
        f"Odoo's own tests ended early, with code {done.exit_code}.\n{tail(done.log)}",
        "See the whole log in .local/log/test.",
    )

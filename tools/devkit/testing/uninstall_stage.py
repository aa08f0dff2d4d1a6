"""Stage "uninstall": offer_repository leaves nothing behind and breaks nothing."""

from __future__ import annotations

from devkit.console import Problem
from devkit.testing import residue
from devkit.testing.bench import Bench, Finished
from devkit.testing.odoo_stages import INDEPENDENT
from devkit.testing.outcome import Finding, Outcome, total
from devkit.testing.verdict import judge, judge_log, tail, vocabulary

DEPENDENT = "offer_repository"

# A value that it adds to a selection of contact_history.
OTHER_WORDS = ("offer_card", "customer_card")

# Where the removed addon may still be named: in the list of addons that could be
# installed.
INNOCENT = (
    "bus_bus.message",  # what was sent to open browsers; gone after a day
    "ir_module_module.name",
    "ir_module_module.icon",
    "ir_module_module.description",
    "ir_module_module.description_html",
    "ir_module_module.author",
    "ir_module_module_dependency.name",
    "ir_module_module.summary",
    "ir_module_module.views_by_module",
    "ir_model_data.name",  # base.module_offer_repository, the entry in that list
)


def run(bench: Bench) -> Outcome:
    """Install, work, uninstall; compare the database with what it was before."""
    database = bench.clone("tpl_base", "uninstall")
    _must(bench.odoo("uninstall-1-base", "-d", database, "-i", INDEPENDENT))
    _must(
        bench.odoo_script("people_and_quotations", database, {}, "uninstall-2-people")
    )
    before = residue.take(bench.ready.server, database)
    _must(bench.odoo("uninstall-3-install", "-d", database, "-i", DEPENDENT))
    _must(bench.odoo_script("use_every_model", database, {}, "uninstall-4-use"))
    removed = _uninstall(bench, database)
    after = residue.take(bench.ready.server, database)
    return total(
        [
            removed,
            _nothing_left(bench, database, before, after),
            _views_valid(bench, database),
            _still_works(bench, database),
        ]
    )


def _uninstall(bench: Bench, database: str) -> Outcome:
    words = ["module", "uninstall", "-d", database, DEPENDENT]
    done = bench.odoo_command("uninstall-5-uninstall", words)
    _must(done)
    findings = judge_log(done.log, bench.ours)
    return Outcome(passed=not findings, findings=findings)


def _nothing_left(
    bench: Bench, database: str, before: residue.Snapshot, after: residue.Snapshot
) -> Outcome:
    own = vocabulary([bench.layout.addons / DEPENDENT], bench.layout.root).words
    found = residue.differences(before, after)
    found += residue.mentions(
        bench.ready.server, database, {*own, *OTHER_WORDS}, INNOCENT
    )
    findings = tuple(Finding(f"Left behind: {f.title}", f.detail) for f in found)
    return Outcome(passed=not findings, findings=findings)


def _views_valid(bench: Bench, database: str) -> Outcome:
    done = bench.odoo_script("check_views", database, {}, "uninstall-6-views")
    findings = judge_log(done.log, bench.ours, done.exit_code)
    if "views checked, 0 broken" not in done.log:
        findings += (Finding("Views are broken after uninstalling", tail(done.log)),)
    return Outcome(passed=not findings, findings=findings)


def _still_works(bench: Bench, database: str) -> Outcome:
    words = ["-d", database, "-u", INDEPENDENT, "--test-tags", f"/{INDEPENDENT}"]
    done = bench.odoo("uninstall-7-tests", *words)
    return judge(done.log, bench.ours, done.exit_code)


def _must(done: Finished) -> None:
    if done.exit_code:
        raise Problem(f"A preparation failed.\n{tail(done.log)}", "Repair it.")

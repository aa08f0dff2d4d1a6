"""Stages that run Odoo with our addons: tests, demo data, test_lint, translations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from devkit.console import Problem
from devkit.processes import CommandFailed, capture
from devkit.testing import chromium, components
from devkit.testing.bench import Bench, Finished
from devkit.testing.outcome import Finding, Outcome
from devkit.testing.verdict import AllowedSkip, excerpt, judge, judge_log, tail

INDEPENDENT = "contact_history"
INSTALLED = "installed"
PO_CHECK = Path(__file__).parent / "po_check.py"
DEMO_RECORDS = (
    "SELECT module || '.' || name FROM ir_model_data"
    " WHERE module IN ({addons}) AND name ~ '_demo(_|$)'"
    " AND model NOT LIKE 'ir.model%' ORDER BY 1"
)

CHANNEL_TAGS = (
    "contact_history_channels",
    "/contact_history:TestBackfill",
    "/contact_history:TestCaptureMeeting",
    "/contact_history:TestTimelineMeeting",
)
ALONE_SKIPS = (
    AllowedSkip(
        r"^/contact_history:Test(Capture|Timeline)Meeting\.",
        "the calendar is not there; the stages both and channels have it",
    ),
)
LINT_SKIPS = (
    AllowedSkip(
        r"^/test_lint:TestESLint\.",
        "Odoo's rules for JavaScript run only where npm brought eslint",
    ),
)


def template(name: str) -> Callable[[Bench], Outcome]:
    """Return the stage that makes a template database, or finds it made."""

    def run(bench: Bench) -> Outcome:
        bench.prepare_template(name)
        return Outcome()

    return run


def browser(bench: Bench) -> Outcome:
    """Find Chromium or install it."""
    path = chromium.prepare(bench.logs / "chromium.log")
    return Outcome(notes=(f"browser: {path}",))


def installed(bench: Bench) -> Outcome:
    """Install all our addons without demo data, for other stages to clone."""
    database = bench.clone("tpl_base", INSTALLED)
    addons = ",".join(bench.layout.own_addons)
    done = bench.odoo(INSTALLED, "-d", database, "-i", addons)
    if done.exit_code:
        raise Problem(f"{addons} cannot be installed.\n{tail(done.log)}", "Repair it.")
    findings = judge_log(done.log, bench.ours) + tuple(
        _demo_without_wanting(bench, database)
    )
    return Outcome(passed=1, findings=findings)


def alone(bench: Bench) -> Outcome:
    """Test contact_history without sales, CRM or any other of our addons."""
    database = bench.clone("tpl_empty", "alone")
    return _install_with_tests(bench, "alone", database, [INDEPENDENT], ALONE_SKIPS)


def channels(bench: Bench) -> Outcome:
    """Test contact_history with the apps of live chats, forms and mass mailings."""
    database = bench.clone("tpl_channels", "channels")
    words = ["-d", database, "-i", INDEPENDENT, "--test-tags", ",".join(CHANNEL_TAGS)]
    done = bench.odoo("channels", *words)
    return judge(done.log, bench.ours, done.exit_code)


def both(bench: Bench) -> Outcome:
    """Test all our addons together."""
    database = bench.clone("tpl_base", "both")
    return _install_with_tests(bench, "both", database, bench.layout.own_addons)


def _install_with_tests(
    bench: Bench,
    name: str,
    database: str,
    addons: list[str],
    allowed: Iterable[AllowedSkip] = (),
) -> Outcome:
    tags = ",".join(f"/{addon}" for addon in addons)
    words = ["-d", database, "-i", ",".join(addons), "--test-tags", tags]
    done = bench.odoo(name, *words)
    outcome = judge(done.log, bench.ours, done.exit_code, allowed)
    return outcome + _components(bench, name, database, addons, done.log)


def _components(
    bench: Bench, name: str, database: str, addons: list[str], log: str
) -> Outcome:
    """Judge the component tests; those that no test of ours has run are run now."""
    suites = {addon: components.suites(bench.layout.addons / addon) for addon in addons}
    not_run = [
        addon
        for addon, wanted in suites.items()
        if wanted and f'[HOOT] Test "@{addon}/' not in log
    ]
    outcome = Outcome()
    if not_run:
        done = _hoot(bench, name, database, not_run)
        outcome += judge(done.log, bench.ours, done.exit_code)
        log += done.log
    return outcome + components.judge_suites(set().union(*suites.values()), log)


def _hoot(bench: Bench, name: str, database: str, addons: list[str]) -> Finished:
    """Run the component tests of ``addons`` in Odoo's suite, which takes a filter."""
    filters = ",".join(f"@{addon}" for addon in addons)
    tags = f"/web:WebSuite.test_unit_desktop[{filters}]"
    return bench.odoo(f"{name}-hoot", "-d", database, "--test-tags", tags)


def demo(bench: Bench) -> Outcome:
    """Install everything with demo data and run the tests that look at it."""
    database = bench.database("demo")
    addons = bench.layout.own_addons
    bench.ready.databases.create(database, addons, "--with-demo")
    log = bench.layout.logs / f"create-{database}.log"
    loading = judge_log(log.read_text(errors="replace"), bench.ours)
    if not _demo_records(bench, database):
        loading += (Finding("Demo data was wanted, but there is none of our addons"),)
    done = bench.odoo("demo", "-d", database, "--test-tags", "offer_demo")
    tests = judge(done.log, bench.ours, done.exit_code)
    return tests + Outcome(passed=not loading, findings=loading)


def _demo_without_wanting(bench: Bench, database: str) -> Iterable[Finding]:
    found = _demo_records(bench, database)
    if found:
        yield Finding("Demo records in a database without demo data", "\n".join(found))


def _demo_records(bench: Bench, database: str) -> list[str]:
    addons = ", ".join(f"'{addon}'" for addon in bench.layout.own_addons)
    rows = bench.ready.server.query(DEMO_RECORDS.format(addons=addons), database)
    return [row[0] for row in rows]


def odoo_lint(bench: Bench) -> Outcome:
    """Run Odoo's own test_lint over our addons."""
    database = bench.clone(bench.database(INSTALLED), "lint")
    done = bench.odoo_script(
        "lint_addons", database, {"addons": bench.layout.own_addons}
    )
    return judge(done.log, bench.ours, done.exit_code, LINT_SKIPS)


def translations(bench: Bench) -> Outcome:
    """Compare the committed term files with the sources, and check each language."""
    database = bench.clone(bench.database(INSTALLED), "translations")
    outcome = Outcome()
    for addon in bench.layout.own_addons:
        outcome += _terms(bench, database, addon) + _languages(bench, addon)
    return outcome


LANGUAGES = ("pl", "el")


def _terms(bench: Bench, database: str, addon: str) -> Outcome:
    committed = bench.layout.addons / addon / "i18n" / f"{addon}.pot"
    if not committed.exists():
        return Outcome(findings=(Finding(f"{addon} has no i18n/{addon}.pot"),))
    exported = bench.logs / f"{addon}.pot"
    exported.unlink(missing_ok=True)
    words = ["i18n", "export", "-d", database, "-l", "pot", "-o", str(exported)]
    done = bench.odoo_command(f"export-{addon}", [*words, "--", addon])
    if not exported.exists():
        said = Finding(f"The terms of {addon} were not exported", tail(done.log))
        return Outcome(findings=(said,))
    return _po_check(bench, f"{addon}.pot", "current", exported, committed)


def _languages(bench: Bench, addon: str) -> Outcome:
    folder = bench.layout.addons / addon / "i18n"
    outcome = Outcome()
    for language in LANGUAGES:
        file = folder / f"{language}.po"
        if not file.exists():
            missing = Finding(f"{addon} is not translated into {language}")
            outcome += Outcome(findings=(missing,))
        elif (folder / f"{addon}.pot").exists():
            template = folder / f"{addon}.pot"
            outcome += _po_check(
                bench, f"{addon} {language}", "current", template, file
            )
            outcome += _po_check(bench, f"{addon} {language}", "complete", file)
    return outcome


def _po_check(bench: Bench, name: str, action: str, *files: Path) -> Outcome:
    try:
        capture([bench.layout.python, PO_CHECK, action, *files])
    except CommandFailed as failure:
        title = f"Translations, {name}: not {action}"
        return Outcome(findings=(Finding(title, excerpt(str(failure), 30)),))
    return Outcome(passed=1)

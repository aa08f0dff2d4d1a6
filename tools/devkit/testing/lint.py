"""Stage "lint": each tool is one check; all run even when the first one fails."""

from __future__ import annotations

import dataclasses
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from devkit.console import Problem
from devkit.testing import node
from devkit.testing.bench import Bench
from devkit.testing.outcome import Finding, Outcome, total
from devkit.testing.verdict import excerpt

PURE_PACKAGES = (
    "addons/contact_history/consent",
    "addons/contact_history/dossier",
    "addons/contact_history/intake",
    "addons/contact_history/insight",
    "addons/contact_history/response",
    "addons/contact_history/telephone",
    "addons/contact_history/timeline",
    "addons/offer_repository/conflicts",
    "addons/offer_repository/document",
    "addons/offer_repository/evidence",
    "addons/offer_repository/judgements",
    "addons/offer_repository/matching",
    "addons/offer_repository/reading",
)
PURE_COMPLEXITY = 8
LINES_SHOWN = 60

# Off, because Odoo's own data or our rules (docs, names, order) have it otherwise.
OCA_DISABLED = ",".join(
    (
        "po-pretty-format",
        "prefer-readme-rst",
        "xml-field-numeric-without-eval",
        "xml-header-wrong",
        "xml-oe-structure-missing-id",
        "xml-tag-position",
    )
)


@dataclasses.dataclass(frozen=True)
class Check:
    """A program that ends with 0 when it has nothing to say."""

    name: str
    command: tuple[object, ...]
    env: dict[str, str] = dataclasses.field(default_factory=dict)


def run(bench: Bench) -> Outcome:
    """Run all checks of code and data."""
    return total(_run_check(bench, check) for check in python_checks(bench)) + (
        _javascript_outcome(bench)
    )


def python_checks(bench: Bench) -> Iterator[Check]:
    """Yield the checks whose programs are in the private environment."""
    ruff, root = bench.tool("ruff"), bench.layout.root
    addons = sorted(path.parent for path in root.glob("addons/*/__manifest__.py"))
    pure = [path for path in PURE_PACKAGES if any((root / path).glob("*.py"))]
    yield Check("ruff check", (ruff, "check", "."))
    yield Check("ruff format", (ruff, "format", "--check", "--diff", "."))
    simple = (
        "--select",
        "C901",
        "--config",
        f"lint.mccabe.max-complexity={PURE_COMPLEXITY}",
    )
    yield Check("ruff, pure packages", (ruff, "check", *simple, *pure))
    odoo_rules = ("check", "--config", "ruff-odoo.toml", "addons")
    yield Check("ruff-odoo", (bench.tool("ruff-odoo"), *odoo_rules))
    pylint = (bench.tool("pylint"), "--rcfile=.pylintrc", *addons)
    yield Check(
        "pylint-odoo", pylint, {"PYLINTHOME": str(root / ".local/cache/pylint")}
    )
    yield Check("mypy", (bench.tool("mypy"),))
    for addon in addons:
        command = (
            bench.tool("oca-checks-odoo-module"),
            f"--disable={OCA_DISABLED}",
            addon,
        )
        yield Check(f"oca-checks-odoo-module {addon.name}", command)
    files = sorted(root.glob("addons/*/i18n/*.po*"))
    if files:
        command = (bench.tool("oca-checks-po"), f"--disable={OCA_DISABLED}", *files)
        yield Check("oca-checks-po", command)
    yield Check("manifestoo check-licenses", _manifestoo(bench, "check-licenses"))


def javascript_checks(bench: Bench) -> Iterator[Check]:
    """Yield the checks whose programs come from npm."""
    yield Check("prettier", (bench.node_tools / "prettier", "--check", "addons"))
    yield Check("eslint", (bench.node_tools / "eslint", "addons"))


def _javascript_outcome(bench: Bench) -> Outcome:
    """Run what needs npm; without it the checks count as skipped, in CI as failed."""
    checks = list(javascript_checks(bench))
    try:
        node.prepare(bench.layout)
    except Problem as problem:
        if os.environ.get("CI"):
            return Outcome(findings=(Finding("JavaScript not checked", str(problem)),))
        return Outcome(skips=tuple(f"{check.name}: {problem.what}" for check in checks))
    return total(_run_check(bench, check) for check in checks)


def _manifestoo(bench: Bench, action: str) -> tuple[object, ...]:
    paths = [bench.layout.addons, *bench.ready.source.addons]
    return (
        bench.tool("manifestoo"),
        "--odoo-series=19.0",
        f"--addons-path={','.join(map(str, paths))}",
        "--no-addons-path-from-import-odoo",
        f"--select-addons-dir={bench.layout.addons}",
        action,
    )


def _run_check(bench: Bench, check: Check) -> Outcome:
    log = bench.logs / "lint" / f"{check.name.replace(' ', '-').replace(',', '')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [str(part) for part in check.command],
        cwd=bench.layout.root,
        env=bench.environment() | check.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    log.write_text(done.stdout)
    if done.returncode == 0:
        return Outcome(passed=1)
    said = _without_root(done.stdout, bench.layout.root)
    return Outcome(findings=(Finding(check.name, excerpt(said, LINES_SHOWN)),))


def _without_root(text: str, root: Path) -> str:
    return text.replace(f"{root}/", "")

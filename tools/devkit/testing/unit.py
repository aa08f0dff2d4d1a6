"""Stages "unit" and "repo": pytest, with the coverage of the pure packages."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from devkit import virtualenv
from devkit.testing import recognition
from devkit.testing.bench import Bench
from devkit.testing.outcome import Finding, Outcome
from devkit.testing.verdict import excerpt, tail

# pytest's own codes: 0 all passed, 1 some failed, others that it could not work.
SOME_FAILED = 1

# Test: why it may be skipped. Matched as the beginning of "class path::name".
ALLOWED_SKIPS: dict[str, str] = {
    "tests.reading.test_recognition": "tesseract is a program of the system",
}


def run(bench: Bench) -> Outcome:
    """Run all tests outside Odoo and hold the pure packages to their coverage."""
    said = recognition.prepare(bench.logs / "recognition.log")
    tests = _pytest(bench, "unit", ["tests", "--ignore=tests/repo"], coverage=True)
    return tests + _coverage(bench) + Outcome(notes=(said,))


def run_repo(bench: Bench) -> Outcome:
    """Run the checks of the repository as a whole."""
    return _pytest(bench, "repo", ["tests/repo"], coverage=False)


def _pytest(bench: Bench, name: str, arguments: list[str], coverage: bool) -> Outcome:
    report = bench.logs / f"{name}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    launch = ["-m", "coverage", "run", "-m", "pytest"] if coverage else ["-m", "pytest"]
    command = [
        bench.layout.python,
        *launch,
        *arguments,
        f"--junit-xml={report}",
        "-q",
        "--tb=short",
    ]
    code, said = _run(bench, command, bench.logs / f"{name}.log")
    if not report.exists():
        return Outcome(
            findings=(Finding(f"pytest ended with code {code}", tail(said)),)
        )
    outcome = read_junit(report.read_text())
    if code > SOME_FAILED:
        broken = Finding(f"pytest ended with code {code}", tail(said))
        return outcome + Outcome(findings=(broken,))
    return outcome


def read_junit(text: str) -> Outcome:
    """Return the outcome in pytest's report; skips must be allowed by name."""
    passed, findings, skips = 0, [], []
    for case in ElementTree.fromstring(text).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        failed = [child for child in case if child.tag in ("failure", "error")]
        skipped = case.find("skipped")
        if failed:
            findings.append(Finding(name, excerpt(failed[0].text or "", 40)))
        elif skipped is not None:
            reason = skipped.get("message", "")
            skips.append(f"{name}: {reason}")
            if not name.startswith(tuple(ALLOWED_SKIPS)):
                findings.append(Finding(f"Skipped without permission: {name}", reason))
        else:
            passed += 1
    if not passed and not findings:
        findings.append(Finding("pytest collected no test"))
    return Outcome(passed, tuple(findings), tuple(skips))


def _coverage(bench: Bench) -> Outcome:
    """Compare the coverage of the pure packages with pyproject's ``fail_under``."""
    command = [bench.layout.python, "-m", "coverage", "report"]
    code, said = _run(bench, command, bench.logs / "coverage.log")
    if code:
        return Outcome(findings=(Finding("Coverage of the pure packages", said),))
    return Outcome(passed=1, notes=(f"coverage: {said.split()[-1]} of pure packages",))


def _run(bench: Bench, command: list, log: Path) -> tuple[int, str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=bench.layout.root,
        env=virtualenv.clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    log.write_text(done.stdout)
    return done.returncode, done.stdout

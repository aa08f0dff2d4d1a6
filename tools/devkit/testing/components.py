"""Component tests (Hoot), which run in the browser inside one test of Odoo's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from devkit.testing.outcome import Finding, Outcome

_PASSED = re.compile(r'\[HOOT\] Test "(@[^"]+)" passed')
_SUFFIX = ".test.js"


def suites(addon: Path) -> set[str]:
    """Return the suites of an addon: Hoot names them after their files.

    ``static/tests/timeline/entry.test.js`` holds the suite ``@addon/timeline/entry``.
    """
    folder = addon / "static" / "tests"
    return {
        f"@{addon.name}/{file.relative_to(folder).as_posix().removesuffix(_SUFFIX)}"
        for file in folder.rglob(f"*{_SUFFIX}")
    }


def passed_tests(log: str) -> set[str]:
    """Return the full names of the component tests that passed."""
    return set(_PASSED.findall(log))


def judge_suites(wanted: Iterable[str], log: str) -> Outcome:
    """Count the passed tests; each suite must have one.

    A failed one fails the test of Odoo's around it, so it is not looked for here. But a
    file that no bundle names would never be missed.
    """
    passed = passed_tests(log)
    silent = [
        suite
        for suite in sorted(wanted)
        if not any(name.startswith(f"{suite}/") for name in passed)
    ]
    findings = tuple(
        Finding(f"No component test of {suite} passed") for suite in silent
    )
    return Outcome(len(passed), findings)

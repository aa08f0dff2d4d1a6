"""Odoo's own tests must end the same way with our addons as without them."""

from __future__ import annotations

from collections.abc import Mapping

from devkit.testing.outcome import Finding, Outcome


def compare(
    without: Mapping[str, str],
    with_ours: Mapping[str, str],
    texts: Mapping[str, list[str]] | None = None,
) -> Outcome:
    """Compare the status of each test; what got worse is a finding.

    A test that fails without our addons as well is Odoo's own matter and counts as
    passed here: the check is that nothing changed.

    :param without: status by test on a database without our addons.
    :param with_ours: the same with both installed.
    :param texts: failure texts of the second run, shown for new failures.
    """
    if not without:
        return Outcome(
            findings=(Finding("No test of Odoo's own ran without our addons"),)
        )
    findings, notes, same = [], [], 0
    for test in sorted({*without, *with_ours}):
        before, after = without.get(test, "not run"), with_ours.get(test, "not run")
        if before == after:
            same += 1
        elif after == "passed" and before == "failed":
            notes.append(f"{test} failed without our addons and passed with them")
        else:
            detail = "\n".join((texts or {}).get(test, []))
            title = f"{test}: {before} without our addons, {after} with them"
            findings.append(Finding(title, detail))
    return Outcome(same, tuple(findings), notes=tuple(notes))

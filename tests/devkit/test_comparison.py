"""Odoo's own tests, with and without our addons."""

from devkit.testing.comparison import compare
from devkit.testing.outcome import Outcome, total


def titles(outcome):
    return [finding.title for finding in outcome.findings]


def test_equal_results_pass_even_when_odoo_itself_fails():
    results = {"/sale:A.a": "passed", "/sale:A.b": "failed", "/sale:A.c": "skipped"}

    assert compare(results, dict(results)) == Outcome(passed=3)


def test_a_test_that_fails_only_with_us_is_a_finding_with_its_text():
    outcome = compare(
        {"/sale:A.a": "passed"}, {"/sale:A.a": "failed"}, {"/sale:A.a": ["KeyError"]}
    )

    assert titles(outcome) == ["/sale:A.a: passed without our addons, failed with them"]
    assert outcome.findings[0].detail == "KeyError"


def test_tests_that_vanish_appear_or_get_skipped_are_findings():
    outcome = compare(
        {"/sale:A.a": "passed", "/sale:A.b": "passed"},
        {"/sale:A.b": "skipped", "/sale:A.c": "passed"},
    )

    assert titles(outcome) == [
        "/sale:A.a: passed without our addons, not run with them",
        "/sale:A.b: passed without our addons, skipped with them",
        "/sale:A.c: not run without our addons, passed with them",
    ]


def test_a_failure_of_odoo_that_is_gone_is_only_noted():
    outcome = compare({"/sale:A.a": "failed"}, {"/sale:A.a": "passed"})

    assert outcome.failed == 0
    assert len(outcome.notes) == 1


def test_an_empty_baseline_fails():
    assert compare({}, {}).failed == 1


def test_closing_line_adds_up_all_stages():
    outcomes = [
        compare({"a": "passed"}, {"a": "passed"}),
        compare({"a": "passed"}, {"a": "failed"}),
        Outcome(passed=2, skips=("b: why",)),
    ]

    assert total(outcomes).closing_line() == "3 passed, 1 failed, 1 skipped"

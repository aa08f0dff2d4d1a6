"""Reading pytest's own report."""

from devkit.testing.unit import read_junit

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" tests="4">
<testcase classname="tests.a" name="test_ok" time="0.1" />
<testcase classname="tests.a" name="test_bad"><failure>assert 1 == 2</failure>
</testcase>
<testcase classname="tests.a" name="test_broken"><error message="m">KeyError</error>
</testcase>
<testcase classname="tests.a" name="test_left_out"><skipped message="no reason" />
</testcase>
</testsuite></testsuites>
"""


def test_every_case_is_counted_by_what_became_of_it():
    outcome = read_junit(REPORT)

    assert outcome.passed == 1
    assert outcome.skips == ("tests.a::test_left_out: no reason",)
    assert [finding.title for finding in outcome.findings] == [
        "tests.a::test_bad",
        "tests.a::test_broken",
        "Skipped without permission: tests.a::test_left_out",
    ]


def test_an_empty_run_fails():
    empty = '<testsuites><testsuite name="pytest" tests="0"></testsuite></testsuites>'

    assert read_junit(empty).findings[0].title == "pytest collected no test"

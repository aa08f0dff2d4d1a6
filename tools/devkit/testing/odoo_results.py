"""Results of single tests, read from the records of Odoo's log."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from devkit.testing.odoo_log import Record

_TESTS_LOGGER = re.compile(r"odoo\.addons\.(?P<module>\w+)\.tests\b")
_STARTING = re.compile(r"Starting (?P<test>\S+) \.\.\.")
_FAILED = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(?P<test>\S+)(?P<subtest>.*)")
_SKIPPED = re.compile(
    r"skipped (?:Subtest )?(?P<test>\S+)(?P<place> \(.*\))? : (?P<reason>.*)"
)
_CLASS_LEVEL = re.compile(
    r"\s*\(odoo\.addons\.(?P<module>\w+)\.tests\.(?P<place>\S+)\)"
)
_REPORT = re.compile(r"\d+ failed, \d+ error\(s\) of (?P<count>\d+) tests\b")


@dataclasses.dataclass
class Results:
    """What happened to each test of one Odoo process.

    Tests are named as Odoo's ``--test-tags`` and ``make test-one`` take them:
    ``/module:Class.method``; a failed ``setUpClass`` is a test of that name.

    :param started: how often each test began; classes of equal name add up.
    :param failures: texts of the failures of each test, subtests included.
    :param skips: reason for each skipped test.
    :param reported: number of tests by Odoo's own count, ``None`` without a report.
    """

    started: dict[str, int] = dataclasses.field(default_factory=dict)
    failures: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    skips: dict[str, str] = dataclasses.field(default_factory=dict)
    reported: int | None = None

    @property
    def passed(self) -> int:
        """Number of tests that began and neither failed nor were skipped."""
        unsuccessful = {*self.failures, *self.skips}
        return sum(n for test, n in self.started.items() if test not in unsuccessful)

    def status(self, test: str) -> str:
        """Return ``passed``, ``failed`` or ``skipped``."""
        if test in self.failures:
            return "failed"
        return "skipped" if test in self.skips else "passed"

    def by_test(self) -> dict[str, str]:
        """Return the status of every test, for comparisons."""
        tests = {*self.started, *self.failures, *self.skips}
        return {test: self.status(test) for test in sorted(tests)}


def read_results(records: Iterable[Record]) -> Results:
    """Collect the results of all tests in the records of one process."""
    results = Results()
    for record in records:
        if record.level == "INFO":
            _read_progress(record, results)
        elif record.level == "ERROR":
            _read_failure(record, results)
        _read_report(record, results)
    return results


def is_test_report(record: Record) -> bool:
    """Say whether an alarming record only tells about failed tests.

    These are counted by test, so they must not count once more as errors in the log.
    """
    if _REPORT.search(record.message) and record.logger == "odoo.tests.result":
        return True
    if record.logger == "odoo.modules.loading":
        return "At least one test failed" in record.message or bool(
            re.match(r"Module \w+: \d+ failures, \d+ errors of", record.message)
        )
    return record.level == "ERROR" and _failed_test(record) is not None


def _read_progress(record: Record, results: Results) -> None:
    module = _TESTS_LOGGER.match(record.logger)
    starting = _STARTING.match(record.message)
    if module and starting:
        test = f"/{module['module']}:{starting['test']}"
        results.started[test] = results.started.get(test, 0) + 1
    skipped = _SKIPPED.match(record.message)
    if skipped:
        test = _test_name(record.logger, skipped["test"], skipped["place"] or "")
        if test:
            results.skips[test] = skipped["reason"].strip()


def _read_failure(record: Record, results: Results) -> None:
    test = _failed_test(record)
    if test:
        results.failures.setdefault(test, []).append(record.message)


def _failed_test(record: Record) -> str | None:
    failed = _FAILED.match(record.message)
    if failed is None:
        return None
    return _test_name(record.logger, failed["test"], failed["subtest"])


def _test_name(logger: str, test: str, place: str) -> str | None:
    """Return ``/module:Class.method``, ``None`` when the record is not about a test.

    :param place: what followed the name; for class-level events the class is in there.
    """
    of_class = _CLASS_LEVEL.match(place)
    if of_class:
        class_name = of_class["place"].rpartition(".")[2]
        return f"/{of_class['module']}:{class_name}.{test}"
    module = _TESTS_LOGGER.match(logger)
    return f"/{module['module']}:{test}" if module else None


def _read_report(record: Record, results: Results) -> None:
    report = _REPORT.search(record.message)
    if report and record.logger in ("odoo.tests.result", "odoo.tests.shell"):
        results.reported = (results.reported or 0) + int(report["count"])

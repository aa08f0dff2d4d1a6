"""Rules by which a run of Odoo counts as failed although Odoo may have ended with 0."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from devkit.testing.odoo_log import Record, records
from devkit.testing.odoo_results import Results, is_test_report, read_results
from devkit.testing.outcome import Finding, Outcome

LINES_OF_AN_EXCERPT = 25
_MODEL_NAME = re.compile(r'^    _name = "([\w.]+)"', re.MULTILINE)
_INHERIT = re.compile(r'^    _inherit = (\[[^\]]*\]|"[^"]*")', re.MULTILINE)
_CLASS = re.compile(r"^class ", re.MULTILINE)
_COLUMNS = re.compile(r"\bSELECT\b.*?\bFROM\b", re.DOTALL)
_NO_BROWSER = re.compile(
    r"chrome executable not found|websocket-client|error during chrome|chrom(e|ium)\b",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True)
class AllowedSkip:
    """A skip that is no failure.

    :param test: regular expression over ``/module:Class.method``.
    :param reason: why it may be skipped there; shown to nobody but the reader here.
    """

    test: str
    reason: str


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """How a log record names our addons.

    :param words: addons, models and tables of ours.
    :param checkout: its path is taken out first: a clone in a folder that happens to be
        called like an addon would otherwise make every path of Odoo's own ours.
    """

    words: frozenset[str]
    checkout: str = ""

    def names_ours(self, record: Record) -> bool:
        """Say whether a record is about our addons."""
        text = _telling_part(record)
        if self.checkout:
            text = text.replace(f"{self.checkout}/", "")
        return bool(self._pattern.search(text))

    @property
    def _pattern(self) -> re.Pattern:
        longest_first = sorted(self.words, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest_first))
        return re.compile(rf"(?<![A-Za-z0-9_-])(?:{alternatives})(?![A-Za-z0-9-])")


def _telling_part(record: Record) -> str:
    """Return what of a record says who is to blame."""
    if record.logger == "py.warnings":
        # The first line names the caller; the stack below it names everybody.
        return record.headline
    if record.logger == "odoo.sql_db":
        # Which table, not which columns: a record of Odoo's is read with ours in it.
        return _COLUMNS.sub("SELECT FROM", record.message)
    if record.logger.endswith(".browser"):
        # Odoo logs the browser's console under the name of the test at work.
        return record.message
    return f"{record.logger} {record.message}"


def vocabulary(addons: Iterable[Path], checkout: Path) -> Vocabulary:
    """Collect the names of ``addons`` (folders) and of the models that they define."""
    words = set()
    for addon in addons:
        words.add(addon.name)
        for source in addon.glob("*/*.py"):
            for model in _defined_models(source.read_text()):
                words |= {model, model.replace(".", "_")}
    return Vocabulary(frozenset(words), str(checkout))


def _defined_models(source: str) -> Iterator[str]:
    """Yield the models that are defined there; a model of Odoo's is only extended."""
    for text in _CLASS.split(source):
        name, inherit = _MODEL_NAME.search(text), _INHERIT.search(text)
        if name and not (inherit and f'"{name[1]}"' in inherit[1]):
            yield name[1]


def judge(
    log: str,
    ours: Vocabulary,
    exit_code: int = 0,
    allowed: Iterable[AllowedSkip] = (),
) -> Outcome:
    """Return the outcome of one Odoo process that ran tests.

    :param log: all that the process wrote.
    """
    found = list(records(log))
    results = read_results(found)
    findings = [
        *_failed_tests(results),
        *_forbidden_skips(results, list(allowed)),
        *alarming_records(found, ours),
        *_count_problems(results),
    ]
    if exit_code and not findings:
        findings.append(Finding(f"Odoo ended with code {exit_code}", tail(log)))
    skips = tuple(f"{test}: {reason}" for test, reason in sorted(results.skips.items()))
    return Outcome(results.passed, tuple(findings), skips)


def judge_log(log: str, ours: Vocabulary, exit_code: int = 0) -> tuple[Finding, ...]:
    """Return what is wrong with one Odoo process that ran no tests."""
    findings = alarming_records(list(records(log)), ours)
    if exit_code and not findings:
        findings.append(Finding(f"Odoo ended with code {exit_code}", tail(log)))
    return tuple(findings)


def alarming_records(found: list[Record], ours: Vocabulary) -> list[Finding]:
    """Return a finding for each kind of warning or error that names our addons."""
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    messages: dict[tuple[str, str, str], str] = {}
    for record in found:
        if not record.is_alarming or is_test_report(record):
            continue
        if ours.names_ours(record):
            kind = (record.level, record.logger, record.headline)
            counts[kind] += 1
            messages.setdefault(kind, record.message)
    return [
        Finding(
            f"{kind[0]} in the log, {times} times, by {kind[1]}",
            excerpt(messages[kind]),
        )
        for kind, times in counts.items()
    ]


def _failed_tests(results: Results) -> list[Finding]:
    return [
        Finding(test, "\n".join(map(excerpt, texts)))
        for test, texts in sorted(results.failures.items())
    ]


def _forbidden_skips(results: Results, allowed: list[AllowedSkip]) -> list[Finding]:
    findings = []
    for test, reason in sorted(results.skips.items()):
        if _NO_BROWSER.search(reason):
            findings.append(Finding(f"A browser test was skipped: {test}", reason))
        elif not any(re.search(skip.test, test) for skip in allowed):
            findings.append(Finding(f"Skipped without permission: {test}", reason))
    return findings


def _count_problems(results: Results) -> list[Finding]:
    if results.reported is None:
        return [Finding("Odoo ended before it reported on its tests")]
    if not results.started:
        return [Finding("No test ran at all")]
    return []


def excerpt(text: str, lines: int = LINES_OF_AN_EXCERPT) -> str:
    """Return ``text`` with its middle left out: first line and end tell the most."""
    found = text.rstrip().splitlines()
    if len(found) <= lines:
        return "\n".join(found)
    return "\n".join(
        [*found[:3], f"… {len(found) - lines} lines …", *found[3 - lines :]]
    )


def tail(text: str, lines: int = LINES_OF_AN_EXCERPT) -> str:
    """Return the end of ``text``."""
    return "\n".join(text.rstrip().splitlines()[-lines:])

"""What a stage found: counts, and a text for everything that makes the run fail."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True)
class Finding:
    """One reason why the run fails.

    :param title: one line that names the test, file or record.
    :param detail: excerpt that a reader needs to understand it, possibly empty.
    """

    title: str
    detail: str = ""

    def __str__(self) -> str:
        if not self.detail.strip():
            return self.title
        indented = self.detail.rstrip().replace("\n", "\n    ")
        return f"{self.title}\n    {indented}"


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Result of one stage, or of several added up.

    :param passed: number of tests or checks that passed.
    :param findings: failed tests and broken rules, each counted as one failure.
    :param skips: one line for each skipped test.
    :param notes: worth showing, without influence on the result.
    """

    passed: int = 0
    findings: tuple[Finding, ...] = ()
    skips: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        return len(self.findings)

    @property
    def skipped(self) -> int:
        return len(self.skips)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.passed + other.passed,
            self.findings + other.findings,
            self.skips + other.skips,
            self.notes + other.notes,
        )

    def closing_line(self) -> str:
        """Return the line that ends a run and that CI reads."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """Add up ``outcomes``."""
    return sum(outcomes, Outcome())

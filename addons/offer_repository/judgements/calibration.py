"""How right the comparison was, measured by what people decided."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair of customers, as compared and as decided.

    :ivar score: probability that they are one, 0 to 1
    :ivar codes: codes of the evidence
    :ivar is_same: what people decided, ``None`` while they have not
    :ivar can_rise: False where a rule forbids the pair to count as more than possible,
        whatever its score
    """

    score: float
    codes: frozenset[str]
    is_same: bool | None
    can_rise: bool = True


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """How often one kind of evidence went along with the same customer."""

    code: str
    decisions: int
    same: int

    @property
    def share_same(self) -> float:
        """Share of the decisions that said "same", 0 to 1."""
        return self.same / self.decisions


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which a pair counts as certain and as probable.

    :raise ValueError: unless 0 <= probable <= certain <= 1
    """

    certain: float
    probable: float

    def __post_init__(self) -> None:
        if not 0 <= self.probable <= self.certain <= 1:
            raise ValueError("thresholds_out_of_order")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What thresholds make of the pairs there are.

    :ivar certain: pairs that count as certain
    :ivar probable: pairs that count as probable
    :ivar certain_right: certain ones that people called the same
    :ivar certain_wrong: certain ones that people called different
    :ivar missed: pairs that people called the same and that nobody is warned of
    """

    certain: int
    probable: int
    certain_right: int
    certain_wrong: int
    missed: int


def code_records(decisions: Iterable[Decision]) -> tuple[CodeRecord, ...]:
    """Return the record of every code that was decided on, most decisions first."""
    total: Counter[str] = Counter()
    same: Counter[str] = Counter()
    for decision in decisions:
        if decision.is_same is None:
            continue
        total.update(decision.codes)
        if decision.is_same:
            same.update(decision.codes)
    records = (CodeRecord(code, count, same[code]) for code, count in total.items())
    return tuple(sorted(records, key=lambda record: (-record.decisions, record.code)))


def outcome(decisions: Iterable[Decision], thresholds: Thresholds) -> Outcome:
    """Return what ``thresholds`` make of all pairs, decided ones and others."""
    counts: Counter[tuple[str, bool | None]] = Counter(
        (_verdict(decision, thresholds), decision.is_same) for decision in decisions
    )
    return Outcome(
        certain=sum(counts["certain", same] for same in (True, False, None)),
        probable=sum(counts["probable", same] for same in (True, False, None)),
        certain_right=counts["certain", True],
        certain_wrong=counts["certain", False],
        missed=counts["possible", True],
    )


def _verdict(decision: Decision, thresholds: Thresholds) -> str:
    if not decision.can_rise:
        return "possible"
    if decision.score >= thresholds.certain:
        return "certain"
    return "probable" if decision.score >= thresholds.probable else "possible"

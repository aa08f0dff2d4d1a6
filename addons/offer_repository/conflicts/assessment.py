"""Two offers, or a whole case of them, assessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .overlap import Overlap, product_overlap
from .proposal import Proposal
from .scheme import DEFAULT_SCHEME, Scheme
from .severity import Reason, Severity, grade
from .spread import Spread, price_spread
from .window import overlap_days


@dataclass(frozen=True, slots=True)
class Assessment:
    """How two offers collide.

    :ivar left: key of the first offer
    :ivar right: key of the second one
    :ivar days: days in which both are live
    """

    left: str
    right: str
    severity: Severity
    reasons: tuple[Reason, ...]
    overlap: Overlap
    spread: Spread
    days: int


@dataclass(frozen=True, slots=True)
class Case:
    """All collisions among a set of offers.

    :ivar pairs: every pair that collides
    :ivar worst: the pair that decides the severity
    :ivar widest: the pair with the largest price spread
    """

    pairs: tuple[Assessment, ...]
    worst: Assessment
    widest: Assessment


def assess(
    left: Proposal, right: Proposal, verdict: str, scheme: Scheme = DEFAULT_SCHEME
) -> Assessment | None:
    """Return how two offers collide, ``None`` when they do not.

    They collide when they belong to two sides, are live on a common day and their
    products overlap. Swapping them swaps ``left`` and ``right`` only.
    """
    days = overlap_days((left.start, left.end), (right.start, right.end))
    if left.side == right.side or not days:
        return None
    overlap = product_overlap(left, right, scheme)
    if not overlap.exists:
        return None
    spread = price_spread(left, right)
    severity, reasons = grade(verdict, overlap.share, spread.percent, days, scheme)
    return Assessment(left.key, right.key, severity, reasons, overlap, spread, days)


def assess_case(
    proposals: Sequence[Proposal],
    verdict_of: Callable[[str, str], str | None],
    scheme: Scheme = DEFAULT_SCHEME,
) -> Case | None:
    """Return all collisions among ``proposals``, ``None`` when there is none.

    ``verdict_of`` tells for two offers' keys how sure it is that they go to one
    customer, ``None`` when they do not. Cost: quadratic in the number of offers of one
    customer.
    """
    ordered = sorted(proposals, key=lambda proposal: proposal.key)
    one_customer = (
        (left, right, verdict)
        for left, right in combinations(ordered, 2)
        if (verdict := verdict_of(left.key, right.key))
    )
    found = (assess(*pair, scheme) for pair in one_customer)
    pairs = tuple(pair for pair in found if pair)
    if not pairs:
        return None
    return Case(pairs, max(pairs, key=_badness), max(pairs, key=_width))


def _badness(pair: Assessment) -> tuple[int, int, float, float]:
    points = sum(reason.points for reason in pair.reasons)
    return pair.severity.rank, points, pair.spread.amount, pair.overlap.share


def _width(pair: Assessment) -> tuple[bool, float, float]:
    # An exact comparison beats one of totals, however wide the totals are apart.
    return pair.spread.basis == "products", pair.spread.amount, pair.spread.percent

"""Two profiles compared: score, verdict, and the evidence that adds up to it."""

from collections.abc import Set
from typing import NamedTuple

from .features import Counts, observe
from .features.pair import Seen
from .profile import Profile
from .scheme import DEFAULT_SCHEME, Scheme
from .verdict import Verdict, is_related, relation


class Evidence(NamedTuple):
    """One observation and what it weighs.

    :ivar code: what was seen, one of ``CODES``
    :ivar points: log2 odds for (positive) or against two customers being one
    :ivar left: value of the first customer in normal form
    :ivar right: value of the second one
    """

    code: str
    points: float
    left: str = ""
    right: str = ""  # compatibility: Odoo code still makes evidence of three values


class Match(NamedTuple):
    """The result of a comparison.

    :ivar score: calibrated probability that both are one customer, 0 to 1
    :ivar points: the scheme's base and the points of all evidence, summed
    :ivar verdict: ``None`` when nothing speaks for it
    :ivar evidence: weightiest first
    """

    score: float
    points: float
    verdict: Verdict | None
    evidence: tuple[Evidence, ...]


def compare(
    left: Profile, right: Profile, counts: Counts, scheme: Scheme = DEFAULT_SCHEME
) -> Match:
    """Compare two customers.

    ``counts`` tells how many customers hold a key; only keys that both have matter, and
    one that is missing is held by these two. Swapping the sides swaps the values of the
    evidence and changes nothing else.
    """
    seen = observe(left, right, counts)
    evidence = _weigh(seen, scheme)
    points = scheme.base + sum(row.points for row in evidence)
    verdict = _conclude({found[0] for found in seen}, points, scheme)
    return Match(scheme.probability(points), points, verdict, evidence)


def _weigh(seen: list[Seen], scheme: Scheme) -> tuple[Evidence, ...]:
    """Give every observation its points; what two add together goes to both by half."""
    weights = [scheme.points.get(found[0], 0.0) for found in seen]
    for position, found in enumerate(seen):
        partners = scheme.pairs.get(found[0])
        if partners:
            for other in range(position + 1, len(seen)):
                half = partners.get(seen[other][0], 0.0) / 2
                weights[position] += half
                weights[other] += half
    rows = [
        Evidence(code, points, left, right)
        for (code, left, right), points in zip(seen, weights, strict=True)
        if points
    ]
    rows.sort(key=_weight, reverse=True)
    return tuple(rows)


def _weight(row: Evidence) -> tuple[float, str]:
    return abs(row.points), row.code


def _conclude(codes: Set[str], points: float, scheme: Scheme) -> Verdict | None:
    above = relation(codes)
    if above:
        return above if is_related(codes) else None
    if points >= scheme.certain:
        return Verdict.CERTAIN
    if points >= scheme.probable:
        return Verdict.PROBABLE
    return Verdict.POSSIBLE if points >= scheme.possible else None

"""Two profiles compared: score, verdict, and the evidence that adds up to it."""

from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from .features import Counts, Seen, observe
from .profile import Profile
from .scheme import DEFAULT_SCHEME, Scheme
from .thirds import third_codes
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
    right: str = ""


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
    """Compare two customers at first look, without what third records say.

    ``counts`` tells how many customers hold a key; only keys that both have matter, and
    one that is missing is held by these two. Swapping the sides swaps the values of the
    evidence and changes nothing else.
    """
    return conclude(observe(left, right, counts), scheme)


def conclude(
    seen: Sequence[Seen],
    scheme: Scheme = DEFAULT_SCHEME,
    thirds: Sequence[Verdict | None] = (),
) -> Match:
    """Return the match that observations of ``observe`` come to.

    :param thirds: see :func:`.thirds.third_codes`; rules above the score stand
        whatever third records say
    """
    weights, points, verdict = _weigh(tuple([found[0] for found in seen]), scheme)
    rows = [
        Evidence(found[0], weight, found[1], found[2])
        for found, weight in zip(seen, weights, strict=True)
        if weight
    ]
    if thirds and verdict != Verdict.SAME_GROUP:
        said = _said_by(thirds, verdict, scheme)
        rows += said
        points += sum(row.points for row in said)
        verdict = _conclude(frozenset(found[0] for found in seen), points, scheme)
    rows.sort(key=_weight, reverse=True)
    return Match(scheme.probability(points), points, verdict, tuple(rows))


def _said_by(
    thirds: Sequence[Verdict | None], verdict: Verdict | None, scheme: Scheme
) -> list[Evidence]:
    """Return the evidence of third records, given what the first look found."""
    weighed = ((c, scheme.third_points(c, verdict)) for c in third_codes(thirds))
    return [Evidence(code, points) for code, points in weighed if points]


_NOBODY: dict[str, float] = {}


# Many pairs of customers look the same: city equal, name different, nothing else.
@lru_cache(maxsize=8192)
def _weigh(
    codes: tuple[str, ...], scheme: Scheme
) -> tuple[list[float], float, Verdict | None]:
    """Return the points of each observation, their sum with the base, and the verdict.

    What two observations add together goes to each of them by half.
    """
    weights = [scheme.points.get(code, 0.0) for code in codes]
    for position, code in enumerate(codes):
        partners = scheme.pairs.get(code, _NOBODY)
        for other in range(position):
            together = partners.get(codes[other])
            if together:
                weights[position] += together / 2
                weights[other] += together / 2
    points = scheme.base + sum(weights)
    return weights, points, _conclude(frozenset(codes), points, scheme)


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

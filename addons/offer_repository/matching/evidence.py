"""Two profiles compared: score, verdict, and the evidence that adds up to it."""

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from .features import Counts, Seen, observe
from .profile import Profile
from .scheme import DEFAULT_SCHEME, Scheme
from .thirds import THIRD_CODES, Look, Third, heard
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
    thirds: Sequence[Third] = (),
) -> Match:
    """Return the match that observations of ``observe`` come to.

    :param thirds: other records of the two; rules above the score stand whatever they
        say
    """
    weights, points, verdict = _weigh(tuple([found[0] for found in seen]), scheme)
    rows = [
        Evidence(found[0], weight, found[1], found[2])
        for found, weight in zip(seen, weights, strict=True)
        if weight
    ]
    rows.sort(key=_weight, reverse=True)
    match = Match(scheme.probability(points), points, verdict, tuple(rows))
    return hear(match, thirds, scheme) if thirds else match


def judge(seen: Sequence[Seen], scheme: Scheme = DEFAULT_SCHEME) -> Look | None:
    """Return verdict and points of :func:`conclude`, at a fraction of the cost.

    ``None`` when nothing speaks for a match.
    """
    _weights, points, verdict = _weigh(tuple([found[0] for found in seen]), scheme)
    return Look(verdict, points) if verdict else None


def hear(match: Match, thirds: Sequence[Third], scheme: Scheme) -> Match:
    """Return a first look's match with what third records say."""
    if not thirds or match.verdict == Verdict.SAME_GROUP:
        return match
    said = heard(thirds, match.points, scheme)
    rows = [Evidence(said.best, scheme.support_points(said.support, match.verdict))]
    rows += [Evidence(c, scheme.third_points(c, match.verdict)) for c in said.against]
    return add_rows(match, [row for row in rows if row.points], scheme)


def add_rows(match: Match, rows: Sequence[Evidence], scheme: Scheme) -> Match:
    """Return a match with more evidence; a rule above the score stands."""
    if not rows or match.verdict == Verdict.SAME_GROUP:
        return match
    return _summed(
        match.points + sum(row.points for row in rows), (*match.evidence, *rows), scheme
    )


def first_look(match: Match, scheme: Scheme) -> Match:
    """Return a match without what third records said: the inverse of :func:`hear`."""
    said = sum(row.points for row in match.evidence if row.code in THIRD_CODES)
    rows = [row for row in match.evidence if row.code not in THIRD_CODES]
    if len(rows) == len(match.evidence) or match.verdict == Verdict.SAME_GROUP:
        return match
    return _summed(match.points - said, rows, scheme)


def _summed(points: float, rows: Iterable[Evidence], scheme: Scheme) -> Match:
    ordered = tuple(sorted(rows, key=_weight, reverse=True))
    return Match(scheme.probability(points), points, scheme.verdict(points), ordered)


_NOBODY: dict[str, float] = {}


# Many pairs of customers look the same: city equal, name different, nothing else.
@lru_cache(maxsize=32768)
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
    return scheme.verdict(points)

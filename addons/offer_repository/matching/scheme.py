"""The named numbers of the comparison: data, not code."""

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .verdict import Verdict

_SCHEMES = Path(__file__).parent / "schemes"
DEFAULT_NAME = "points-2026-11d"
PERSONS_NAME = "persons-2026-11c"
# What a first look may have found, in the order of the points of third records.
_LEVELS = (None, Verdict.POSSIBLE, Verdict.PROBABLE, Verdict.CERTAIN)
_LEVEL_NAMES = tuple(str(level or "none") for level in _LEVELS)
_NO_SUPPORT = {"from": (), **dict.fromkeys(_LEVEL_NAMES, (0.0,))}


class SchemeError(ValueError):
    """A scheme cannot be used; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# Compared by identity, so that results can be kept by scheme.
@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """Weights and thresholds of one version of the comparison.

    Points are log2 odds. An observation without points says nothing.

    :ivar name: version, kept beside every judgement that was made with it
    :ivar base: points of two customers of whom nothing is known
    :ivar points: by code of evidence
    :ivar pairs: what two observations together add, by both codes
    :ivar certain: points from which two customers are certainly one
    :ivar slope: of the calibration from points to probability
    :ivar offset: of the calibration, in log2 odds
    :ivar rare_holders: an e-mail or phone held by more customers than this points to a
        shared switchboard, an accountant or a dummy value, not to one customer
    :ivar lookup_holders: a key held by more customers than this is not looked up at all
    :ivar thirds: by code of what speaks against in :mod:`.thirds`, points after a first
        look that found nothing, a possible, a probable or a certain match
    :ivar support_from: points of support from which on the next column of ``support``
        holds
    :ivar support: for the same four first looks, what so much support weighs
    """

    name: str
    base: float
    points: Mapping[str, float]
    pairs: Mapping[str, Mapping[str, float]]
    certain: float
    probable: float
    possible: float
    slope: float
    offset: float
    rare_holders: int = 3
    lookup_holders: int = 200
    thirds: Mapping[str, Sequence[float]] = field(default_factory=dict)
    support_from: Sequence[float] = ()
    support: Sequence[Sequence[float]] = ()

    def verdict(self, points: float) -> Verdict | None:
        """Return what so many points are when no rule above the score holds."""
        if points >= self.certain:
            return Verdict.CERTAIN
        if points >= self.probable:
            return Verdict.PROBABLE
        return Verdict.POSSIBLE if points >= self.possible else None

    def support_points(self, support: float, verdict: Verdict | None) -> float:
        """Return what third records' support weighs after a first look's verdict."""
        if not self.support:
            return 0.0
        column = bisect_right(self.support_from, support)
        return self.support[_LEVELS.index(verdict)][column]

    def third_points(self, code: str, verdict: Verdict | None) -> float:
        """Return what speaks against weighs after a first look's verdict."""
        points = self.thirds.get(code)
        return points[_LEVELS.index(verdict)] if points else 0.0

    def probability(self, points: float) -> float:
        """Return how often two customers with so many points are one, 0 to 1."""
        odds = self.slope * points + self.offset
        return 1 / (1 + math.exp2(max(-1000.0, min(1000.0, -odds))))


@cache
def load_scheme(name: str) -> Scheme:
    """Read a scheme that the addon brings along.

    :raise SchemeError: ``scheme_unknown`` when there is none of that name
    """
    path = _SCHEMES / f"{name}.json"
    if path.parent != _SCHEMES or not path.is_file():
        raise SchemeError("scheme_unknown")
    return parse_scheme(path.read_text(encoding="utf-8"))


def parse_scheme(text: str) -> Scheme:
    """Read a scheme from JSON, as in the files of ``schemes/``.

    :raise SchemeError: ``scheme_unreadable`` when a number is missing or no number
    """
    try:
        data = json.loads(text)
        support = data.get("support", _NO_SUPPORT)
        return Scheme(
            name=str(data["name"]),
            base=float(data["base"]),
            points={code: float(value) for code, value in data["points"].items()},
            pairs=_pairs(data.get("pairs", {})),
            certain=float(data["thresholds"]["certain"]),
            probable=float(data["thresholds"]["probable"]),
            possible=float(data["thresholds"]["possible"]),
            slope=float(data["calibration"]["slope"]),
            offset=float(data["calibration"]["offset"]),
            thirds={
                code: tuple(float(points[level]) for level in _LEVEL_NAMES)
                for code, points in data.get("thirds", {}).items()
            },
            support_from=tuple(map(float, support["from"])),
            support=tuple(tuple(map(float, support[name])) for name in _LEVEL_NAMES),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SchemeError("scheme_unreadable") from error


def _pairs(data: Mapping[str, float]) -> Mapping[str, Mapping[str, float]]:
    """Read ``"code|code": points`` so that either code finds the other."""
    pairs: dict[str, dict[str, float]] = {}
    for both, points in data.items():
        first, second = both.split("|")
        pairs.setdefault(first, {})[second] = float(points)
        pairs.setdefault(second, {})[first] = float(points)
    return pairs


DEFAULT_SCHEME = load_scheme(DEFAULT_NAME)

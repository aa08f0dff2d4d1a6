"""What the other records of a customer say about one more.

A record that is certainly or probably the same as one of two is a third record of that
customer, spelled in other words and with other fields filled. When the other of the
two fits the third as well, that speaks for the two being one: as much as the weaker of
both fits. When it is not like it at all, it is a rival: if it fits one of the two at
least as well as the other does, that speaks against; so does another tax number of a
third record that is certain.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .scheme import Scheme
from .verdict import Verdict

_SUPPORT = {
    Verdict.CERTAIN: "third_certain",
    Verdict.PROBABLE: "third_probable",
    Verdict.POSSIBLE: "third_possible",
    None: "third_none",
}
_GROUP, _RIVAL = "third_group", "third_rival"
AGAINST_CODES = frozenset([_GROUP, _RIVAL])
THIRD_CODES = frozenset([*_SUPPORT.values(), *AGAINST_CODES])
# Points of two records that have nothing in common, or are known to be two.
_APART = -16.0


class Look(NamedTuple):
    """What a first look found between two records."""

    verdict: Verdict
    points: float


class Third(NamedTuple):
    """A record that is the same as one of two.

    :ivar link: what connects it with that one, certain or probable
    :ivar other: what it is to the other one; ``None`` when they have nothing in common
    """

    link: Look
    other: Look | None

    @property
    def support(self) -> float:
        """Points of the weaker of the two steps that lead over this record."""
        if self.other is None or self.other.verdict == Verdict.SAME_GROUP:
            return _APART
        return min(self.link.points, self.other.points)


class Heard(NamedTuple):
    """What all third records say together.

    :ivar support: points of the best of them, see :class:`Third`
    :ivar best: code for it, by the verdict that so many points are
    :ivar against: codes of what speaks against
    """

    support: float
    best: str
    against: tuple[str, ...]


def heard(thirds: Sequence[Third], points: float, scheme: Scheme) -> Heard:
    """Sum up third records, of which there is one at least.

    :param points: of the two at first look
    """
    support = max(third.support for third in thirds)
    against = []
    if any(t.support == _APART and t.link.points >= points for t in thirds):
        against.append(_RIVAL)
    if any(_is_of_group(third) for third in thirds):
        against.append(_GROUP)
    return Heard(support, _SUPPORT[scheme.verdict(support)], tuple(against))


def _is_of_group(third: Third) -> bool:
    is_certain = third.link.verdict == Verdict.CERTAIN
    other = third.other
    return is_certain and other is not None and other.verdict == Verdict.SAME_GROUP

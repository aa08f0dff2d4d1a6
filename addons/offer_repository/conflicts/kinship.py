"""Whether offers to two customer records are offers to one customer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

CERTAIN, PROBABLE, SAME_GROUP = "certain", "probable", "same_group"


@dataclass(frozen=True, slots=True)
class Kinship:
    """What is known of the customers whose offers may collide.

    :ivar family: who each record is for certain: one number for all his records
    :ivar identity: by family, the customer it belongs to, its guests included
    :ivar different: pairs of families that people told apart
    :ivar grouped: pairs of families that people called companies of one group
    :ivar counts_groups: whether companies of one group count as one customer
    """

    family: Mapping[int, int]
    identity: Mapping[int, int]
    different: Collection[frozenset[int]] = frozenset()
    grouped: Collection[frozenset[int]] = frozenset()
    counts_groups: bool = False

    def verdict(self, left: int, right: int) -> str | None:
        """Return how sure it is that offers to two records collide.

        ``None`` where they do not: people said that the customers are two, or that they
        only belong to one group, which the policy does not count.
        """
        one, other = self.family[left], self.family[right]
        if one == other:
            return CERTAIN
        if frozenset((one, other)) in self.different:
            return None
        if self._is_grouped(one, other):
            return SAME_GROUP if self.counts_groups else None
        return PROBABLE

    def _is_grouped(self, one: int, other: int) -> bool:
        """Tell whether two families are only related, over others where need be."""
        if frozenset((one, other)) in self.grouped:
            return True
        if self.identity.get(one, one) == self.identity.get(other, other):
            return False
        return other in _reached(one, self.grouped)


def _reached(start: int, pairs: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return all that hangs together with ``start``, itself included.

    Cost: linear in the number of pairs.
    """
    neighbours: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for one in pair:
            neighbours[one] |= pair
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(neighbours[one] - seen)
    return frozenset(seen)

"""From pairs to customers: which records are one, without guessing on."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Two records, by their numbers, that may be one customer.

    :ivar is_certain: good enough for a conclusion from one link to the next
    """

    left: int
    right: int
    score: float
    is_certain: bool


def clusters(
    links: Iterable[Link], tax_numbers: Callable[[int], frozenset[str]]
) -> list[tuple[int, ...]]:
    """Return the groups of two records or more that are one customer, in order.

    The best links come first. A certain one joins what its two records belong to. Any
    other joins only where every record of one side is linked to every one of the other,
    so nothing is concluded over a third record. No group ever holds two records whose
    valid tax numbers, by ``tax_numbers``, have none in common.
    """
    wanted = sorted(links, key=_best_first)
    grouping = _Grouping(tax_numbers, {_pair(link) for link in wanted})
    for link in wanted:
        grouping.join(link)
    return sorted(tuple(sorted(group)) for group in grouping.groups())


def _best_first(link: Link) -> tuple[bool, float, int, int]:
    return (not link.is_certain, -link.score, *_pair(link))


def _pair(link: Link) -> tuple[int, int]:
    return min(link.left, link.right), max(link.left, link.right)


class _Grouping:
    """Groups that grow by links."""

    def __init__(
        self,
        tax_numbers: Callable[[int], frozenset[str]],
        linked: set[tuple[int, int]],
    ):
        self._tax_numbers = tax_numbers
        self._linked = linked
        self._group_of: dict[int, int] = {}
        self._members: defaultdict[int, list[int]] = defaultdict(list)
        self._numbers: defaultdict[int, list[frozenset[str]]] = defaultdict(list)

    def groups(self) -> list[list[int]]:
        """Return the groups of two records or more."""
        return [members for members in self._members.values() if len(members) > 1]

    def join(self, link: Link) -> None:
        """Make one group of two, if that is allowed."""
        left, right = self._group(link.left), self._group(link.right)
        if left == right or self._clash(left, right):
            return
        if not link.is_certain and not self._all_linked(left, right):
            return
        small, large = sorted((left, right), key=lambda at: len(self._members[at]))
        for record in self._members[small]:
            self._group_of[record] = large
        self._members[large] += self._members.pop(small)
        self._numbers[large] += self._numbers.pop(small, [])

    def _group(self, record: int) -> int:
        if record not in self._group_of:
            self._group_of[record] = record
            self._members[record].append(record)
            numbers = self._tax_numbers(record)
            if numbers:
                self._numbers[record].append(numbers)
        return self._group_of[record]

    def _clash(self, left: int, right: int) -> bool:
        rights = self._numbers[right]
        return any(
            one.isdisjoint(other) for one in self._numbers[left] for other in rights
        )

    def _all_linked(self, left: int, right: int) -> bool:
        rights = self._members[right]
        return all(
            (min(one, other), max(one, other)) in self._linked
            for one in self._members[left]
            for other in rights
        )

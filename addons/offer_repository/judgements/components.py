"""Who belongs together, given who is the same and who is not."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Two customers that are the same.

    :ivar strength: a stronger link is followed first; people's decisions are infinite
    """

    left: int
    right: int
    strength: float

    @property
    def order(self) -> tuple[float, int, int]:
        """Sort key: strongest first, then by the customers, whatever the direction."""
        low, high = sorted((self.left, self.right))
        return -self.strength, low, high


def components(
    links: Iterable[Link], apart: Iterable[tuple[int, int]]
) -> tuple[frozenset[int], ...]:
    """Return the groups of customers that the links bring together, two or more each.

    A link that would bring together two customers of ``apart``, directly or through
    others, is not followed; the weaker link gives way. The order of the arguments does
    not matter. Cost: about the number of links times the size of the groups.
    """
    enemies = _enemies(apart)
    group_of: dict[int, set[int]] = {}
    for link in sorted(links, key=lambda link: link.order):
        left = group_of.setdefault(link.left, {link.left})
        right = group_of.setdefault(link.right, {link.right})
        if left is right or _is_cut(left, right, enemies):
            continue
        left |= right
        for customer in right:
            group_of[customer] = left
    groups = {frozenset(group) for group in group_of.values() if len(group) > 1}
    return tuple(sorted(groups, key=min))


def _enemies(apart: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    enemies: dict[int, set[int]] = {}
    for left, right in apart:
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    return enemies


def _is_cut(left: set[int], right: set[int], enemies: dict[int, set[int]]) -> bool:
    smaller, larger = sorted((left, right), key=len)
    return any(not larger.isdisjoint(enemies.get(one, ())) for one in smaller)

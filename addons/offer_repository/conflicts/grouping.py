"""Groups the lines of several offers that are the same thing, level by level."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Recognisable(Protocol):
    """What a line must tell to be grouped."""

    @property
    def order(self) -> str:
        """Sorts lines by what they hold, never by where their offer stands."""

    def key(self, level: str) -> str | None:
        """Return what identifies the line at a level, ``None`` where nothing does."""


L = TypeVar("L", bound=Recognisable)


@dataclass(slots=True)
class Group(Generic[L]):
    """Lines found to be the same thing so far, with column and offer of each.

    :ivar level: by what they were recognised, ``None`` while in one offer only
    """

    members: list[tuple[int, str, L]]
    level: str | None = None
    columns: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = {column for column, _offer, _line in self.members}

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts groups by what they hold, never by the order of the offers."""
        return tuple(sorted(f"{line.order}{offer}" for _c, offer, line in self.members))

    def keys(self, level: str) -> frozenset[str]:
        """Return the keys of all its lines at a level."""
        found = (line.key(level) for _column, _offer, line in self.members)
        return frozenset(key for key in found if key)

    def takes(self, other: "Group[L]", adds_up: bool) -> bool:
        """Tell whether ``other`` may join: an offer has one place in a group."""
        return adds_up or self.columns.isdisjoint(other.columns)

    def absorb(self, other: "Group[L]", level: str) -> None:
        """Take over the lines of ``other``, recognised at ``level``."""
        is_shared = len(self.columns | other.columns) > 1
        self.level = self.level or other.level or (level if is_shared else None)
        self.members.extend(other.members)
        self.columns |= other.columns


def group_lines(
    offers: Sequence[tuple[str, Sequence[L]]],
    levels: Sequence[str],
    adding: Collection[str] = (),
) -> list[Group[L]]:
    """Return the lines of several offers, those about the same thing together.

    Surer ways of recognition come first; a line that found its counterpart there is not
    taken apart by a weaker one. Cost: n log n in the number of lines.

    :param offers: key and lines of each
    :param levels: surest first
    :param adding: levels at which lines of one offer are added up, too
    """
    groups = [
        Group([(column, key, line)])
        for column, (key, lines) in enumerate(offers)
        for line in lines
    ]
    for level in levels:
        groups = _merge_level(groups, level, level in adding)
    return sorted(groups, key=lambda group: group.order)


def _merge_level(groups: list[Group[L]], level: str, adds_up: bool) -> list[Group[L]]:
    """Join groups that agree at ``level``."""
    by_key: dict[str, list[Group[L]]] = defaultdict(list)
    for group in groups:
        for key in group.keys(level):
            by_key[key].append(group)
    absorbed: set[int] = set()
    for key in sorted(by_key):
        candidates = [group for group in by_key[key] if id(group) not in absorbed]
        absorbed.update(_join(candidates, level, adds_up))
    return [group for group in groups if id(group) not in absorbed]


def _join(candidates: Iterable[Group[L]], level: str, adds_up: bool) -> Iterator[int]:
    """Join candidates of one key.

    :return: the ids of the groups that went into another one
    """
    kept: list[Group[L]] = []
    for group in sorted(candidates, key=lambda item: item.order):
        partner = next((other for other in kept if other.takes(group, adds_up)), None)
        if partner is None:
            kept.append(group)
            continue
        partner.absorb(group, level)
        yield id(group)

"""Rows of a comparison: which lines stand beside each other, and in which order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.fuzz import token_sort_ratio

from .item import Item

# Texts are alike from here on, out of 100.
ALIKE = 86.0
# More lines without counterpart than this are too many to compare every text with
# every other; they stay alone.
MAX_ALIKE = 600


class Group(Protocol):
    """Lines found to be the same thing, see ``conflicts.grouping``."""

    members: list[tuple[int, str, Item]]
    level: str | None
    columns: set[int]

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts groups by what they hold, never by the order of the offers."""

    def absorb(self, other: "Group", level: str, /) -> None:
        """Take over the lines of another group."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing across the offers.

    :ivar level: how it was recognised, ``None`` when only one offer has it
    :ivar section: heading that most of its lines stand under
    :ivar items: one per offer, in the offers' order, ``None`` where it is missing
    """

    label: str
    section: str
    level: str | None
    items: tuple[Item | None, ...]

    @property
    def found(self) -> tuple[Item, ...]:
        """The lines there are."""
        return tuple(item for item in self.items if item)

    @property
    def scale(self) -> float:
        """Reference units that prices are shown per: one, or the unit of all lines."""
        factors = {(item.reference, item.factor) for item in self.found}
        return self.found[0].factor if len(factors) == 1 else 1.0

    @property
    def is_optional(self) -> bool:
        """Whether nobody has to buy it."""
        return all(item.is_optional for item in self.found)


def align(groups: Sequence[Group], width: int) -> tuple[Row, ...]:
    """Return the rows of a comparison, section by section, in the offers' order.

    Joins what exact ways of recognition left alone: lines with alike texts, then the
    only ones of a category that are left on both sides. Reordering the offers only
    reorders the cells. Quadratic in the lines without counterpart, up to
    :data:`MAX_ALIKE` of them.

    :param groups: by :data:`~.item.EXACT_LEVELS`; changed in place
    :param width: number of offers
    """
    merged = _merge_categories(_merge_alike(list(groups)))
    rows = [_row(group, width) for group in merged]
    places = _section_places(rows)
    return tuple(sorted(rows, key=lambda row: _row_order(row, places)))


def _merge_alike(groups: list[Group]) -> list[Group]:
    """Join groups whose texts are alike, the most alike first."""
    alone = [group for group in groups if group.level is None]
    if len(alone) > MAX_ALIKE:
        return groups
    absorbed: set[int] = set()
    for _score, left, right in sorted(_alike(alone), key=lambda found: found[0]):
        if id(left) in absorbed or id(right) in absorbed:
            continue
        if left.columns.isdisjoint(right.columns):
            left.absorb(right, "alike")
            absorbed.add(id(right))
    return [group for group in groups if id(group) not in absorbed]


def _alike(
    groups: Sequence[Group],
) -> Iterator[tuple[tuple[object, ...], Group, Group]]:
    """Yield pairs of different offers with alike texts, and what sorts them."""
    for index, left in enumerate(groups):
        for right in groups[index + 1 :]:
            if not left.columns.isdisjoint(right.columns):
                continue
            score = token_sort_ratio(_text(left), _text(right), score_cutoff=ALIKE)
            if score:
                first, second = sorted((left, right), key=lambda group: group.order)
                yield (-score, first.order, second.order), first, second


def _text(group: Group) -> str:
    return min(item.text or "" for _column, _offer, item in group.members)


def _merge_categories(groups: list[Group]) -> list[Group]:
    """Join what is left of a category where it is one line an offer at most."""
    by_category: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        category = group.members[0][2].category
        if group.level is None and category:
            by_category[category].append(group)
    absorbed: set[int] = set()
    for candidates in by_category.values():
        if max(_lines_by_column(candidates).values()) == 1:
            first, *others = sorted(candidates, key=lambda group: group.order)
            for other in others:
                first.absorb(other, "category")
                absorbed.add(id(other))
    return [group for group in groups if id(group) not in absorbed]


def _lines_by_column(groups: Iterable[Group]) -> Counter[int]:
    return Counter(column for group in groups for column in group.columns)


def _row(group: Group, width: int) -> Row:
    by_column = {column: item for column, _offer, item in group.members}
    items = by_column.values()
    return Row(
        label=_most(item.label for item in items),
        section=_most(item.section for item in items),
        level=group.level,
        items=tuple(by_column.get(column) for column in range(width)),
    )


def _most(texts: Iterable[str]) -> str:
    """Return the most frequent text, the first by alphabet among equals."""
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text))


def _section_places(rows: Iterable[Row]) -> dict[str, float]:
    """Return where each section begins, over all offers; what has none comes first."""
    places: dict[str, float] = {"": 0.0}
    for row in rows:
        if row.section:
            place = places.get(row.section, float("inf"))
            places[row.section] = min(place, _place(row))
    return places


def _place(row: Row) -> float:
    return sum(sorted(item.position for item in row.found)) / len(row.found)


def _row_order(row: Row, places: dict[str, float]) -> tuple[object, ...]:
    first = sorted(str(item) for item in row.found)
    return (places[row.section], row.section, _place(row), row.label, first)

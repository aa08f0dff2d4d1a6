"""Two profiles under comparison, with what several features need."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from ..keys import Key, Kind
from ..profile import Profile
from ..resemblance import Alignment, align

# A code and the two values behind it.
Seen = tuple[str, str, str]


class Pair:
    """Two profiles, and how many customers hold what they share."""

    def __init__(self, left: Profile, right: Profile, counts: Mapping[Key, int]):
        self.left = left
        self.right = right
        self._counts = counts

    @cached_property
    def alignment(self) -> Alignment:
        """Which words of the names belong together."""
        return align(self.left, self.right)

    @cached_property
    def both_persons(self) -> bool:
        """Neither is known to be a firm, and one is a person."""
        kinds = (self.left.is_person, self.right.is_person)
        return True in kinds and False not in kinds

    def holders(self, kind: Kind, value: str) -> int:
        """Return how many customers hold a value; these two at least."""
        return self._counts.get(Key(kind, value), 2)

    def fewest(self, kind: Kind, values: Iterable[str]) -> tuple[int, str]:
        """Return the rarest of several shared values, with its number of holders."""
        return min((self.holders(kind, value), value) for value in values)


def shared(left: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """Return the values that both have."""
    if len(left) == 1 == len(right):
        return [left[0]] if left[0] == right[0] else []
    return sorted({*left} & {*right})

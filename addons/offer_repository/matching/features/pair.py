"""Two profiles under comparison, with what several features need."""

from collections.abc import Iterable, Mapping

from ..keys import Key, Kind
from ..profile import Profile
from ..resemblance import NOTHING, align

# A code and the two values behind it.
Seen = tuple[str, str, str]


class Pair:
    """Two profiles, and how many customers hold what they share."""

    __slots__ = ("_counts", "alignment", "both_persons", "is_one_name", "left", "right")

    def __init__(self, left: Profile, right: Profile, counts: Mapping[Key, int]):
        self.left = left
        self.right = right
        self._counts = counts
        #: all words and numbers of the names are equal
        self.is_one_name = left.sorted_name == right.sorted_name
        #: which words of the names belong together; none if they are one name
        self.alignment = NOTHING if self.is_one_name else align(left, right)
        #: neither is known to be a firm, and one is a person
        self.both_persons = (
            left.is_person is not False
            and right.is_person is not False
            and (left.is_person is True or right.is_person is True)
        )

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

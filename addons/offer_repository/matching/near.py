"""Known words that a typed word may stand for."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA


class NearWords:
    """Finds the known words that are one typing error away from a given one.

    Two such words become equal when each loses at most one letter, so an index over
    what is left of the known ones replaces a comparison with all of them.
    """

    def __init__(self, known: Iterable[str]):
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            for left in _one_less(word):
                self._index[left].append(word)

    def of(self, word: str) -> list[str]:
        """Return the known words that differ by one letter at most, in order."""
        near = {
            known for left in _one_less(word) for known in self._index.get(left, ())
        }
        return sorted(
            known for known in near if OSA.distance(word, known, score_cutoff=1) <= 1
        )


def _one_less(word: str) -> set[str]:
    """Return a word, and all that is left of it when one letter is taken out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}

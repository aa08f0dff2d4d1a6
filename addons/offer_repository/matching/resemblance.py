"""Which words of two names belong together."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA, Prefix

from .latin import skeleton
from .names import CORE, GIVEN, INITIAL, SMALL
from .profile import Profile

Word = tuple[str, str]  # a folded word and what it is
# Most typing errors that a word of this many letters may have.
_TYPOS = (0, 0, 0, 0, 1, 1, 2, 2, 2, 3)
_MAX_TYPOS = _TYPOS[-1]
_TELLING = {CORE, GIVEN}
# Letters in common from which two words are cut from one.
_MIN_STEM, _SMALL_STEM, _CORE_STEM = 3, 5, 5


class Alignment(NamedTuple):
    """Words of two names side by side.

    :ivar shared: equal words and their kinds
    :ivar typos: single letters that differ in the words that are nearly equal
    :ivar close_kinds: kinds of those words
    :ivar initials: how many words meet an initial only
    :ivar left: words left over, with their kinds
    :ivar right: words left over, with their kinds
    """

    shared: list[Word]
    typos: int
    close_kinds: str
    initials: int
    left: list[Word]
    right: list[Word]


NOTHING = Alignment([], 0, "", 0, [], [])


def align(left: Profile, right: Profile) -> Alignment:
    """Pair the words of two names: equal ones, then typing errors, then initials.

    Costs at most 12 x 12 distances, because names are cut to twelve words.
    """
    theirs = dict(zip(right.words, right.kinds, strict=True))
    shared: list[Word] = []
    mine: list[Word] = []
    for word, kind in zip(left.words, left.kinds, strict=True):
        other = theirs.pop(word, None)
        if other is None:
            mine.append((word, kind))
        else:
            shared.append((word, min(kind, other)))
    others = list(theirs.items())
    if not mine or not others:
        return Alignment(shared, 0, "", 0, mine, others)
    typos, close, initials = 0, "", 0
    # Mostly no word that is left over is anything like one of the other name.
    if any(_are_alike(word, other) for word in mine for other in others):
        typos, close = _pair_typos(mine, others)
        _drop_abbreviations(mine, others)
        initials = _pair_initials(mine, others)
    spaced = _spacing_typos(mine, others)
    if spaced is not None:
        mine = [word for word in mine if word[1] not in _TELLING]
        others = [word for word in others if word[1] not in _TELLING]
        typos, close = typos + spaced + 1, close + CORE
    return Alignment(shared, typos, close, initials, mine, others)


def _are_alike(word: Word, other: Word) -> bool:
    """Return whether one of the ways in which two words may belong together holds."""
    return (
        _typos_of_words(word, other) is not None
        or _is_abbreviation(word, other)
        or _initial_distance(word, other) is not None
    )


def allowed_typos(length: int) -> int:
    """Return how many typing errors a word of ``length`` letters may have."""
    return _TYPOS[length] if length < len(_TYPOS) else _MAX_TYPOS


def _typos_between(left: str, right: str) -> int | None:
    limit = allowed_typos(max(len(left), len(right)))
    if abs(len(left) - len(right)) > limit:
        return None
    distance = OSA.distance(left, right, score_cutoff=limit)
    return distance if distance <= limit else None


def _pair_typos(mine: list[Word], others: list[Word]) -> tuple[int, str]:
    """Take nearly equal words out of both lists, the nearest first."""
    total, kinds = 0, ""
    for typos, word, other in _take(_typos_of_words, mine, others):
        total += typos
        kinds += min(word[1], other[1])
    return total, kinds


def _take(
    distance: Callable[[Word, Word], int | None],
    mine: list[Word],
    others: list[Word],
) -> Iterator[tuple[int, Word, Word]]:
    """Take the words that ``distance`` brings together out of both lists.

    Yields them nearest first, in an order that does not depend on the sides.
    """
    if not mine or not others:
        return
    near = [
        (found, min(word, other), max(word, other), word, other)
        for word in mine
        for other in others
        if (found := distance(word, other)) is not None
    ]
    for found, *_, word, other in sorted(near):
        if word in mine and other in others:
            mine.remove(word)
            others.remove(other)
            yield found, word, other


def _typos_of_words(left: Word, right: Word) -> int | None:
    if left[1] == right[1] == GIVEN and _are_two_names(left[0], right[0]):
        return None
    return _typos_between(left[0], right[0])


def _are_two_names(left: str, right: str) -> bool:
    """Known given names are two, however alike (Kamil, Kamila), but Jakob, Jakub."""
    return left[-1] != right[-1] or skeleton(left) != skeleton(right)


def _pair_initials(mine: list[Word], others: list[Word]) -> int:
    """Take words that meet their initial out of both lists."""
    if not any(kind == INITIAL for _, kind in (*mine, *others)):
        return 0
    return sum(1 for _ in _take(_initial_distance, mine, others))


def _initial_distance(left: Word, right: Word) -> int | None:
    is_initial = INITIAL in (left[1], right[1])
    return 0 if is_initial and left[0][0] == right[0][0] else None


def _drop_abbreviations(mine: list[Word], others: list[Word]) -> None:
    """Take small words that are one trade, differently cut, out of both lists."""
    for _ in _take(_abbreviation_distance, mine, others):
        pass


def _abbreviation_distance(left: Word, right: Word) -> int | None:
    return 0 if _is_abbreviation(left, right) else None


def _is_abbreviation(left: Word, right: Word) -> bool:
    """Nieruch. and Nieruchomości, Wkz. and Werkzeugbau, Alarmy and Alarmowe."""
    if left[1] == GIVEN or right[1] == GIVEN or left[0][0] != right[0][0]:
        return False
    short, long = left[0], right[0]
    if (len(short), short) > (len(long), long):
        short, long = long, short
    if len(short) < _MIN_STEM:
        return False
    if SMALL in (left[1], right[1]):
        stem = min(len(short), _SMALL_STEM)
        return long[:stem] == short[:stem] or skeleton(long).startswith(short)
    stem = Prefix.similarity(short, long)
    return stem >= _CORE_STEM and len(short) - stem <= 1


def _spacing_typos(mine: list[Word], others: list[Word]) -> int | None:
    """Compare what is left without spaces: "Kal-Dan" and "Kaldan"."""
    left = [word for word, kind in mine if kind in _TELLING]
    right = [word for word, kind in others if kind in _TELLING]
    if not left or not right or len(left) == 1 == len(right):
        return None
    return _typos_between("".join(left), "".join(right))

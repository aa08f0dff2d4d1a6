"""Slips of the keyboard: what else may have been meant."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

# Below, every word has neighbours.
_MIN_WORD = 4
_MIN_FOR_TWO = 7
_MIN_DIGITS = 3
_MAX_NUMBER = 20


def reaches(asked: str, word: str) -> int | None:
    """Return in how many letters a word differs from the one asked for.

    ``None`` when they are too far apart to be a slip: more than one letter, or two of a
    long word, or another first letter as well as another one.
    """
    allowed = _allowed(asked)
    if not allowed or word == asked:
        return None
    distance = OSA.distance(asked, word, score_cutoff=allowed)
    if distance > allowed or (distance > 1 and asked[0] != word[0]):
        return None
    return distance


def _allowed(asked: str) -> int:
    if len(asked) < _MIN_WORD or asked.isdigit():
        return 0
    return 1 if len(asked) < _MIN_FOR_TWO else 2


def number_slips(word: str) -> tuple[str, ...]:
    """Return numbers that come out when two digits change place or one is too many."""
    digits = sum(letter.isdigit() for letter in word)
    if digits < _MIN_DIGITS or len(word) > _MAX_NUMBER:
        return ()
    return tuple(dict.fromkeys(slip for slip in _slips(word) if slip != word))


def _slips(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        if not letter.isdigit():
            continue
        yield word[:place] + word[place + 1 :]
        if word[place + 1 : place + 2].isdigit():
            yield word[:place] + word[place + 1] + letter + word[place + 2 :]

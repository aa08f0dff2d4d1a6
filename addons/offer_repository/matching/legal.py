"""Legal forms: found anywhere in a name, in any spelling, and taken out of it."""

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from .latin import fold
from .vocabulary import legal_forms

# Shorter words are taken as they are; those with more than this letters may have two
# typing errors, the others one.
_MIN_REPAIRED, _LONG_WORD = 6, 8


def split_legal_form(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the words without the legal form, and its class (``""`` without one).

    ``words`` are latinised. A name that is nothing but a legal form is left as it is.
    The last form of several counts: "GmbH & Co. KG" is one of its own.
    """
    plain = tuple(_standard(word) for word in words)
    kept: list[str] = []
    found = ""
    position = 0
    while position < len(words):
        length, name = _form_at(plain, position)
        if length:
            found = name
            position += length
        else:
            kept.append(words[position])
            position += 1
    return (tuple(kept), found) if kept else (words, "")


def _form_at(words: tuple[str, ...], position: int) -> tuple[int, str]:
    forms, longest = _forms()
    for length in range(min(longest, len(words) - position), 0, -1):
        name = forms.get(words[position : position + length])
        if name and not _is_first_initial(words, position, length):
            return length, name
    return 0, ""


def _is_first_initial(words: tuple[str, ...], position: int, length: int) -> bool:
    """Two letters in front of a longer name are initials: "A. E. Smith"."""
    return (
        position == 0
        and length < len(words)
        and all(len(word) == 1 for word in words[:length])
    )


@cache
def _forms() -> tuple[dict[tuple[str, ...], str], int]:
    forms = {
        tuple(_standard(word) for word in spelling): name
        for spelling, name in legal_forms().items()
    }
    return forms, max(map(len, forms))


@cache
def _long_words(length: int) -> tuple[tuple[str, int], ...]:
    """Return the words that one of so many letters may be, with the typos allowed."""
    words = sorted({fold(word) for spelling in legal_forms() for word in spelling})
    allowed = ((w, 2 if len(w) > _LONG_WORD else 1) for w in words)
    return tuple(
        (word, typos)
        for word, typos in allowed
        if len(word) >= _MIN_REPAIRED and abs(len(word) - length) <= typos
    )


@lru_cache(maxsize=65536)
def _standard(word: str) -> str:
    """Return a short word as it is, a long one folded and without typing errors."""
    if len(word) < _MIN_REPAIRED:
        return word
    folded = fold(word)
    for known, typos in _long_words(len(folded)):
        if OSA.distance(folded, known, score_cutoff=typos) <= typos:
            return known
    return folded

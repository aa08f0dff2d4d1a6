"""The name of a firm or person taken apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .latin import fold, latinise
from .legal import split_legal_form
from .vocabulary import (
    cities,
    country_words,
    given_names,
    small_words,
    titles,
    trade_words,
)

_MAX_LENGTH = 200
_MAX_WORDS = 12
_SINGLE_LETTERS = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?:[^\W\d_]\b)?")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_APOSTROPHES = re.compile(r"['`\u00b4\u2018\u2019]")
_AMPERSAND = re.compile(r"\s[&+]\s")

# What a word of a name is.
CORE, SMALL, GIVEN, PLACE, INITIAL = "csgpi"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in normal form.

    :ivar words: folded words in order, given names in their full form
    :ivar kinds: one letter a word: core, small, given, place or initial
    :ivar numbers: numbers without leading zeros, sorted
    :ivar legal_form: class of the legal form, ``""`` without one
    """

    words: tuple[str, ...]
    kinds: str
    numbers: tuple[str, ...]
    legal_form: str


def parse_name(
    value: str, city: frozenset[str] = frozenset(), is_person: bool = False
) -> NameParts:
    """Take a name apart; ``city`` are the folded words of the own city.

    Values longer than 200 characters and names of more than twelve words are cut.
    """
    raw = _raw_words(value)
    rest, legal_form = (raw, "") if is_person else split_legal_form(raw)
    numbers = {word.lstrip("0") or "0" for word in rest if word.isdigit()}
    words = _merge_doubles(fold(word) for word in rest if not word.isdigit())
    kept = _without(words, titles() | (frozenset() if is_person else trade_words()))
    full = tuple(given_names().get(word, word) for word in kept)
    kinds = "".join(_kind(word, city, is_person) for word in full)
    return NameParts(full, kinds, tuple(sorted(numbers)), legal_form)


def _raw_words(value: str) -> tuple[str, ...]:
    text = latinise(value, _MAX_LENGTH)
    text = _APOSTROPHES.sub("", _AMPERSAND.sub(" ", text))
    text = _SINGLE_LETTERS.sub(_join_letters, text)
    return tuple(_WORDS.findall(text)[: 2 * _MAX_WORDS])


def _join_letters(match: re.Match[str]) -> str:
    """Write "s. a." and "a.e.b.e." as one word, but leave "j. s. bach" apart."""
    letters = re.sub(r"[^a-z]", "", match.group())
    return (
        f" {letters} " if "." in match.group() and len(letters) > 1 else match.group()
    )


def _merge_doubles(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:_MAX_WORDS]


def _without(words: tuple[str, ...], unwanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in unwanted) or words


def _kind(word: str, city: frozenset[str], is_person: bool) -> str:
    if len(word) == 1:
        return INITIAL
    if word in given_names():
        return GIVEN
    if is_person:
        return CORE
    if word in small_words():
        return SMALL
    if word in country_words() or word in cities() or word in city:
        return PLACE
    return CORE

"""The name of a firm or person taken apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from .latin import fold, latinise
from .legal import split_legal_form
from .near import NearWords
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
# Shorter words have too many neighbours to repair a typing error.
_MIN_REPAIRED = 6
_MIN_GIVEN, _MIN_NICKNAME = 3, 4
_MIN_LABEL, _MAX_SLIPS = 5, 2
_SINGLE_LETTERS = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?:[^\W\d_]\b)?")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_APOSTROPHES = re.compile(r"['`\u00b4\u2018\u2019]")
# "Α/φοι", "Υποκ/μα", but not "Nowak/Kowalski".
_SLASHED = re.compile(r"\b([a-z]{1,4})/([a-z]+)")
_AMPERSAND = re.compile(r"\s[&+]\s")

_LOCAL_PARTS = re.compile(r"[a-z]{2,}")

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

    @property
    def letters(self) -> str:
        """The words without spaces."""
        return "".join(self.words)


def parse_name(
    value: str,
    city: frozenset[str] = frozenset(),
    is_person: bool = False,
    country: str = "",
) -> NameParts:
    """Take a name apart; ``city`` are the folded words of the own city.

    ``country`` tells what given names are short for. Values longer than 200 characters
    and names of more than twelve words are cut.
    """
    raw = _raw_words(value, is_person)
    rest, legal_form = (raw, "") if is_person else split_legal_form(raw)
    numbers = {word.lstrip("0") or "0" for word in rest if word.isdigit()}
    words = _merge_doubles(fold(word) for word in rest if not word.isdigit())
    kept = _without(words, titles() | (frozenset() if is_person else trade_words()))
    # "Kal-Dan" has no Daniel in it, and "Afoi" is no Abby.
    is_plain = is_person or "-" not in value
    known = given_names(country)
    full = tuple(_full_name(w, is_person, known) if is_plain else w for w in kept)
    kinds = _kinds(full, city, is_person)
    return NameParts(full, kinds, tuple(sorted(numbers)), legal_form)


def _raw_words(value: str, is_person: bool) -> tuple[str, ...]:
    text = latinise(value, _MAX_LENGTH)
    text = _APOSTROPHES.sub("", _AMPERSAND.sub(" ", text))
    text = _SLASHED.sub(r"\1\2", text)
    if not is_person:
        text = _SINGLE_LETTERS.sub(_join_letters, text)
    return tuple(_WORDS.findall(text)[: 2 * _MAX_WORDS])


def _join_letters(match: re.Match[str]) -> str:
    """Write "s. a." as one word, but leave the initials of "j. s. bach" apart."""
    is_spaced_start = match.start() == 0 and " " in match.group().strip()
    letters = re.sub(r"[^a-z]", "", match.group())
    return match.group() if is_spaced_start else f" {letters} "


def _merge_doubles(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:_MAX_WORDS]


def _full_name(word: str, is_person: bool, known: Mapping[str, str]) -> str:
    if not is_person and (len(word) < _MIN_NICKNAME or word in small_words()):
        return word
    return known.get(word, word)


def _without(words: tuple[str, ...], unwanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in unwanted) or words


def _kinds(words: tuple[str, ...], city: frozenset[str], is_person: bool) -> str:
    """Say what each word is; a firm that has only small words is told by these."""
    kinds = "".join(_kind(word, city, is_person) for word in words)
    if CORE in kinds or GIVEN in kinds:
        return kinds
    return kinds.replace(SMALL, CORE)


def _kind(word: str, city: frozenset[str], is_person: bool) -> str:
    if len(word) == 1:
        return INITIAL
    if is_person:
        return GIVEN if word in given_names() else CORE
    if word in small_words():
        return SMALL
    if word in given_names():
        return GIVEN
    if word in country_words() or word in cities() or _is_near(word, city):
        return PLACE
    return SMALL if _is_nearly_small(word) else CORE


def _is_near(word: str, others: frozenset[str]) -> bool:
    return word in others or (
        len(word) >= _MIN_REPAIRED
        and any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in others)
    )


@lru_cache(maxsize=65536)
def _is_nearly_small(word: str) -> bool:
    """Return whether a word is a trade or the like with one typing error."""
    return len(word) > _MIN_REPAIRED and bool(_near_small().of(word))


@cache
def _near_small() -> NearWords:
    return NearWords(small_words())


def repair(name: NameParts, domains: Iterable[str]) -> NameParts:
    """Return a firm's name with words corrected as its own domain spells them."""
    labels = [fold(domain.partition(".")[0]) for domain in domains]
    labels = [label for label in labels if len(label) >= _MIN_LABEL]
    if not labels or name.letters in labels:
        return name
    words = tuple(
        next((la for la in labels if kind == CORE and _is_slip(word, la)), word)
        for word, kind in zip(name.words, name.kinds, strict=True)
    )
    return NameParts(words, name.kinds, name.numbers, name.legal_form)


def _is_slip(word: str, label: str) -> bool:
    return OSA.distance(word, label, score_cutoff=_MAX_SLIPS) <= _MAX_SLIPS


def spell_out(
    name: NameParts, mailboxes: Iterable[str], country: str = ""
) -> NameParts:
    """Return a person's name with initials spelled out as in a mailbox.

    "K. Farley" with kelsey_farley@… is Kelsey; so is one with kelseyfarley@….
    """
    if INITIAL not in name.kinds:
        return name
    known = [w for w, k in zip(name.words, name.kinds, strict=True) if k != INITIAL]
    spelled = [part for box in mailboxes for part in _given_parts(box, known, country)]
    words = list(name.words)
    kinds = list(name.kinds)
    for position, kind in enumerate(name.kinds):
        found = [part for part in spelled if part[0] == words[position][0]]
        if kind == INITIAL and found and found[0] not in words:
            words[position] = found[0]
            kinds[position] = GIVEN if found[0] in given_names() else CORE
    return NameParts(tuple(words), "".join(kinds), name.numbers, name.legal_form)


def _given_parts(mailbox: str, known: list[str], country: str) -> Iterator[str]:
    """Yield what a mailbox has beside a known surname, folded."""
    local = mailbox.partition("@")[0]
    parts = [fold(part) for part in _LOCAL_PARTS.findall(local)]
    for surname in known:
        for part in parts:
            rest = part.removeprefix(surname).removesuffix(surname)
            is_telling = rest != part or surname in parts
            if is_telling and len(rest) >= _MIN_GIVEN and rest != surname:
                yield given_names(country).get(rest, rest)

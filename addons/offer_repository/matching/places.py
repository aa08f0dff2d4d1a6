"""Streets, cities and post codes in normal form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .latin import fold, latinise
from .text import alphanumerics
from .vocabulary import cities, street_words

_MAX_LENGTH = 120
_FLAT = re.compile(
    r"\b(?:apt|apartment|app|appt|flat|unit|suite|ste|lok|lokal|m|mieszkanie|whg|wohnung"
    r"|diam|room|pok|pokoj|level|lot)\b\.?\s*(?:nr\.?\s*)?#?(\d+[a-z]?)\b"
)
_NUMBER = re.compile(r"\b(\d+)\s?([a-z]?)\b(?:\s*[/\\-]\s*(\d+)[a-z]?\b)?")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_STREET_SUFFIX = re.compile(r"(?:strasse|strase|str)\Z")
_CITY_WORD = re.compile(r"[a-z]{2,}")
_SMALL_CITY_WORDS = frozenset(
    ("am", "an", "der", "im", "bei", "nad", "upon", "ob", "von")
)


@dataclass(frozen=True, slots=True)
class Street:
    """A street address.

    :ivar name: folded words of the street without its kind, ``""`` when not known
    :ivar house: number with letter
    :ivar flat: number of flat or unit
    """

    name: str = ""
    house: str = ""
    flat: str = ""


def parse_street(value: str) -> Street:
    """Take a street address apart; texts longer than 120 characters are cut."""
    text = latinise(value, _MAX_LENGTH)
    flats = _FLAT.findall(text)
    text = _FLAT.sub(" ", text)
    number = _NUMBER.search(text)
    house = f"{number[1].lstrip('0')}{number[2]}" if number else ""
    if number:
        text = f"{text[: number.start()]} {text[number.end() :]}"
    flat = (number[3] or "") if number else ""
    words = [_street_word(word) for word in _WORDS.findall(text)]
    name = " ".join(fold(word) for word in words if word)
    return Street(name, house, flats[0] if flats else flat)


def _street_word(word: str) -> str:
    if word in street_words():
        return ""
    stem = _STREET_SUFFIX.sub("", word)
    return stem if len(stem) > 2 else word


def city_words(value: str) -> tuple[str, ...]:
    """Return the folded words of a city, under its name at home."""
    return _city_words(value[:_MAX_LENGTH])


@lru_cache(maxsize=4096)
def _city_words(value: str) -> tuple[str, ...]:
    words = _CITY_WORD.findall(latinise(value, _MAX_LENGTH))
    folded = [fold(word) for word in words if word not in _SMALL_CITY_WORDS]
    joined = "".join(folded)
    home = cities().get(joined)
    if home:
        return (home,)
    return tuple(cities().get(word, word) for word in folded)


def normalise_zip(value: str) -> str:
    """Return letters and digits of a post code, ``""`` when it cannot be one."""
    code = alphanumerics(value, 20)
    return code if 3 <= len(code) <= 10 and any(map(str.isdigit, code)) else ""

"""The words of one country, and draws from them."""

from __future__ import annotations

import functools
import json
import random
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
COUNTRIES = ("PL", "GR", "DE", "GB")


@dataclass(frozen=True)
class City:
    """A town with the other ways to write it."""

    name: str
    variants: tuple[str, ...]
    zip_start: str
    area: str


@dataclass(frozen=True)
class Person:
    """A human being; ``is_female`` decides the form of Slavic and Greek surnames."""

    given: str
    surname: str
    is_female: bool


class Words:
    """Vocabulary of a country.

    :ivar lists: the file's content; texts of single words are split already
    """

    def __init__(self, country: str):
        raw = json.loads((FOLDER / f"{country}.json").read_text())
        self.country = country
        self.lists = {
            name: value.split() if isinstance(value, str) else value
            for name, value in raw.items()
        }
        self.cities = [
            City(name, tuple(filter(None, others.split(";"))), start, area)
            for name, others, start, area in raw["cities"]
        ]
        self.nicknames: dict[str, str] = raw["nicknames"]

    def pick(self, rng: random.Random, name: str):
        """Return one entry of a list, each as likely as the next."""
        return rng.choice(self.lists[name])

    def often_first(self, rng: random.Random, name: str):
        """Return one entry; those in front of the list come up more often."""
        entries = self.lists[name]
        return entries[int(len(entries) * rng.random() ** 2)]

    def person(self, rng: random.Random, surname: str | None = None) -> Person:
        """Return somebody, of the family ``surname`` (male form) if one is given."""
        is_female = rng.random() < 0.5
        given = self.often_first(rng, "given_female" if is_female else "given_male")
        family = surname or self.surname(rng)
        return Person(
            given, gendered(family, self.country) if is_female else family, is_female
        )

    def surname(self, rng: random.Random) -> str:
        """Return a family name in its male form: a third common, the others rare."""
        if rng.random() < 0.35:
            return self.often_first(rng, "surnames")
        return self.pick(rng, "surname_stems") + self.pick(rng, "surname_ends")

    def city(self, rng: random.Random) -> City:
        """Return a town; large ones have more customers."""
        return self.cities[int(len(self.cities) * rng.random() ** 1.6)]

    def street(self, rng: random.Random) -> str:
        """Return the name of a street."""
        return self.pick(rng, "streets").replace("_", " ")


def gendered(surname: str, country: str) -> str:
    """Return the female form of a family name."""
    if country == "PL" and surname.endswith(("ski", "cki")):
        return surname[:-1] + "a"
    if country == "GR":
        if surname.endswith("όπουλος"):
            return surname[: -len("όπουλος")] + "οπούλου"
        return surname[:-1] if surname.endswith("ς") else surname
    return surname


@functools.cache
def words_of(country: str) -> Words:
    """Return the vocabulary of a country, read once."""
    return Words(country)


_SYLLABLES = {
    place: texts.split()
    for place, texts in json.loads((FOLDER / "brands.json").read_text()).items()
}
_CAPITALS = "ABCDEFGHIKLMNOPRSTWZ"


def brand(rng: random.Random) -> str:
    """Return an invented name: a coined word, initials, or a word with initials."""
    kind = rng.random()
    if kind < 0.12:
        letters = "".join(rng.choice(_CAPITALS) for _each in range(rng.choice((2, 3))))
        return (
            letters
            + rng.choice(("", "-", " "))
            + rng.choice(_SYLLABLES["closings"]).title()
        )
    middles = "".join(
        rng.choice(_SYLLABLES["middles"]) for _each in range(rng.choice((0, 1, 1, 2)))
    )
    word = (
        rng.choice(_SYLLABLES["openings"])
        + middles
        + rng.choice(_SYLLABLES["closings"])
    )
    if kind < 0.24:
        return f"{word}-{rng.choice(_SYLLABLES['closings']).title()}"
    return word.title()

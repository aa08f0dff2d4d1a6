"""Word lists that the addon brings along: what says little, and what means the same."""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .latin import fold

_DATA = Path(__file__).parent / "data"
_LONGEST_ENDING = len("com.gr")
_LANGUAGES = {
    "PL": "PL",
    **dict.fromkeys(("GR", "CY"), "GR"),
    **dict.fromkeys(("DE", "AT", "CH", "LI", "LU"), "DE"),
    **dict.fromkeys(("GB", "US", "IE", "CA", "AU", "NZ"), "EN"),
}


def _read(name: str) -> Any:
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


def _folded(group: str) -> frozenset[str]:
    lines: list[str] = _read("words")[group]
    return frozenset(fold(word) for line in lines for word in line.split())


def _plain(group: str) -> frozenset[str]:
    lines: list[str] = _read("words")[group]
    return frozenset(word for line in lines for word in line.split())


@cache
def small_words() -> frozenset[str]:
    """Trades, kinds of business and fillers, folded."""
    return _folded("small")


@cache
def country_words() -> frozenset[str]:
    """Countries as part of a firm's name, folded."""
    return _folded("country")


@cache
def titles() -> frozenset[str]:
    """Forms of address and degrees, folded."""
    return _folded("title")


@cache
def trade_words() -> frozenset[str]:
    """Words that many people leave out of a name altogether, folded."""
    return _folded("trade")


@cache
def lines_of_business() -> dict[str, str]:
    """Words for what a firm does, folded, with the line of business of each."""
    lines: dict[str, str] = _read("trades")
    return {fold(word): name for name, words in lines.items() for word in words.split()}


@cache
def street_words() -> frozenset[str]:
    """Kinds of street and what people put in front of its name, latinised."""
    return _plain("street")


@cache
def role_words() -> frozenset[str]:
    """Mailboxes that any firm has: info@, biuro@."""
    return _plain("role")


def given_names(country: str = "") -> dict[str, str]:
    """Given names and their short forms, folded, with the full name of each.

    Some are short for one name here and for another there: Lena is Eleni in Greece and
    Magdalena in Germany. What people of ``country`` (two letters) say comes first.
    """
    return _given_names(_LANGUAGES.get(country, ""))


@cache
def _given_names(own: str) -> dict[str, str]:
    lines: dict[str, str] = _read("given_names")
    names: dict[str, str] = {}
    for language in sorted(lines, key=lambda name: name != own):
        found = _short_and_full(lines[language])
        names |= {s: f for s, f in found if s not in names}
    return names


def _short_and_full(line: str) -> Iterator[tuple[str, str]]:
    entries = [entry.partition("=") for entry in line.split()]
    for full, _, _ in entries:
        yield fold(full), fold(full)
    for full, _, short_forms in entries:
        for short in filter(None, short_forms.split(",")):
            yield fold(short), fold(full)


@cache
def cities() -> dict[str, str]:
    """Names of cities in other languages, folded, with the name at home."""
    names: dict[str, str] = {}
    for home, others in _read("cities").items():
        own = "".join(fold(word) for word in home.split())
        names[own] = own
        names |= {fold(other): own for other in others.split()}
    return names


@cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Legal forms as tuples of latinised words, with the class of each."""
    forms: dict[str, str] = _read("legal_forms")
    return {
        tuple(spelling.split()): name
        for name, spellings in forms.items()
        for spelling in spellings.split("|")
    }


@lru_cache(maxsize=16384)
def is_free_mail(host: str) -> bool:
    """Return whether a provider's addresses say nothing about the firm.

    The large ones have a domain in every country: outlook.de, yahoo.com.gr.
    """
    label, _, rest = host.partition(".")
    return host in _free_mail("domains") or (
        label in _free_mail("providers") and len(rest) <= _LONGEST_ENDING
    )


@cache
def _free_mail(group: str) -> frozenset[str]:
    words: dict[str, str] = _read("free_mail")
    return frozenset(words[group].split())

"""Telephone numbers in normal form (E.164)."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat

from .text import fold_width

_MAX_LENGTH = 200
_MAX_NUMBERS = 10
_MAX_TRIES = 30
_LEADING_00 = re.compile(r"(?<![\d+])00(?=[1-9])")
# "+48 (0)22 …": the trunk zero that is only dialled inside the country.
_TRUNK_ZERO = re.compile(r"(?<=\d)\s*\(0\)")


def normalise_phones(value: str, country: str | None) -> tuple[str, ...]:
    """Return every number in ``value`` as E.164, in order, without repetition.

    ``country`` (two-letter code) reads numbers without international prefix; without it
    only those with one count. Extensions go; dummies such as 000000000 are no numbers.
    """
    text = fold_width(value, _MAX_LENGTH)
    text = _TRUNK_ZERO.sub("", _LEADING_00.sub("+", text))
    region = country.upper() if country and len(country) == 2 else None
    found = (_e164(number) for number in _numbers(text, region))
    return tuple(dict.fromkeys(number for number in found if number))[:_MAX_NUMBERS]


def _numbers(text: str, region: str | None) -> Iterator[phonenumbers.PhoneNumber]:
    for match in phonenumbers.PhoneNumberMatcher(text, region, max_tries=_MAX_TRIES):
        yield match.number


def _e164(number: phonenumbers.PhoneNumber) -> str | None:
    if len(set(str(number.national_number))) == 1:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)

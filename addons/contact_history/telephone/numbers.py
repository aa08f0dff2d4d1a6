"""Telephone numbers as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

# Longer fields hold a story, not numbers.
MAX_LENGTH = 250
# How an extension is announced: Polish, Greek, English. The library knows "ext".
_EXTENSION = re.compile(
    r"\b(?:wewn?|w|εσωτ|εσ|int)\b\.?\s*(?=\d{1,6}\b)", re.IGNORECASE
)
_DIGITS = re.compile(r"\D+")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be dialled.

    :param e164: with the country, for example +48221234567.
    :param extension: digits, or None.
    """

    e164: str
    extension: str | None = None

    @property
    def uri(self) -> str:
        """Return what a telephone dials when the number is clicked (RFC 3966)."""
        extension = f";ext={self.extension}" if self.extension else ""
        return f"tel:{self.e164}{extension}"

    @property
    def readable(self) -> str:
        """Return the number in groups, as one reads it from anywhere."""
        parsed = phonenumbers.parse(self.e164, None)
        parsed.extension = self.extension
        return phonenumbers.format_number(
            parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )


def numbers_in(text: str | None, region: str | None) -> tuple[Number, ...]:
    """Return the valid numbers of a field, in their order, each once.

    :param region: ISO code of the country where local numbers are at home.
    """
    if not text:
        return ()
    # "+" would be read as part of a number, "00" before a country is everywhere.
    known = _EXTENSION.sub(" ext ", text[:MAX_LENGTH])
    known = re.sub(r"(?<![\d+])00(?=[1-9])", "+", known)
    found = {
        _number(match.number): None
        for match in phonenumbers.PhoneNumberMatcher(known, region or None)
    }
    return tuple(found)


def number_of(raw: str | None, region: str | None) -> Number | None:
    """Return the one number that a telephone system sent, in whatever writing.

    Many send the country without the plus: what is no number at home is tried so.
    """
    written = numbers_in(raw, region)
    if written:
        return written[0]
    digits = _DIGITS.sub("", raw or "")[:MAX_LENGTH]
    if len(digits) < _SHORTEST:
        return None
    abroad = numbers_in(f"+{digits}", None)
    return abroad[0] if abroad else None


def _number(parsed: phonenumbers.PhoneNumber) -> Number:
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Number(e164, parsed.extension or None)

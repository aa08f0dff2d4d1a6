"""Other people's names, addresses and numbers are left out of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What begins like a telephone number: an amount or a date does not.
_PHONE = re.compile(r"(?<![\w+.,/-])(?:\+|00?)\d[\d ()/.-]{5,}\d")
_WORD = re.compile(r"\w+")
_MIN_WORD = 3
_MIN_DIGITS = 7
_SAME_DIGITS = 9


class Masker:
    """Takes people out of texts that are not addressed to who gets them.

    :param others: names and addresses of those who are to be left out.
    :param own: names, addresses and numbers of who gets the text: they stay.
    :param domains: mail domains that stay, for example the company's own.
    :param placeholder: what is put in instead.
    """

    def __init__(
        self,
        others: Iterable[str],
        own: Iterable[str],
        domains: Iterable[str],
        placeholder: str,
    ) -> None:
        mine = [text.casefold() for text in own]
        self._own_words = {word for text in mine for word in _WORD.findall(text)}
        self._own_emails = {email for text in mine for email in _EMAIL.findall(text)}
        self._own_digits = {_digits(text)[-_SAME_DIGITS:] for text in mine} - {""}
        self._domains = tuple(f"@{domain.casefold()}" for domain in domains)
        self._placeholder = placeholder
        self._names = self._pattern(others)

    def _pattern(self, others: Iterable[str]) -> re.Pattern[str] | None:
        """Return what finds whole names, and surnames that are not the reader's."""
        texts: set[str] = set()
        for name in others:
            clean = " ".join(name.split())
            words = _WORD.findall(clean.casefold())
            if not words or set(words) <= self._own_words:
                continue
            texts.add(clean)
            surname = words[-1]
            if (
                len(words) > 1
                and len(surname) >= _MIN_WORD
                and surname not in self._own_words
            ):
                texts.add(surname)
        if not texts:
            return None
        ordered = sorted(texts, key=lambda text: (-len(text), text))
        every = "|".join(re.escape(text) for text in ordered)
        return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)

    def mask(self, text: str) -> str:
        """Return the text without the others. Cost is linear in its length."""
        text = _EMAIL.sub(self._mask_email, text)
        text = _PHONE.sub(self._mask_phone, text)
        if self._names:
            text = self._names.sub(self._placeholder, text)
        return text

    def _mask_email(self, match: re.Match[str]) -> str:
        email = match[0].casefold()
        stays = email in self._own_emails or email.endswith(self._domains)
        return match[0] if stays else self._placeholder

    def _mask_phone(self, match: re.Match[str]) -> str:
        digits = _digits(match[0])
        stays = len(digits) < _MIN_DIGITS or digits[-_SAME_DIGITS:] in self._own_digits
        return match[0] if stays else self._placeholder


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))

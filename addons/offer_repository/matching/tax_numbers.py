"""Tax numbers in normal form: country code and number without separators."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from .text import alphanumerics, fold_width

_MAX_LENGTH = 64
_MIN_DIGITS = 5
# What people type in front: "NIP:", "ΑΦΜ", "VAT Reg No", "USt-IdNr."
_LABEL = re.compile(
    r"^\W*(?:nip|αφμ|α\.φ\.μ\.|afm|vat|ust|uid|tin|ein|btw|tva|iva|tax)"
    r"(?:[\s\-.]*(?:reg|id|idnr|no|nr|number|ue|eu))*(?=[\W\d]|[a-z]{2}\d)[\s:.\-]*",
    re.IGNORECASE,
)
# Countries whose code travels in front of a tax number; Greece uses EL there.
_EUROPE = """
    AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MC MT NL NO PL PT
    RO SE SI SK SM XI
"""
_PREFIXES = {code: code for code in _EUROPE.split()} | {"EL": "GR"}
# What a number must look like to be worth its check: most readings fail here.
_SHAPES = {
    "PL": re.compile(r"\d{10}"),
    "GR": re.compile(r"\d{8,9}"),
    "DE": re.compile(r"\d{9}"),
    "GB": re.compile(r"\d{9}|\d{12}|(?:GD|HA)\d{3}"),
}
_SEQUENCES = ("0123456789", "123456789", "1234567890")


class _Checker(Protocol):
    """What is used of stdnum's module of one country."""

    def validate(self, number: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class VatKey:
    """One tax number.

    :ivar country: two-letter code, ``GR`` for Greece
    :ivar number: letters and digits without country prefix
    :ivar is_valid: the country's check digit holds
    """

    country: str
    number: str
    is_valid: bool

    @property
    def value(self) -> str:
        """The number with its country in front, the form that is stored."""
        return f"{self.country}{self.number}"


def normalise_vat(value: str, country: str | None) -> VatKey | None:
    """Return the tax number behind ``value``, or ``None`` when there is none.

    A country prefix in the value wins over ``country`` (two-letter code) where the
    check digit agrees. Placeholders such as 0000000000 are none, although some of them
    satisfy the check digit.
    """
    compact = alphanumerics(_LABEL.sub("", fold_width(value, _MAX_LENGTH)), _MAX_LENGTH)
    readings = [
        key for key in _readings(compact, country) if not _is_placeholder(key.number)
    ]
    for key in readings:
        if key.is_valid:
            return key
    return readings[0] if readings else None


def _readings(compact: str, country: str | None) -> list[VatKey]:
    """List what the number may mean, the prefixed reading first."""
    readings = []
    prefixed = _PREFIXES.get(compact[:2])
    if prefixed:
        readings.append(_vat_key(prefixed, compact[2:]))
    if country:
        home = alphanumerics(country, 8)
        readings.append(_vat_key(_PREFIXES.get(home, home), compact))
    return readings


def _vat_key(country: str, number: str) -> VatKey:
    shape = _SHAPES.get(country)
    module = _checker(country)
    if module is None or (shape and not shape.fullmatch(number)):
        return VatKey(country, number, False)
    try:
        checked = alphanumerics(str(module.validate(number)), _MAX_LENGTH)
    except ValidationError:
        return VatKey(country, number, False)
    # Some countries' canonical form carries the prefix again (CHE…, EL…): keep it off.
    return VatKey(country, checked.removeprefix(country), True)


@lru_cache(maxsize=256)
def _checker(country: str) -> _Checker | None:
    if len(country) != 2 or not country.isalpha():
        return None
    return get_cc_module(country.lower(), "vat")


def _is_placeholder(number: str) -> bool:
    digits = "".join(character for character in number if character.isdigit())
    return len(digits) < _MIN_DIGITS or len(set(digits)) == 1 or digits in _SEQUENCES

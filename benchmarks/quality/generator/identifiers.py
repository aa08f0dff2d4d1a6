"""Numbers with the countries' own check digits, and telephone numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass


def _digits(rng: random.Random, count: int, first: str = "123456789") -> str:
    return rng.choice(first) + "".join(
        rng.choice("0123456789") for _each in range(count - 1)
    )


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    pairs = zip(digits, weights, strict=True)
    return sum(int(digit) * weight for digit, weight in pairs)


def _polish(rng: random.Random) -> str:
    while True:
        body = _digits(rng, 9)
        check = sum(
            int(d) * w for d, w in zip(body, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=False)
        )
        if check % 11 < 10:
            return f"{body}{check % 11}"


def _greek(rng: random.Random) -> str:
    body = _digits(rng, 8, "089")
    check = sum(int(d) << (8 - place) for place, d in enumerate(body))
    return f"{body}{check % 11 % 10}"


def _german(rng: random.Random) -> str:
    body = _digits(rng, 8)
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return f"{body}{(11 - product) % 10}"


def _british(rng: random.Random) -> str:
    body = _digits(rng, 7)
    total = _weighted(body, (8, 7, 6, 5, 4, 3, 2))
    return f"{body}{97 - total % 97:02d}" if total % 97 else f"{body}97"


_VATS = {"PL": _polish, "GR": _greek, "DE": _german, "GB": _british}


def vat(rng: random.Random, country: str) -> str:
    """Return a tax number without prefix whose check digit holds."""
    return _VATS[country](rng)


def registry(rng: random.Random, country: str) -> str:
    """Return a number of the court or trade register."""
    if country == "PL":
        return "0000" + _digits(rng, 6)
    if country == "GR":
        return _digits(rng, 12)
    if country == "DE":
        return f"HR{rng.choice('AB')} {_digits(rng, rng.choice((4, 5, 6)))}"
    return _digits(rng, 8, "01")


@dataclass(frozen=True)
class Phone:
    """A telephone number: ``national`` has no trunk zero."""

    country: str
    national: str
    is_mobile: bool


_LENGTHS = {"PL": 9, "GR": 10, "DE": 10, "GB": 10}
_MOBILE = {
    "PL": ("50", "51", "53", "60", "66", "69", "72", "78", "88"),
    "GR": ("690", "693", "694", "697", "698"),
    "DE": ("151", "160", "170", "171", "173", "176", "179"),
    "GB": ("7400", "7500", "7700", "7800", "7911"),
}
DIAL = {"PL": "48", "GR": "30", "DE": "49", "GB": "44"}
TRUNK = {"PL": "", "GR": "", "DE": "0", "GB": "0"}


def mobile(rng: random.Random, country: str) -> Phone:
    """Return somebody's own number."""
    return _phone(rng, country, rng.choice(_MOBILE[country]), True)


def landline(rng: random.Random, country: str, area: str) -> Phone:
    """Return a number of a town."""
    return _phone(rng, country, area, False)


def _phone(rng: random.Random, country: str, start: str, is_mobile: bool) -> Phone:
    rest = _LENGTHS[country] - len(start)
    return Phone(country, start + _digits(rng, rest, "23456789"), is_mobile)


def zip_code(rng: random.Random, country: str, start: str) -> str:
    """Return a postal code of a town whose codes begin with ``start``."""
    if country == "PL":
        return f"{start}-{_digits(rng, 3, '0123456789')}"
    if country == "GB":
        letters = "".join(rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _each in range(2))
        return f"{start}{rng.randint(1, 20)} {rng.randint(1, 9)}{letters}"
    return start + _digits(rng, 3, "0123456789")

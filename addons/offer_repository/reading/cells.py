"""Numbers in the cells of a table, as people and programs write them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from .amounts import CURRENCIES, find_currency, parse_number
from .folding import fold

_MAX_CELL = 60
_NUMBER = re.compile(
    r"(?P<before>[a-z€$£]{0,4}\.?) ?(?P<number>[-−+]? ?\d[\d.,'’ ]*)"
    r"(?P<after>[^\d]*[23]?)"
)
# Digits at the end that can only be decimals: "1,5", "0.25", "1 234,5678".
_DECIMALS = re.compile(r"[^,.]*([.,])(?:\d{1,2}|\d{4,})")
_BIGGEST = Decimal(10) ** 13
_SMALLEST = Decimal("0.000001")


class Number(NamedTuple):
    """What a cell with a number says.

    :ivar unit: what stands behind the number, unless it is a currency: "szt.", "%"
    """

    value: Decimal
    unit: str = ""


def find_mark(texts: Iterable[str]) -> str | None:
    """Return the decimal mark that the numbers of a table have, if they settle it."""
    marks = {mark for mark in map(_mark_of, texts) if mark}
    return marks.pop() if len(marks) == 1 else None


def _match(text: str) -> re.Match[str] | None:
    match = _NUMBER.fullmatch(fold(text)) if len(text) <= _MAX_CELL else None
    is_amount = match and (not match["before"] or _is_currency(match["before"]))
    return match if is_amount else None


def _mark_of(text: str) -> str | None:
    match = _match(text.strip())
    if match is None:
        return None
    plain = match["number"].replace(" ", "")
    if "," in plain and "." in plain:
        return max(",.", key=plain.rfind)
    found = _DECIMALS.fullmatch(plain)
    return found[1] if found else None


def parse_cell(text: str, mark: str | None = None) -> Number | None:
    """Return the number of a cell, or ``None`` if it holds anything else.

    :param mark: the table's decimal mark; it decides whether "1,500" is 1.5 or 1500
    """
    stripped = text.strip()
    match = _match(stripped)
    if match is None:
        return None
    value = _value(match["number"].replace(" ", ""), mark)
    if value is None or abs(value) >= _BIGGEST or value != value.quantize(_SMALLEST):
        return None
    unit = stripped[match.start("after") :].strip(" /-–")
    return Number(value, "" if _is_currency(unit) else unit)


def _value(plain: str, mark: str | None) -> Decimal | None:
    whole, _mark, decimals = plain.partition(mark) if mark else (plain, "", "")
    sound = parse_number(whole) if decimals.isdecimal() else None
    if sound is None or sound != int(sound):
        return parse_number(plain)
    return Decimal(f"{sound}.{decimals}")


def _is_currency(text: str) -> bool:
    bare = fold(text).strip(" .")
    return bare in CURRENCIES or find_currency(bare) is not None

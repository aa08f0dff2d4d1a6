"""Amounts of money as people write them in Poland, Greece, Germany and England."""

import re
from decimal import Decimal
from typing import NamedTuple

CURRENCIES = {
    "zl": "PLN",
    "zlotych": "PLN",
    "€": "EUR",
    "ευρω": "EUR",
    "euro": "EUR",
    "$": "USD",
    "£": "GBP",
    "kc": "CZK",
}
_CODES = "PLN|EUR|USD|GBP|CHF|CZK|SEK|NOK|DKK|HUF|RON|BGN|UAH|TRY"
_NAMES = "|".join(map(re.escape, sorted(CURRENCIES, key=len, reverse=True)))
_CURRENCY = rf"(?:{_CODES.lower()}|{_NAMES})"
_SPACE = r"[ \u00a0\u2007\u2009\u202f]"
_DIGITS = rf"\d(?:[\d.,'’]|{_SPACE}(?=\d{{3}}(?!\d)))*"
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:(?P<before>{_CURRENCY}){_SPACE}*)?"
    rf"(?P<number>{_DIGITS})(?P<dash>,-{{1,2}}|,–)?"
    rf"(?:{_SPACE}*(?P<after>{_CURRENCY})(?![a-zα-ω]))?(?![\w%/-])",
)
_MAX_DIGITS = 15
_MAX_LENGTH = 40


class Amount(NamedTuple):
    """An amount in a text.

    :ivar currency: three letters, or ``None`` when none stands beside the number
    """

    value: Decimal
    currency: str | None
    start: int
    end: int


def parse_number(text: str) -> Decimal | None:
    """Return the number that ``text`` writes, or ``None``.

    The last of comma and point parts the decimals where both are there. One alone with
    three digits behind it groups thousands, as nobody offers thousandths of a cent.
    """
    sign = "-" if text.strip().startswith(("-", "−")) else ""
    plain = re.sub(rf"{_SPACE}|['’]|^[-−+]", "", text.strip())
    if len(plain) > _MAX_LENGTH or not re.fullmatch(r"\d[\d.,]*", plain):
        return None
    whole, decimals = _split(plain.rstrip(".,"))
    if not _is_grouped(whole) or len(whole + decimals) > _MAX_DIGITS + 4:
        return None
    digits = re.sub(r"\D", "", whole)
    if len(digits) > _MAX_DIGITS:
        return None
    return Decimal(f"{sign}{digits}.{decimals}" if decimals else f"{sign}{digits}")


def _split(plain: str) -> tuple[str, str]:
    """Return the whole part, with its separators, and the decimals."""
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return plain, ""
    separator = plain[last]
    other = "." if separator == "," else ","
    behind = plain[last + 1 :]
    if other in plain[:last]:
        return plain[:last], behind
    is_thousands = plain.count(separator) > 1 or (
        len(behind) == 3 and len(plain[:last]) <= 3 and plain[0] != "0"
    )
    return (plain, "") if is_thousands else (plain[:last], behind)


def _is_grouped(whole: str) -> bool:
    """Tell whether separators stand where thousands end, and are of one kind."""
    return bool(re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", whole))


def find_amounts(folded: str) -> list[Amount]:
    """Return the amounts of a folded line, in its order."""
    found = []
    for match in _AMOUNT.finditer(folded):
        value = parse_number(match["number"])
        if value is not None:
            name = match["before"] or match["after"]
            currency = name and CURRENCIES.get(name, name.upper())
            found.append(Amount(value, currency or None, match.start(), match.end()))
    return found


def find_currency(text: str) -> str | None:
    """Return the currency that a short text names, or ``None``."""
    match = re.fullmatch(_CURRENCY, text.strip().lower().replace("ł", "l"))
    return CURRENCIES.get(match[0], match[0].upper()) if match else None

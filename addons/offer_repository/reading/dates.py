"""Dates as people write them in Poland, Greece, Germany and England."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from .folding import fold

_MONTHS = (
    ("stycz", "januar", "jaenner", "ιανουαρ", "jan", "ιαν"),
    ("lut", "februar", "φεβρουαρ", "feb", "φεβ"),
    ("marz", "marc", "maerz", "μαρτ", "mar", "μαρ"),
    ("kwie", "april", "απριλ", "apr", "απρ"),
    ("maj", "mai", "may", "μαι"),
    ("czerw", "jun", "ιουν"),
    ("lip", "jul", "ιουλ"),
    ("sierp", "august", "αυγουστ", "aug", "αυγ"),
    ("wrze", "september", "σεπτεμβρ", "sep", "σεπ"),
    ("pazdz", "oktober", "october", "οκτωβρ", "okt", "oct", "οκτ"),
    ("listop", "november", "νοεμβρ", "nov", "νοε"),
    ("grud", "dezember", "december", "δεκεμβρ", "dez", "dec", "δεκ"),
)
_WORD = r"[a-zα-ω]{3,12}"
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})[-./] ?(\d{1,2})[-./] ?(\d{4}|\d{2})(?![\d])")
_LONG = re.compile(rf"(?<!\d)(\d{{1,2}})\.? ({_WORD})\.?,? (\d{{4}})(?!\d)")
_ENGLISH = re.compile(rf"({_WORD})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_DAYS = re.compile(
    r"(?<!\d)(\d{1,3}) ?(?:dni|dzien|tage[n]?|tag|days?|ημερεσ|ημερων|ημ\.)"
)
_EARLIEST, _LATEST = 1990, 2100


class Found(NamedTuple):
    """A date in a text, and where."""

    value: date
    start: int
    end: int


def find_dates(folded: str) -> list[Found]:
    """Return the dates of a folded line, in its order, each place once."""
    found: list[Found] = []
    for pattern, order in (
        (_ISO, "ymd"),
        (_LONG, "dmy"),
        (_ENGLISH, "mdy"),
        (_SHORT, "dmy"),
    ):
        for match in pattern.finditer(folded):
            value = _value(dict(zip(order, match.groups(), strict=True)))
            is_free = all(
                match.end() <= one.start or one.end <= match.start() for one in found
            )
            if value and is_free:
                found.append(Found(value, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def parse_date(text: str) -> date | None:
    """Return the one date that ``text`` writes, or ``None``."""
    found = find_dates(fold(text.strip()[:60]))
    return found[0].value if len(found) == 1 else None


def find_days(folded: str) -> int | None:
    """Return the number of days that a folded text speaks of, or ``None``."""
    match = _DAYS.search(folded)
    return int(match[1]) if match and match[1].strip("0") else None


def days_after(start: date, days: int) -> date | None:
    """Return the day ``days`` after ``start``, or ``None`` beyond the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def _value(parts: dict[str, str]) -> date | None:
    year, day = int(parts["y"]), int(parts["d"])
    month = _month(parts["m"])
    if len(parts["y"]) == 2:
        year += 2000
    if month > 12 >= day:
        day, month = month, day  # only Americans write the month first
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    for number, starts in enumerate(_MONTHS, start=1):
        if text.startswith(starts):
            return number
    return 0

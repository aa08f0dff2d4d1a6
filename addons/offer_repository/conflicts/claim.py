"""How long a branch keeps a customer: as long as it works with him."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Standing(Enum):
    """What a claim is worth today."""

    LIVE = "live"
    ENDING = "ending"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Term:
    """The protected time: first and last day, and what a contact adds to it."""

    start: date
    end: date
    days: int


def extended(term: Term, contacts: Iterable[date], today: date) -> Term:
    """Return the term as contacts of its branch up to today make it.

    A contact within the protected time keeps the customer for another ``days`` days
    from then on. One before, or after the time was over, keeps nothing.
    """
    end = term.end
    for day in sorted(contacts):
        if term.start <= day <= min(end, today):
            end = max(end, _later(day, term.days))
    return Term(term.start, end, term.days)


def standing(term: Term, today: date, warn_days: int) -> Standing:
    """Return whether a term holds, is about to end, or is over."""
    if today > term.end:
        return Standing.RELEASED
    if (term.end - today).days < warn_days:
        return Standing.ENDING
    return Standing.LIVE


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max

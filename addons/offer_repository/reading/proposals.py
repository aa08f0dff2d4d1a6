"""What an offer's text seems to say: proposals for a person to confirm."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .amounts import Amount, find_amounts
from .dates import days_after, find_dates, find_days
from .folding import fold
from .labels import LABELS

FIELDS = (
    "amount_total",
    "amount_untaxed",
    "currency",
    "customer",
    "date",
    "email",
    "number",
    "phone",
    "validity",
    "vat",
)
_MAX_TEXT = 200_000
_MAX_LINE = 400
_SNIPPET = 120
_NEXT_LINE = 0.9  # of the confidence, when the value stands below its label
_NUMBER = re.compile(r"[^\W_][\w/.-]*\d[\w/.-]*")
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_TAX = re.compile(
    r"(?:\b(?:nip|vat|ust|uid|tax|btw|tva|dic)\b|αφμ|α\.φ\.μ\.)[^\d\n]{0,20}?"
    r"((?:[a-z]{2} ?)?\d[\d -]{6,16}\d)|\b([a-z]{2} ?\d[\d -]{6,14}\d)\b"
)
_PHONE = re.compile(
    r"(?:\b(?:tel|telefon|phone|mobil\w*|kom)\b|τηλ\w*)\W*?(\+?\d[\d ()/.-]{6,20})"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text.

    :ivar normalise_tax: returns a tax number whose check digit holds, or ``None``
    :ivar find_phones: returns telephone numbers of a text in normal form
    :ivar own_tax_numbers: of our own companies, in that form; never a customer's
    :ivar own_domains: of our own mailboxes
    """

    normalise_tax: Callable[[str], str | None]
    find_phones: Callable[[str], tuple[str, ...]]
    own_tax_numbers: frozenset[str] = frozenset()
    own_phones: frozenset[str] = frozenset()
    own_domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a field may hold, how sure that is, and where it was read.

    :ivar field: one of :data:`FIELDS`
    :ivar value: amounts as plain decimals, dates as ISO, all as text
    :ivar confidence: 0 to 1
    :ivar snippet: the line it was read from
    """

    field: str
    value: str
    confidence: float
    snippet: str


@dataclass(frozen=True, slots=True)
class _Line:
    raw: str
    folded: str


def propose(text: str, context: Context) -> tuple[Proposal, ...]:
    """Return at most one proposal a field, in the order of :data:`FIELDS`.

    Linear in the length of the text, of which the first 200,000 characters count.
    """
    lines = [
        _Line(raw, fold(raw))
        for raw in (line[:_MAX_LINE] for line in text[:_MAX_TEXT].splitlines())
        if raw.strip()
    ]
    found = [
        *_amounts(lines),
        *_dates(lines),
        *_numbers(lines),
        *_customers(lines),
        *_tax_numbers(lines, context),
        *_mailboxes(lines, context),
        *_phones(lines, context),
    ]
    best: dict[str, Proposal] = {}
    for proposal in found:
        known = best.get(proposal.field)
        if known is None or proposal.confidence > known.confidence:
            best[proposal.field] = proposal
    chosen = _consistent(best)
    return tuple(chosen[field] for field in FIELDS if field in chosen)


def _make(field: str, value: str, confidence: float, line: _Line) -> Proposal:
    snippet = " ".join(line.raw.split())[:_SNIPPET]
    return Proposal(field, value, round(confidence, 2), snippet)


def _labelled(lines: list[_Line], field: str) -> Iterator[tuple[float, int, int]]:
    """Yield strength, number of the line and where the value may begin."""
    for index, line in enumerate(lines):
        for strength, pattern in LABELS[field]:
            match = pattern.search(line.folded)
            if match:
                yield strength, index, match.end()
                break


def _places(lines: list[_Line], field: str) -> Iterator[tuple[float, _Line, str]]:
    """Yield strength, line and what stands behind a label or, if nothing, below it."""
    for strength, index, start in _labelled(lines, field):
        line = lines[index]
        if re.search(r"[^\W_]", line.folded[start:]):
            yield strength, line, line.raw[start:]
        elif index + 1 < len(lines):
            below = lines[index + 1]
            yield strength * _NEXT_LINE, below, below.raw


# ----------------------------------------------------------------------
# Amounts
# ----------------------------------------------------------------------


def _amounts(lines: list[_Line]) -> Iterator[Proposal]:
    found: list[tuple[float, Amount, str, _Line]] = []
    for field in ("amount_untaxed", "amount_total"):
        for strength, line, behind in _places(lines, field):
            is_below = behind is line.raw
            amounts = [
                one
                for one in find_amounts(fold(behind))
                if one.value > 0 and (not is_below or _is_money(one))
            ]
            if amounts and not _is_of(field, line):
                chosen = _largest(amounts) if field == "amount_total" else amounts[0]
                found.append((strength, chosen, field, line))
    found = found or _guessed(lines)
    # the last of several totals is the one below the page breaks
    for strength, amount, field, line in reversed(found):
        sure = strength if amount.currency else strength * 0.85
        yield _make(field, format(amount.value, "f"), sure, line)
        if amount.currency:
            yield _make("currency", amount.currency, strength, line)


def _is_of(field: str, line: _Line) -> bool:
    """Tell whether a line speaks of the other amount, or of the tax between both."""
    other = {"amount_total": "amount_untaxed", "amount_untaxed": "amount_total"}[field]
    strong_other = LABELS[other][0][1].search(line.folded)
    strong_own = LABELS[field][0][1].search(line.folded)
    return bool(strong_other and not strong_own)


def _is_money(amount: Amount) -> bool:
    """Tell an amount below its label from the first cell below a table's heading."""
    has_cents = amount.value.as_tuple().exponent != 0
    return bool(amount.currency) or has_cents or amount.value >= 1000


def _largest(amounts: list[Amount]) -> Amount:
    return max(amounts, key=lambda one: (one.currency is not None, one.value))


def _guessed(lines: list[_Line]) -> list[tuple[float, Amount, str, _Line]]:
    """Return the largest amount that has a currency, when nothing is called total."""
    amounts = [
        (amount, line)
        for line in lines
        for amount in find_amounts(line.folded)
        if amount.currency and amount.value > 0
    ]
    if not amounts:
        return []
    amount, line = max(amounts, key=lambda one: one[0].value)
    return [(0.4, amount, "amount_total", line)]


# ----------------------------------------------------------------------
# Dates
# ----------------------------------------------------------------------


def _dates(lines: list[_Line]) -> Iterator[Proposal]:
    until = LABELS["validity"]
    made: Proposal | None = None
    for strength, line, behind in _places(lines, "date"):
        is_until = any(pattern.search(line.folded) for _sure, pattern in until)
        dates = find_dates(fold(behind))
        if dates and not is_until:
            one = _make("date", dates[0].value.isoformat(), strength, line)
            made = made if made and made.confidence >= strength else one
    made = made or _first_date(lines)
    if made:
        yield made
    for strength, line, behind in _places(lines, "validity"):
        folded = fold(behind)
        dates, days = find_dates(folded), find_days(folded)
        value = dates[0].value if dates else _after(made, days)
        if value:
            sure = strength if dates else strength * 0.9
            yield _make("validity", value.isoformat(), sure, line)


def _after(made: Proposal | None, days: int | None) -> date | None:
    return days_after(date.fromisoformat(made.value), days) if made and days else None


def _first_date(lines: list[_Line]) -> Proposal | None:
    """Return the first date of the text that nobody says is a last day."""
    for line in lines:
        is_until = any(one.search(line.folded) for _sure, one in LABELS["validity"])
        dates = find_dates(line.folded)
        if dates and not is_until:
            return _make("date", dates[0].value.isoformat(), 0.5, line)
    return None


# ----------------------------------------------------------------------
# Names and numbers
# ----------------------------------------------------------------------


def _numbers(lines: list[_Line]) -> Iterator[Proposal]:
    for strength, line, behind in _places(lines, "number"):
        match = _NUMBER.search(behind)
        if match is None:
            continue
        value = match.group().rstrip("._-/")
        if not find_dates(fold(value)) and len(value) <= 40:
            yield _make("number", value, strength, line)


def _customers(lines: list[_Line]) -> Iterator[Proposal]:
    for strength, line, behind in _places(lines, "customer"):
        name = behind.lstrip(" :.-–\t").rstrip()
        if sum(map(str.isalpha, name)) >= 3:
            yield _make("customer", " ".join(name.split())[:100], strength, line)


def _tax_numbers(lines: list[_Line], context: Context) -> Iterator[Proposal]:
    for line in lines:
        for match in _TAX.finditer(line.folded):
            number = context.normalise_tax((match[1] or match[2]).upper())
            if number and number not in context.own_tax_numbers:
                yield _make("vat", number, 0.95 if match[1] else 0.85, line)


def _mailboxes(lines: list[_Line], context: Context) -> Iterator[Proposal]:
    for line in lines:
        for match in _MAILBOX.finditer(line.raw):
            address = match.group().lower()
            if address.rpartition("@")[2] not in context.own_domains:
                yield _make("email", address, 0.8, line)


def _phones(lines: list[_Line], context: Context) -> Iterator[Proposal]:
    for line in lines:
        for match in _PHONE.finditer(line.folded):
            for number in context.find_phones(match[1]):
                if number not in context.own_phones:
                    yield _make("phone", number, 0.8, line)


# ----------------------------------------------------------------------
# Together
# ----------------------------------------------------------------------


def _consistent(by_field: dict[str, Proposal]) -> dict[str, Proposal]:
    """Leave out what contradicts something that is surer.

    A net amount above the total, and a last day before the offer's own.
    """
    left = dict(by_field)
    total, untaxed = left.get("amount_total"), left.get("amount_untaxed")
    if total and untaxed and Decimal(untaxed.value) > Decimal(total.value):
        del left[min((total, untaxed), key=lambda one: one.confidence).field]
    made, until = left.get("date"), left.get("validity")
    if made and until and until.value < made.value:
        del left[min((made, until), key=lambda one: one.confidence).field]
    return left

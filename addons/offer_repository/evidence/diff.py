"""What changed between two contents of an offer, line by line and term by term.

Lines are aligned by product, then by text, in the order they stand in; sections and
notes only by text. Amounts stay the decimal texts they are in the payload.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Line = Mapping[str, Any]

# What of a line is compared, in the order it is shown.
LINE_FIELDS = (
    "name",
    "quantity",
    "uom_name",
    "price_unit",
    "discount",
    "tax_names",
    "is_optional",
    "subtotal",
)
# What of the whole is compared; totals and terms are what people ask for first.
TERM_FIELDS = (
    "currency",
    "validity",
    "payment_term",
    "pricelist",
    "delivery_date",
    "incoterm",
    "client_reference",
    "team",
    "terms",
)
TOTAL_FIELDS = ("untaxed", "tax", "total")
# Not the discount: per cent of per cent says nothing to anybody.
_AMOUNTS = frozenset({"quantity", "price_unit", "subtotal", *TOTAL_FIELDS})


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs.

    :param percent: how far an amount moved, rounded to two digits; None for others
        and from nothing
    """

    field: str
    before: Any
    after: Any
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """What happened to one line: ``added``, ``removed``, ``changed`` or ``equal``.

    :param left: position from 1 in the older content, None for an added line
    :param right: position from 1 in the newer content, None for a removed line
    """

    kind: str
    label: str
    left: int | None
    right: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentDiff:
    """All that differs between two contents."""

    terms: tuple[Change, ...]
    totals: tuple[Change, ...]
    lines: tuple[LineChange, ...]

    @property
    def is_equal(self) -> bool:
        """Tell whether nothing differs."""
        lines = all(line.kind == "equal" for line in self.lines)
        return lines and not self.terms and not self.totals


def diff_contents(older: Mapping[str, Any], newer: Mapping[str, Any]) -> ContentDiff:
    """Return what differs between the ``content`` of two payloads.

    Quadratic in the lines of one product only, which are few.
    """
    totals = _changes(older.get("totals", {}), newer.get("totals", {}), TOTAL_FIELDS)
    return ContentDiff(
        terms=_changes(older, newer, TERM_FIELDS),
        totals=totals,
        lines=_diff_lines(older.get("lines", ()), newer.get("lines", ())),
    )


def _changes(
    older: Mapping[str, Any], newer: Mapping[str, Any], fields: Sequence[str]
) -> tuple[Change, ...]:
    return tuple(
        _change(field, older.get(field), newer.get(field))
        for field in fields
        if (older.get(field) or None) != (newer.get(field) or None)
    )


def _change(field: str, before: Any, after: Any) -> Change:
    if field not in _AMOUNTS:
        return Change(field, before, after)
    was, now = Decimal(before or 0), Decimal(after or 0)
    if not was:
        return Change(field, before, after)
    percent = ((now - was) / abs(was) * 100).quantize(Decimal("0.01"))
    return Change(field, before, after, percent)


def _diff_lines(older: Sequence[Line], newer: Sequence[Line]) -> tuple[LineChange, ...]:
    partner = _align(older, newer)
    found = {right: left for left, right in partner.items()}
    result: list[LineChange] = []
    gone = iter([left for left in range(len(older)) if left not in partner])
    waiting = next(gone, None)
    for right, line in enumerate(newer):
        left = found.get(right)
        if left is None:
            result.append(LineChange("added", _label(line), None, right + 1))
            continue
        # a removed line stands where it stood: before the line that followed it
        while waiting is not None and waiting < left:
            result.append(_removed(older, waiting))
            waiting = next(gone, None)
        changes = _changes(older[left], line, LINE_FIELDS)
        kind = "changed" if changes else "equal"
        result.append(LineChange(kind, _label(line), left + 1, right + 1, changes))
    while waiting is not None:
        result.append(_removed(older, waiting))
        waiting = next(gone, None)
    return tuple(result)


def _removed(older: Sequence[Line], left: int) -> LineChange:
    return LineChange("removed", _label(older[left]), left + 1, None)


def _label(line: Line) -> str:
    return str(line.get("name") or line.get("product_name") or "")


def _align(older: Sequence[Line], newer: Sequence[Line]) -> dict[int, int]:
    """Return which older line is which newer one, by index.

    Best agreement first: same product and text, then same product, then same text of
    lines without one. Among equals the first of the one goes with the first of the
    other.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for key in (_product_and_text, _product, _text):
        places: dict[object, list[int]] = {}
        for right, line in enumerate(newer):
            if right not in taken and key(line) is not None:
                places.setdefault(key(line), []).append(right)
        for left, line in enumerate(older):
            queue = places.get(key(line)) if left not in pairs else None
            if queue:
                pairs[left] = queue.pop(0)
                taken.add(pairs[left])
    return pairs


def _product_and_text(line: Line) -> object:
    product = _product(line)
    return None if product is None else (product, line.get("name"))


def _product(line: Line) -> object:
    return line.get("product_id") or line.get("product_code") or None


def _text(line: Line) -> object:
    if _product(line) is not None:
        return None
    return (line.get("display_type"), line.get("name") or "")

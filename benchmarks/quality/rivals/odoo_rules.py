"""What Odoo itself compares: the tax number; and what its CRM compares for leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from .records import Answers, Clean, Scores, pair_of

_LARGEST_GROUP = 200


def find_same_vat(records: list[Clean], _answers: Answers) -> Scores:
    """Return the pairs of equal tax number."""
    return _sharing(records, lambda record: [record.vat])


def find_crm_like(records: list[Clean], _answers: Answers) -> Scores:
    """Return the pairs of equal tax number, mailbox, company domain or telephone.

    The score is how many of them are equal.
    """
    scores: Scores = defaultdict(float)
    for value in ("vat", "email", "domain"):
        for pair in _sharing(records, lambda r, value=value: [getattr(r, value)]):
            scores[pair] += 1
    for pair in _sharing(records, lambda record: record.phones):
        scores[pair] += 1
    return dict(scores)


def _sharing(records: list[Clean], values) -> Scores:
    return dict.fromkeys(_pairs(records, values), 1.0)


def _pairs(records: list[Clean], values) -> Iterator[tuple[str, str]]:
    groups = defaultdict(list)
    for record in records:
        for value in filter(None, values(record)):
            groups[value].append(record.record_id)
    for group in groups.values():
        if len(group) <= _LARGEST_GROUP:
            for left, right in combinations(group, 2):
                yield pair_of(left, right)

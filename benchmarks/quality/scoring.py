"""How good scored pairs are against a labelled register.

Counted are pairs of records. Pairs between clusters that the relations call ``related``
are neither right nor wrong.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby, product
from pathlib import Path

Pair = tuple[str, str]
PRECISIONS = (0.9, 0.95, 0.99, 0.995)


@dataclass(frozen=True)
class Quality:
    """Right, wrong and missed pairs at one threshold."""

    threshold: float
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the figures for JSON."""
        names = ("threshold", "precision", "recall", "f1", "right", "wrong", "missed")
        return {name: round(getattr(self, name), 4) for name in names}


class Truth:
    """The labels of one register, from its two files."""

    def __init__(self, records: Path, relations: Path | None):
        self._cluster: dict[str, str] = {}
        self._tags: dict[str, frozenset[str]] = {}
        self._members: defaultdict[str, list[str]] = defaultdict(list)
        for row in _rows(records):
            name = row["record_id"]
            self._cluster[name] = row["cluster_id"]
            self._tags[name] = frozenset(filter(None, row["tags"].split(";")))
            self._members[row["cluster_id"]].append(name)
        self._relations: dict[frozenset[str], tuple[str, str]] = {}
        if relations and relations.exists():
            for row in _rows(relations):
                both = frozenset((row["cluster_a"], row["cluster_b"]))
                self._relations[both] = (row["kind"], row["tag"])
        self.total = sum(1 for _pair in self.duplicates())

    def duplicates(self) -> Iterator[Pair]:
        """Yield all pairs that are one customer."""
        for members in self._members.values():
            yield from combinations(sorted(members), 2)

    def verdict(self, pair: Pair) -> bool | None:
        """Say whether a pair is one customer; ``None`` when it does not count."""
        left, right = (self._cluster[name] for name in pair)
        if left == right:
            return True
        kind, _tag = self._relations.get(frozenset((left, right)), ("", ""))
        return None if kind == "related" else False

    def sweep(self, scores: Mapping[Pair, float]) -> list[Quality]:
        """Return the quality at every threshold, the highest first."""
        ranked = sorted(
            ((score, self.verdict(pair)) for pair, score in scores.items()),
            key=lambda scored: -scored[0],
        )
        found, right, wrong = [], 0, 0
        for threshold, group in groupby(ranked, key=lambda scored: scored[0]):
            verdicts = [verdict for _score, verdict in group]
            right += verdicts.count(True)
            wrong += verdicts.count(False)
            found.append(Quality(threshold, right, wrong, self.total - right))
        return found

    def recall_by_tag(self, found: set[Pair]) -> dict[str, tuple[int, float]]:
        """Return for each tag of a record how many duplicates have it, and recall."""
        seen: defaultdict[str, list[bool]] = defaultdict(list)
        for pair in self.duplicates():
            for tag in self._tags[pair[0]] | self._tags[pair[1]]:
                seen[tag].append(pair in found)
        return {
            t: (len(hits), sum(hits) / len(hits)) for t, hits in sorted(seen.items())
        }

    def flagged_by_tag(self, found: set[Pair]) -> dict[str, tuple[int, float]]:
        """Return for each kind of look-alike how many pairs there are, and found."""
        seen: defaultdict[str, list[bool]] = defaultdict(list)
        for both, (_kind, tag) in self._relations.items():
            left, right = sorted(both)
            for one, other in product(self._members[left], self._members[right]):
                seen[tag].append((min(one, other), max(one, other)) in found)
        return {
            t: (len(hits), sum(hits) / len(hits))
            for t, hits in sorted(seen.items())
            if hits
        }


def best(sweep: list[Quality]) -> Quality:
    """Return the threshold with the highest F1."""
    return max(sweep, key=lambda quality: quality.f1)


def at_precision(sweep: list[Quality], precision: float) -> Quality | None:
    """Return the lowest threshold that still has this precision."""
    good = [quality for quality in sweep if quality.precision >= precision]
    return good[-1] if good else None


def calibration(scores: Mapping[Pair, float], truth: Truth) -> list[dict[str, float]]:
    """Return for each tenth of the scores its pairs and the share that is right."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, score in scores.items():
        verdict = truth.verdict(pair)
        if verdict is not None:
            bins[min(9, int(score * 10))].append((score, verdict))
    return [
        {
            "from": tenth / 10,
            "pairs": len(found),
            "mean_score": round(sum(s for s, _right in found) / len(found), 3),
            "right": round(sum(right for _s, right in found) / len(found), 3),
        }
        for tenth, found in sorted(bins.items())
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

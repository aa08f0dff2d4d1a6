"""Labelled registers as profiles, candidate pairs and observations."""

import csv
import gzip
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "addons" / "offer_repository"))

from matching import Party, Profile, normalise  # noqa: E402
from matching.features import observe  # noqa: E402
from matching.scan import first_looks  # noqa: E402


@dataclass
class Register:
    """Records with the truth, and what is ignored or known to look alike."""

    profiles: dict[str, Profile]
    clusters: dict[str, str]
    relations: dict[tuple[str, str], tuple[str, str]]
    tags: dict[str, str]
    rows: dict[str, dict[str, str]]

    def label(self, left, right):
        """1 one customer, 0 two, -1 not judged."""
        a, b = sorted((self.clusters[left], self.clusters[right]))
        if a == b:
            return 1
        return -1 if self.relations.get((a, b), ("", ""))[0] == "related" else 0

    def tag(self, left, right):
        """Kind of look-alike, "" for any other pair."""
        a, b = sorted((self.clusters[left], self.clusters[right]))
        return self.relations.get((a, b), ("", ""))[1]

    def candidates(self):
        """All pairs that a scan of the register compares, the smaller name first."""
        return sorted(self._looks[0])

    def positives(self):
        """All pairs of records of one customer."""
        members = defaultdict(list)
        for record, cluster in self.clusters.items():
            members[cluster].append(record)
        return {p for m in members.values() for p in combinations(sorted(m), 2)}

    def observe(self, left, right):
        """What the engine sees between two records."""
        looks, counts = self._looks
        seen = looks.get((left, right))
        return seen or observe(self.profiles[left], self.profiles[right], counts)

    @cached_property
    def _looks(self):
        """What a scan sees, by pair of names; and how many hold what keys."""
        names = sorted(self.profiles)
        looks, counts = first_looks([self.profiles[name] for name in names])
        named = {(names[one], names[two]): seen for (one, two), seen in looks.items()}
        return named, counts


FIELDS = ("vat", "company_registry", "email", "phone", "mobile", "website", "street",
          "city", "zip", "country_code", "contact_person")  # fmt: skip


def party(row):
    """Row of tools/match_csv.py's input as a party."""

    def values(*names):
        return tuple(row.get(n) for n in names if row.get(n))

    kind = row.get("is_company", "")
    return Party(
        name=row.get("name") or "",
        is_company={"1": True, "0": False}.get(kind),
        vats=values("vat"),
        registry_numbers=values("company_registry"),
        emails=values("email"),
        phones=values("phone", "mobile"),
        websites=values("website"),
        street=row.get("street") or "",
        city=row.get("city") or "",
        zip=row.get("zip") or "",
        country=row.get("country_code") or None,
        contact_persons=values("contact_person"),
        home_countries=("PL", "GR", "DE", "GB"),
    )


def read_csv(path):
    """Rows of a CSV file, packed or not."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load(records, relations=None, only=None, blank=()):
    """Register from files; ``only`` chooses clusters, ``blank`` empties fields."""
    rows = [r for r in read_csv(records) if only is None or r["cluster_id"] in only]
    for row in rows:
        row.update(dict.fromkeys(blank, ""))
    related = {
        tuple(sorted((r["cluster_a"], r["cluster_b"]))): (r["kind"], r["tag"])
        for r in (read_csv(relations) if relations else ())
    }
    return Register(
        {r["record_id"]: normalise(party(r)) for r in rows},
        {r["record_id"]: r["cluster_id"] for r in rows},
        related,
        {r["record_id"]: r.get("tags", "") for r in rows},
        {r["record_id"]: r for r in rows},
    )


def split(records, relations, seed=1):
    """Two sets of clusters, with everything that is related on one side."""
    parent = {}

    def find(x):
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for row in read_csv(records):
        find(row["cluster_id"])
    for row in read_csv(relations):
        parent[find(row["cluster_a"])] = find(row["cluster_b"])
    roots = sorted({find(c) for c in parent})
    random.Random(seed).shuffle(roots)
    chosen = set(roots[: len(roots) // 2])
    fit = {c for c in parent if find(c) in chosen}
    return fit, set(parent) - fit


def sweep(scored, positives):
    """Best F1 and recall at precisions; ``scored`` is a list of (score, label)."""
    ranked = sorted((s for s in scored if s[1] >= 0), reverse=True)
    total, hits, false = len(positives), 0, 0
    best, at = (0.0, None), {}
    for position, (score, label) in enumerate(ranked):
        hits += label
        false += 1 - label
        if position + 1 < len(ranked) and ranked[position + 1][0] == score:
            continue
        precision, recall = hits / (hits + false), hits / total
        f1 = 2 * precision * recall / (precision + recall) if hits else 0
        best = max(best, (f1, score))
        for wanted in (0.9, 0.95, 0.99, 0.995):
            if precision >= wanted:
                at[wanted] = (recall, score)
    return best, at

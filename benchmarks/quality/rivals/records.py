"""What every tool gets: the rows, the same light cleaning, and answers if it asks."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

Row = dict[str, str]
Pair = tuple[str, str]
Scores = dict[Pair, float]

FREE_MAIL = frozenset(
    (
        *("gmail.com", "wp.pl", "o2.pl", "onet.pl"),
        *("interia.pl", "op.pl", "poczta.fm", "tlen.pl"),
        *("yahoo.gr", "hotmail.com", "hotmail.gr", "otenet.gr"),
        *("outlook.com", "windowslive.com", "gmx.de", "web.de"),
        *("t-online.de", "freenet.de", "outlook.de", "hotmail.co.uk"),
        *("btinternet.com", "yahoo.co.uk", "yahoo.com"),
    )
)


def pair_of(left: str, right: str) -> Pair:
    """Return two ids in order."""
    return (left, right) if left < right else (right, left)


@dataclass(frozen=True)
class Clean:
    """A record as a careful user of a general tool would clean it."""

    record_id: str
    name: str
    sorted_name: str
    vat: str
    registry: str
    email: str
    domain: str
    phones: tuple[str, ...]
    street: str
    city: str
    zip_code: str
    contact: str
    is_company: str
    row: Row

    @property
    def phone(self) -> str:
        """The first telephone number."""
        return self.phones[0] if self.phones else ""


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a packed register."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clean(row: Row) -> Clean:
    """Lower case, plain letters, digits only in numbers."""
    name = _plain(row.get("name", ""))
    email = row.get("email", "").lower().strip().rpartition("<")[2].rstrip(">")
    domain = email.rpartition("@")[2]
    numbers = (_digits(row.get(field, ""))[-9:] for field in ("phone", "mobile"))
    return Clean(
        record_id=row["record_id"],
        name=name,
        sorted_name=" ".join(sorted(name.split())),
        vat=_digits(row.get("vat", "")),
        registry=_digits(row.get("company_registry", "")),
        email=email,
        domain="" if domain in FREE_MAIL else domain,
        phones=tuple(dict.fromkeys(n for n in numbers if len(n) >= 7)),
        street=_plain(row.get("street", "")),
        city=_plain(row.get("city", "")),
        zip_code=re.sub(r"\W", "", row.get("zip", "").lower()),
        contact=_plain(row.get("contact_person", "")),
        is_company=row.get("is_company", ""),
        row=row,
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


class Answers:
    """A person who knows the truth, asked by tools that learn."""

    def __init__(self, rows: Iterable[Row]):
        self._cluster = {row["record_id"]: row["cluster_id"] for row in rows}

    def same(self, left: str, right: str) -> bool:
        """Say whether two records are one customer."""
        return self._cluster[left] == self._cluster[right]

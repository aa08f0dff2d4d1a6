"""Make a labelled register: ``python registers.py --kind branches --size 10000 OUT``.

Writes ``OUT_records.csv.gz`` and ``OUT_relations.csv.gz``, the same for the same
arguments. Columns are those that ``tools/match_csv.py`` reads, plus ``cluster_id`` (the
truth) and ``tags`` (what happened on the way).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parent))

from generator.clerks import COLUMNS, Typing
from generator.customers import Customer, firm, private_person
from generator.lookalikes import COMPANY_GROUPS, PERSON_GROUPS, Group
from generator.staff import CHANNELS, Channel, Clerk, clerks
from generator.words_of import COUNTRIES, words_of


@dataclass(frozen=True)
class Kind:
    """What a register is like: its countries, its share of persons, its channels."""

    country_weights: tuple[int, ...]
    persons: float
    channel_weights: dict[str, int]
    clerks: int


def _shares(text: str) -> dict[str, int]:
    return {name: int(share) for name, share in (p.split("=") for p in text.split())}


KINDS = {
    # Sales branches of a firm that sells to firms.
    "branches": Kind(
        (55, 25, 12, 8),
        0.25,
        {
            "invoice": 22,
            "card": 22,
            "call": 18,
            "web": 12,
            "migrated": 14,
            "counter": 12,
        },
        9,
    ),
    # Shops and workshops: mostly people, few tax numbers, much typed in a hurry.
    "counter": Kind(
        (40, 30, 20, 10),
        0.7,
        _shares("invoice=6 card=6 call=26 web=18 migrated=12 counter=32"),
        15,
    ),
}
# Records of one customer: 1, 2, 3, … and how often.
_REPEATS = (1, 2, 3, 4, 5, 7)
_REPEAT_WEIGHTS = (55, 26, 11, 5, 2, 1)


def groups(rng: random.Random, kind: Kind) -> Iterator[Group]:
    """Yield customers for ever: single ones, and groups of look-alikes."""
    countries = [words_of(country) for country in COUNTRIES]
    while True:
        words = rng.choices(countries, kind.country_weights)[0]
        is_person = rng.random() < kind.persons
        makers = PERSON_GROUPS if is_person else COMPANY_GROUPS
        draw = rng.random() * 1000
        for make, share in makers.items():
            draw -= share
            if draw < 0:
                yield make(rng, words)
                break
        else:
            one = private_person(rng, words) if is_person else firm(rng, words)
            yield Group((one,))


class Register:
    """Records and relations growing up to a size."""

    def __init__(self, kind: Kind, seed: int):
        self._kind = kind
        self._rng = random.Random(seed)
        self._staff = clerks(self._rng, kind.clerks)
        self._clusters = itertools.count(1)
        self.lines: list[str] = []
        self.relations: list[tuple[str, str, str, str]] = []

    def fill(self, size: int) -> None:
        """Add groups until there are ``size`` records, then mix them."""
        for group in groups(self._rng, self._kind):
            if len(self.lines) >= size:
                break
            names = [self._add(member) for member in group.members]
            for left, right in itertools.combinations(names, 2):
                if group.kind:
                    self.relations.append((left, right, group.kind, group.tag))
        del self.lines[size:]
        self._rng.shuffle(self.lines)

    def _add(self, customer: Customer) -> str:
        cluster = f"E{next(self._clusters):07d}"
        repeats = self._rng.choices(_REPEATS, _REPEAT_WEIGHTS)[0]
        for _each in range(repeats):
            row = Typing(customer, self._clerk(customer), self._channel()).row()
            row["cluster_id"] = cluster
            self.lines.append(_line(row[column] for column in COLUMNS[1:]))
        return cluster

    def _clerk(self, customer: Customer) -> Clerk:
        return self._rng.choice(self._staff[customer.country])

    def _channel(self) -> Channel:
        weights = self._kind.channel_weights
        return CHANNELS[self._rng.choices(list(weights), weights.values())[0]]


def _line(values: Iterator[str]) -> str:
    """Return values as one line of CSV; a list of lines costs less than one of rows."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue()


def write(kind: str, size: int, seed: int, out: Path) -> None:
    """Write a register's two files beside each other."""
    register = Register(KINDS[kind], seed)
    register.fill(size)
    with _zipped(out, "records") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number, line in enumerate(register.lines, 1):
            file.write(f"R{number:07d},{line}")
    with _zipped(out, "relations") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("cluster_a", "cluster_b", "kind", "tag"))
        writer.writerows(register.relations)


def _zipped(out: Path, what: str) -> io.TextIOWrapper:
    # Without name and time inside, the same register is the same file.
    path = out.with_name(f"{out.name}_{what}.csv.gz")
    packed = gzip.GzipFile(path, "wb", compresslevel=5, mtime=0)
    return io.TextIOWrapper(packed, encoding="utf-8", newline="")


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="path and start of the files' names")
    parser.add_argument("--kind", choices=KINDS, default="branches")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.kind, options.size, options.seed, options.out)


if __name__ == "__main__":
    main()

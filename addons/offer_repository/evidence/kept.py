"""Compares a row of the archive, as it is found, with what its payload says.

The chain proves the payloads. Beside them lie copies that people search and read:
columns, lines, files, personal data. Each must say what the payload says.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import parse_canonical
from .chain import GENESIS_HASH, ChainRow, Finding, payload_sha256, verify_chain
from .commitment import verify_commitments

# What only offers made outside Odoo state; of others the columns must be empty.
_EXTERNAL_FACTS = ("origin", "external_number", "date_recorded")
_LINE_FACTS = (
    "display_type",
    "is_optional",
    "product_id",
    "product_code",
    "name",
    "quantity",
    "uom_id",
    "uom_name",
    "price_unit",
    "discount",
    "subtotal",
    "tax_names",
)


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A file of the archive as it was found.

    :param sha256: of the bytes; None when they are gone
    :param flaws: names of properties that are not as the archive makes them
    """

    name: str
    mimetype: str
    size: int
    sha256: str | None
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a chain with everything that lies beside it.

    :param columns: canonical values by the names of :func:`expected_columns`
    :param lines: canonical values by the names of the payload's lines and ``sequence``
    :param personal: JSON text of ``salts`` and ``values``
    """

    row: ChainRow
    columns: Mapping[str, object]
    personal: str
    lines: Sequence[Mapping[str, object]] = ()
    documents: Sequence[KeptDocument] = ()


@dataclass(frozen=True, slots=True)
class Waived:
    """What may be missing beside the chain, by positions of the revisions.

    :param people: names of the personal data that was forgotten
    :param documents: positions whose documents were purged
    """

    people: Mapping[int, Collection[str]]
    documents: Collection[int]


NOTHING_WAIVED = Waived({}, ())


def expected_columns(payload: Mapping[str, Any]) -> dict[str, object]:
    """Return what the columns of a row must hold, by name.

    Facts that an older payload does not state are left out.
    """
    columns: dict[str, object] = {
        "company_id": payload["chain"].get("company", {}).get("id")
    }
    if "event" in payload:
        return columns | _event_columns(payload["event"])
    offer, content = payload["offer"], payload["content"]
    totals = content.get("totals", {})
    columns |= {
        name: offer[key]
        for name, key in (
            ("offer_id", "id"),
            ("number", "revision"),
            ("reason", "reason"),
            ("date", "date"),
            ("is_material", "is_material"),
        )
        if key in offer
    }
    columns |= {name: offer.get(name) for name in _EXTERNAL_FACTS}
    columns |= {
        name: content[name] for name in ("currency", "validity") if name in content
    }
    return columns | {f"amount_{name}": value for name, value in totals.items()}


def _event_columns(event: Mapping[str, Any]) -> dict[str, object]:
    return {
        "offer_id": (event["offer"] or {}).get("id"),
        "revision_id": (event["revision"] or {}).get("id"),
        "code": event["code"],
        "detail": event["detail"],
        "date": event["date"],
    }


def verify_archive(
    rows: Iterable[KeptRow],
    waived: Waived = NOTHING_WAIVED,
    start_sequence: int = 1,
    start_hash: str = GENESIS_HASH,
) -> Iterator[Finding]:
    """Yield every fault of a chain and of what is kept beside it.

    :param rows: in the order of the chain; each is read once and none is kept
    """
    expected, previous = start_sequence, start_hash
    for kept in rows:
        yield from verify_chain([kept.row], expected, previous)
        yield from verify_kept(kept, waived)
        expected, previous = kept.row.sequence + 1, kept.row.hash


def verify_kept(kept: KeptRow, waived: Waived = NOTHING_WAIVED) -> Iterator[Finding]:
    """Yield what is kept beside a payload and does not say the same."""
    sequence = kept.row.sequence
    try:
        payload = _parse(kept.row)
        yield from list(_verify_beside(kept, payload, waived))
    except (ValueError, KeyError, TypeError, AttributeError):
        # an altered payload may lack anything; the chain has told that it was altered
        yield Finding("payload_unreadable", sequence, "content")


def _parse(row: ChainRow) -> Any:
    """Return the payload; canonical is what its hash covers, once that is right."""
    if payload_sha256(row.payload) != row.payload_sha256:
        return parse_canonical(row.payload)
    return json.loads(row.payload)


def _verify_beside(
    kept: KeptRow, payload: Mapping[str, Any], waived: Waived
) -> Iterator[Finding]:
    sequence = kept.row.sequence
    yield from _verify_columns(sequence, expected_columns(payload), kept.columns)
    lines = payload.get("content", {}).get("lines", [])
    yield from _verify_lines(sequence, lines, kept.lines)
    forgotten = waived.people.get(sequence, ())
    yield from _verify_personal(kept, payload["people"], forgotten)
    purged = sequence in waived.documents
    entries = payload.get("documents", [])
    yield from _verify_documents(sequence, entries, kept.documents, purged)


def _verify_columns(
    sequence: int, expected: Mapping[str, object], found: Mapping[str, object]
) -> Iterator[Finding]:
    for name, value in expected.items():
        if name in found and not _is_same(found[name], value):
            yield Finding("column_altered", sequence, name)


def _is_same(left: object, right: object) -> bool:
    if left == right and type(left) is type(right):
        return True  # nearly always, and a million rows have many values
    # a database has no difference between "nothing said" and an empty text
    return (left or None) == (right or None) and _is_number(left) == _is_number(right)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _verify_lines(
    sequence: int,
    expected: Sequence[Mapping[str, object]],
    found: Sequence[Mapping[str, object]],
) -> Iterator[Finding]:
    by_position: dict[object, Mapping[str, object]] = {}
    for line in found:
        position = line["sequence"]
        known = isinstance(position, int) and 1 <= position <= len(expected)
        if not known or position in by_position:
            yield Finding("line_added", sequence, str(position))
        else:
            by_position[position] = line
    for position, facts in enumerate(expected, start=1):
        if position not in by_position:
            yield Finding("line_missing", sequence, str(position))
            continue
        for name in _altered_facts(by_position[position], facts):
            yield Finding("line_altered", sequence, f"{position}.{name}")


def _altered_facts(
    line: Mapping[str, object], facts: Mapping[str, object]
) -> Iterator[object]:
    for name in _LINE_FACTS:
        if name in line and name in facts and not _is_same(line[name], facts[name]):
            yield name
    if line.get("flaw"):
        yield line["flaw"]


def _verify_personal(
    kept: KeptRow, commitments: Mapping[str, str], forgotten: Collection[str]
) -> Iterator[Finding]:
    sequence = kept.row.sequence
    try:
        personal = json.loads(kept.personal)
        values, salts = dict(personal["values"]), dict(personal["salts"])
    except (ValueError, KeyError, TypeError):
        yield Finding("personal_unreadable", sequence)
        return
    yield from verify_commitments(sequence, commitments, values, salts)
    for field in sorted(commitments.keys() - values.keys() - set(forgotten)):
        yield Finding("personal_missing", sequence, field)
    for field in sorted(salts.keys() - values.keys()):
        yield Finding("personal_unknown", sequence, field)


def _verify_documents(
    sequence: int,
    entries: Sequence[Mapping[str, Any]],
    found: Sequence[KeptDocument],
    purged: bool,
) -> Iterator[Finding]:
    for index, entry in enumerate(entries):
        name = str(entry["name"])
        document = found[index] if index < len(found) else None
        if document is None or document.sha256 is None:
            if not purged:
                yield Finding("document_missing", sequence, name)
            continue
        yield from _verify_document(sequence, entry, document)
    for index in range(len(entries), len(found)):
        yield Finding("document_added", sequence, found[index].name)


def _verify_document(
    sequence: int, entry: Mapping[str, Any], document: KeptDocument
) -> Iterator[Finding]:
    name = str(entry["name"])
    if document.sha256 != entry["sha256"]:
        yield Finding("document_altered", sequence, name)
    for fact in ("name", "mimetype", "size"):
        if not _is_same(getattr(document, fact), entry[fact]):
            yield Finding("document_altered", sequence, f"{name}: {fact}")
    for flaw in document.flaws:
        yield Finding("document_altered", sequence, f"{name}: {flaw}")

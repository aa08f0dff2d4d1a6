"""Compares a row of the archive, as it is found, with what its payload says.

The chain proves the payloads. Beside them lie copies that people search and read:
columns, lines, files, personal data. Each must say what the payload says.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chain import GENESIS_HASH, ChainRow, Finding, Link
from .commitment import verify_commitments
from .parsing import loads

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
# How a payload writes the separators of the text of all lines; with one in a value the
# text would be ambiguous.
_ENDS_ESCAPED = "\\u001"


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
    :param personal: JSON text of ``salts`` and ``values``
    :param lines: canonical values by the names of the payload's lines and ``sequence``
    :param lines_text: the lines as :func:`joined_lines` writes them, where whoever
        reads them can tell faster; ``lines`` are looked at only when it differs
    """

    row: ChainRow
    columns: Mapping[str, object]
    personal: str
    lines: Sequence[Mapping[str, object]] = ()
    documents: Sequence[KeptDocument] = ()
    lines_text: str | None = None


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
    link = Link(start_sequence, start_hash)
    for kept in rows:
        yield from link.verify(kept.row)
        if link.payload is not None:
            yield from _verify_kept(kept, link.payload, waived)


def joined_lines(lines: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the facts of a payload's lines as one text, None when some are not told.

    The place from 1 and the facts in the order of ``_LINE_FACTS``, a unit separator
    between two values and a record separator between two lines; nothing said is an
    empty text, yes and no are ``t`` and ``f``.
    """
    try:
        return "\x1e".join(map(_line_text, itertools.count(1), lines))
    except KeyError:
        return None


def _line_text(place: int, line: Mapping[str, Any]) -> str:
    # written out, for a million rows have twenty million lines
    return (
        f"{place}\x1f{line['display_type'] or ''}\x1f"
        f"{'t' if line['is_optional'] else 'f'}\x1f{line['product_id'] or ''}\x1f"
        f"{line['product_code'] or ''}\x1f{line['name'] or ''}\x1f"
        f"{line['quantity'] or ''}\x1f{line['uom_id'] or ''}\x1f"
        f"{line['uom_name'] or ''}\x1f{line['price_unit'] or ''}\x1f"
        f"{line['discount'] or ''}\x1f{line['subtotal'] or ''}\x1f"
        f"{line['tax_names'] or ''}"
    )


def _verify_kept(
    kept: KeptRow, payload: Mapping[str, Any], waived: Waived
) -> Sequence[Finding]:
    try:
        return list(_verify_beside(kept, payload, waived))
    except (ValueError, KeyError, TypeError, AttributeError):
        # an altered payload may lack anything; the chain has told that it was altered
        return [Finding("payload_unreadable", kept.row.sequence, "content")]


def _verify_beside(
    kept: KeptRow, payload: Mapping[str, Any], waived: Waived
) -> Iterator[Finding]:
    sequence = kept.row.sequence
    yield from _verify_columns(sequence, expected_columns(payload), kept.columns)
    lines = payload.get("content", {}).get("lines", [])
    if not _has_lines(kept, lines):
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


def _has_lines(kept: KeptRow, expected: Sequence[Mapping[str, object]]) -> bool:
    """Tell, at a glance, whether the lines are the payload's."""
    if kept.lines_text is None or _ENDS_ESCAPED in kept.row.payload:
        return False
    return kept.lines_text == joined_lines(expected)


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
        personal = loads(kept.personal)
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

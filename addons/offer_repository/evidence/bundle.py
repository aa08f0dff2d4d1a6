"""An archive on its way out of the database: rows as lines of JSON, files by hash.

A bundle is a ZIP of ``manifest.json``, one ``<chain>.jsonl`` a chain and
``files/<sha256>``. It is read without the database it came from.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from .chain import ChainRow
from .kept import KeptDocument, KeptRow, Waived

BUNDLE_FORMAT = "offer-archive/1"
CHAINS = ("revision", "event")


def row_to_json(kept: KeptRow) -> str:
    """Return a row and what is kept beside it as a line of JSON, without bytes."""
    row = kept.row
    return json.dumps(
        {
            "sequence": row.sequence,
            "payload": row.payload,
            "payload_sha256": row.payload_sha256,
            "previous_hash": row.previous_hash,
            "hash": row.hash,
            "columns": dict(kept.columns),
            "personal": kept.personal,
            "lines": [dict(line) for line in kept.lines],
            "documents": [
                {
                    "name": document.name,
                    "mimetype": document.mimetype,
                    "sha256": document.sha256,
                    "flaws": document.flaws,
                }
                for document in kept.documents
            ],
        },
        sort_keys=True,
    )


def row_from_json(
    line: str, measure: Callable[[str], tuple[int, str] | None]
) -> KeptRow:
    """Return the row that a line of JSON describes.

    :param measure: function of a file's name in the bundle to its size and SHA-256 as
        found there; None when the bundle has no such file
    :raise ValueError: not a line of a bundle
    """
    try:
        value = json.loads(line)
        return KeptRow(
            row=ChainRow(
                value["sequence"],
                value["payload"],
                value["payload_sha256"],
                value["previous_hash"],
                value["hash"],
            ),
            columns=value["columns"],
            personal=value["personal"],
            lines=value["lines"],
            documents=[_document(entry, measure) for entry in value["documents"]],
        )
    except (KeyError, TypeError) as error:
        raise ValueError("bundle_malformed") from error


def _document(
    entry: dict[str, str], measure: Callable[[str], tuple[int, str] | None]
) -> KeptDocument:
    found = measure(f"files/{entry['sha256']}") if entry["sha256"] else None
    size, digest = found or (0, None)
    return KeptDocument(
        entry["name"], entry["mimetype"], size, digest, tuple(entry["flaws"])
    )


def waived_by(payloads: Iterable[str], chain: str = CHAINS[0]) -> Waived:
    """Return what events say may be missing beside the rows of a chain.

    :param payloads: of every event, in the order of their chain
    :param chain: one of ``CHAINS``
    """
    people: dict[int, frozenset[str]] = {}
    purged: set[int] = set()
    same: dict[frozenset[str], frozenset[str]] = {}  # few sets, of a million rows
    for payload in payloads:
        event, about = _event_about(payload)
        if about.get("chain") != chain:
            continue
        if event["code"] == "purged":
            purged.add(about["sequence"])
        if event["code"] == "forgotten":
            fields = people.get(about["sequence"], frozenset())
            fields = fields.union(str(event.get("detail") or "").split(", "))
            people[about["sequence"]] = same.setdefault(fields, fields)
    return Waived(people, purged)


def _event_about(payload: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an event and the row it is about; nothing when somebody altered it.

    What was altered excuses nothing, and is told of where its own chain is verified.
    """
    try:
        event = json.loads(payload)["event"]
        about = event.get("about") or {}
        if isinstance(about["sequence"], int) and isinstance(event["code"], str):
            return event, about
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}, {}

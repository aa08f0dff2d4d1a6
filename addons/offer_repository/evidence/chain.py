"""The hash chain: a row's hash covers its payload, its place and the hash before."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .canonical import parse_canonical
from .errors import CanonicalError
from .parsing import loads

GENESIS_HASH = "0" * 64
# How the payloads of this package begin. What has the right hash and begins so was
# written by it, hence in canonical form: a million rows need not be written again.
_OURS = '{"chain":{"company":{"id":'


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One row of a chain as it was read from the archive."""

    sequence: int
    payload: str
    payload_sha256: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, and where.

    :param code: stable identifier, e.g. ``payload_altered``
    :param sequence: position in the chain
    :param detail: the field, document or value concerned, empty when it is the row
    :param chain: which chain of several, empty when there is one
    """

    code: str
    sequence: int
    detail: str = ""
    chain: str = ""


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def payload_sha256(payload: str) -> str:
    """Return the SHA-256 of a payload's UTF-8 bytes."""
    return sha256_hex(_bytes(payload))


def row_hash(previous_hash: str, sequence: int, payload: str) -> str:
    """Return the hash of a row: SHA-256 over the hash before it, its place, a colon
    and its payload.

    The hash before it has a fixed length and a payload begins with a brace, so no two
    rows give the same bytes.
    """
    return sha256_hex(f"{previous_hash}{sequence}:".encode() + _bytes(payload))


def row_hash_1(previous_hash: str, payload: str) -> str:
    """Return the hash of a row of format 1, whose payload told its place itself."""
    return sha256_hex(previous_hash.encode() + _bytes(payload))


def verify_chain(
    rows: Iterable[ChainRow],
    start_sequence: int = 1,
    start_hash: str = GENESIS_HASH,
) -> Iterator[Finding]:
    """Yield every fault of a chain given in the order of its sequence.

    Reads the rows once and keeps none, so a chain of any length can be streamed.

    :param start_sequence: position the first row must have
    :param start_hash: hash the first row must refer to, for a part of a chain
    """
    link = Link(start_sequence, start_hash)
    for row in rows:
        yield from link.verify(row)


class Link:
    """Where a chain has come to while it is read, and what the next row must be.

    After a fault it goes on from what the row itself claims: one altered row gives
    findings of that row and its link, not of everything behind it.

    :ivar payload: value of the payload last verified, None when it was unreadable
    """

    def __init__(self, sequence: int = 1, previous_hash: str = GENESIS_HASH) -> None:
        self.sequence = sequence
        self.previous_hash = previous_hash
        self.payload: Any = None

    def verify(self, row: ChainRow) -> list[Finding]:
        """Return the faults of the next row and go on behind it."""
        findings = _verify_position(row, self.sequence)
        self.payload, faults = _verify_row(row)
        findings += faults
        if row.previous_hash != self.previous_hash:
            findings.append(Finding("link_broken", row.sequence))
        self.sequence, self.previous_hash = row.sequence + 1, row.hash
        return findings


def _bytes(payload: str) -> bytes:
    return payload.encode("utf-8", "surrogatepass")


def _verify_position(row: ChainRow, expected: int) -> list[Finding]:
    if row.sequence == expected:
        return []
    if row.sequence < expected:
        return [Finding("sequence_repeated", row.sequence)]
    missing = range(expected, min(row.sequence, expected + 1000))
    return [Finding("row_missing", sequence) for sequence in missing]


def _verify_row(row: ChainRow) -> tuple[Any, list[Finding]]:
    """Return the payload, None when nobody can read it, and the faults of a row."""
    data = _bytes(row.payload)
    is_whole = hashlib.sha256(data).hexdigest() == row.payload_sha256
    findings = [] if is_whole else [Finding("payload_altered", row.sequence)]
    chained = f"{row.previous_hash}{row.sequence}:".encode() + data
    is_chained = hashlib.sha256(chained).hexdigest() == row.hash
    try:
        payload, claimed = _read(row.payload, is_whole)
    except CanonicalError as error:
        claimed, payload = None, None
        findings.append(Finding("payload_unreadable", row.sequence, error.code))
    if not is_chained and not _is_chained_1(row, claimed):
        findings.append(Finding("hash_wrong", row.sequence))
    if claimed not in (None, row.sequence):
        findings.append(Finding("row_moved", row.sequence, str(claimed)))
    return payload, findings


def _read(text: str, is_whole: bool) -> tuple[Any, object]:
    """Return the value of a payload and the place it claims, None when it does not."""
    is_ours = is_whole and text.startswith(_OURS)
    try:
        payload = loads(text) if is_ours else parse_canonical(text)
        return payload, payload["chain"].get("sequence")
    except (KeyError, TypeError, AttributeError) as error:
        raise CanonicalError("chain") from error
    except CanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalError("not_json") from error


def _is_chained_1(row: ChainRow, claimed: object) -> bool:
    """Tell whether a row is linked as those of format 1 are.

    Only a payload that tells its own place may be: the hash does not cover it.
    """
    if claimed is None:
        return False
    return row_hash_1(row.previous_hash, row.payload) == row.hash

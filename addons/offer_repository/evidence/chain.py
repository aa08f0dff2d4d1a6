"""The hash chain: each row's hash covers its payload and the hash before it."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .canonical import parse_canonical
from .errors import CanonicalError

GENESIS_HASH = "0" * 64
# How a payload of ours begins: "chain" is the first key in the order of the alphabet.
_CLAIM = re.compile(
    r'\{"chain":\{"company":\{"id":\d+,"name":"(?:[^"\\]|\\.)*"\},"sequence":(\d+)\},'
)


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
    return sha256_hex(payload.encode("utf-8", "surrogatepass"))


def revision_hash(previous_hash: str, payload: str) -> str:
    """Return the hash of a row: SHA-256 over the hash before it and its payload.

    The hash before it has a fixed length, so no two pairs give the same bytes.
    """
    return sha256_hex(previous_hash.encode() + payload.encode("utf-8", "surrogatepass"))


def verify_chain(
    rows: Iterable[ChainRow],
    start_sequence: int = 1,
    start_hash: str = GENESIS_HASH,
) -> Iterator[Finding]:
    """Yield every fault of a chain given in the order of its sequence.

    Reads the rows once and keeps none, so a chain of any length can be streamed.
    After a fault it goes on from what the row itself claims: one altered row gives
    findings of that row and its link, not of everything behind it.

    :param start_sequence: position the first row must have
    :param start_hash: hash the first row must refer to, for a part of a chain
    """
    expected, previous = start_sequence, start_hash
    for row in rows:
        yield from _verify_position(row, expected)
        yield from _verify_row(row)
        if row.previous_hash != previous:
            yield Finding("link_broken", row.sequence)
        expected, previous = row.sequence + 1, row.hash


def _verify_position(row: ChainRow, expected: int) -> Iterator[Finding]:
    if row.sequence < expected:
        yield Finding("sequence_repeated", row.sequence)
    for missing in range(expected, min(row.sequence, expected + 1000)):
        yield Finding("row_missing", missing)


def _verify_row(row: ChainRow) -> Iterator[Finding]:
    faults = []
    if payload_sha256(row.payload) != row.payload_sha256:
        faults.append(Finding("payload_altered", row.sequence))
    if revision_hash(row.previous_hash, row.payload) != row.hash:
        faults.append(Finding("hash_wrong", row.sequence))
    yield from faults
    claim = _CLAIM.match(row.payload)
    if claim and not faults:
        # the common case is a million intact rows: no need to parse them all
        claimed = int(claim.group(1))
    else:
        try:
            claimed = parse_canonical(row.payload)["chain"]["sequence"]
        except CanonicalError as error:
            yield Finding("payload_unreadable", row.sequence, error.code)
            return
        except (KeyError, TypeError):
            yield Finding("payload_unreadable", row.sequence, "chain")
            return
    if claimed != row.sequence:
        yield Finding("row_moved", row.sequence, str(claimed))

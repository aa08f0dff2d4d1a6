"""Evidence: canonical form, commitments to personal data and the hash chain.

Pure Python without Odoo, clock or random source, so that an exported chain can be
checked on any machine. What is proven: that a payload, its documents and its place
in the chain are the ones that were written. What is not proven: that the last rows
were not cut off (anchor the head hash outside the database for that), nor that what
was written was true.
"""

from .canonical import canonical_json, parse_canonical
from .chain import (
    GENESIS_HASH,
    ChainRow,
    Finding,
    payload_sha256,
    revision_hash,
    sha256_hex,
    verify_chain,
)
from .commitment import MIN_SALT_BYTES, commit, commit_all, verify_commitments
from .errors import CanonicalError, CommitmentError, EvidenceError
from .payload import (
    FORMAT,
    DocumentFile,
    build_payload,
    document_entries,
    is_same_material,
    verify_documents,
)

__all__ = [
    "FORMAT",
    "GENESIS_HASH",
    "MIN_SALT_BYTES",
    "CanonicalError",
    "ChainRow",
    "CommitmentError",
    "DocumentFile",
    "EvidenceError",
    "Finding",
    "build_payload",
    "canonical_json",
    "commit",
    "commit_all",
    "document_entries",
    "is_same_material",
    "parse_canonical",
    "payload_sha256",
    "revision_hash",
    "sha256_hex",
    "verify_chain",
    "verify_commitments",
    "verify_documents",
]

"""Evidence: canonical form, commitments to personal data and the hash chain.

Pure Python without Odoo, clock or random source, so that an exported chain can be
checked on any machine. What is proven: that a payload, its documents and its place
in the chain are the ones that were written. What is not proven: that the last rows
were not cut off (anchor the head hash outside the database for that), nor that what
was written was true.
"""

from .bundle import BUNDLE_FORMAT, CHAINS, row_from_json, row_to_json, waived_by
from .canonical import canonical_json, canonical_value, parse_canonical
from .chain import (
    GENESIS_HASH,
    ChainRow,
    Finding,
    payload_sha256,
    row_hash,
    row_hash_1,
    sha256_hex,
    verify_chain,
)
from .commitment import MIN_SALT_BYTES, commit, commit_all, verify_commitments
from .diff import Change, ContentDiff, LineChange, diff_contents
from .errors import CanonicalError, CommitmentError, EvidenceError
from .kept import (
    NOTHING_WAIVED,
    KeptDocument,
    KeptRow,
    Waived,
    expected_columns,
    joined_lines,
    verify_archive,
)
from .payload import (
    EVENT_FORMAT,
    EXTERNAL_FORMAT,
    FORMAT,
    DocumentFile,
    build_event_payload,
    build_payload,
    document_entries,
    is_same_material,
    material_sha256,
)

__all__ = [
    "BUNDLE_FORMAT",
    "CHAINS",
    "EVENT_FORMAT",
    "EXTERNAL_FORMAT",
    "FORMAT",
    "GENESIS_HASH",
    "MIN_SALT_BYTES",
    "NOTHING_WAIVED",
    "CanonicalError",
    "ChainRow",
    "Change",
    "CommitmentError",
    "ContentDiff",
    "DocumentFile",
    "EvidenceError",
    "Finding",
    "KeptDocument",
    "KeptRow",
    "LineChange",
    "Waived",
    "build_event_payload",
    "build_payload",
    "canonical_json",
    "canonical_value",
    "commit",
    "commit_all",
    "diff_contents",
    "document_entries",
    "expected_columns",
    "is_same_material",
    "material_sha256",
    "joined_lines",
    "parse_canonical",
    "payload_sha256",
    "row_from_json",
    "row_hash",
    "row_hash_1",
    "row_to_json",
    "sha256_hex",
    "verify_archive",
    "verify_chain",
    "verify_commitments",
    "waived_by",
]

"""Salted commitments: personal data is provable while kept, forgettable for ever.

The chain holds only ``HMAC-SHA256(salt, field NUL value)``. Salt and value live beside
the chain; once they are deleted the commitment says nothing, and the chain stays
valid. Without the salt a name or a tax number could be guessed by trying.
"""

import hmac
from collections.abc import Mapping

from .chain import Finding
from .errors import CommitmentError

MIN_SALT_BYTES = 16


def commit(salt: str, field: str, value: str) -> str:
    """Return the commitment to ``value`` as lower-case hex.

    :param salt: random bytes as hex, 16 bytes at least
    :param field: name of the value, so that equal values of two fields differ
    :raise CommitmentError: ``salt_malformed`` or ``salt_short``
    """
    try:
        key = bytes.fromhex(salt)
    except ValueError as error:
        raise CommitmentError("salt_malformed", field) from error
    if len(key) < MIN_SALT_BYTES:
        raise CommitmentError("salt_short", field)
    return hmac.digest(key, _message(field, value), "sha256").hex()


def commit_all(values: Mapping[str, str], salts: Mapping[str, str]) -> dict[str, str]:
    """Return one commitment per field of ``values``.

    :raise CommitmentError: ``salt_missing`` for a field without a salt of its own
    """
    missing = sorted(values.keys() - salts.keys())
    if missing:
        raise CommitmentError("salt_missing", missing[0])
    return {
        field: commit(salts[field], field, value) for field, value in values.items()
    }


def verify_commitments(
    sequence: int,
    commitments: Mapping[str, str],
    values: Mapping[str, str],
    salts: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Return what the clear values beside a row do not share with its commitments.

    A committed field whose value was erased is no finding: that is what erasing means.

    :param sequence: position of the row in its chain, for the findings
    """
    if _opens_all(commitments, values, salts):
        return ()
    findings = [
        Finding("personal_unknown", sequence, field)
        for field in sorted(values.keys() - commitments.keys())
    ]
    for field in sorted(values.keys() & commitments.keys()):
        if not _opens(commitments[field], salts.get(field, ""), field, values[field]):
            findings.append(Finding("personal_altered", sequence, field))
    return tuple(findings)


def _opens_all(
    commitments: Mapping[str, str], values: Mapping[str, str], salts: Mapping[str, str]
) -> bool:
    """Tell whether nothing is wrong; nearly always so, and a million rows have many."""
    try:
        if values.keys() != commitments.keys():
            return False
        for field, value in values.items():
            # written out, as one call less for each of ten million values
            message = (field + "\0" + value).encode("utf-8", "surrogatepass")
            digest = hmac.digest(bytes.fromhex(salts[field]), message, "sha256")
            if digest.hex() != commitments[field]:
                return False
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


def _message(field: str, value: str) -> bytes:
    return field.encode() + b"\0" + value.encode("utf-8", "surrogatepass")


def _opens(commitment: str, salt: str, field: str, value: str) -> bool:
    try:
        return hmac.compare_digest(commit(salt, field, value), commitment)
    except (CommitmentError, TypeError):
        return False

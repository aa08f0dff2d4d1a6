"""What makes a conflict the same conflict on every rescan."""

import hashlib
from collections.abc import Iterable


def signature(identity: str, sides: Iterable[str], offers: Iterable[str]) -> str:
    """Return a stable name for the case that these offers open.

    Two transactions that find the same collision arrive at the same signature, in
    whatever order they saw the offers. The offers stand for the period of the case.
    """
    parts = (identity, ",".join(sorted(set(sides))), ",".join(sorted(set(offers))))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()

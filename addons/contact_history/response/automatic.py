"""Letters that no human wrote just now: out of office, acknowledgements, robots."""

from __future__ import annotations

import re
from collections.abc import Mapping

# RFC 3834 and what mail programs did before it.
_ANY_VALUE = frozenset({"x-autoreply", "x-autorespond", "x-auto-reply-from"})
_PRECEDENCE = frozenset({"auto_reply", "bulk", "junk"})
# Only at the beginning: people quote such words in the middle of theirs.
_SUBJECT = re.compile(
    r"^\s*(automatic reply|auto[- ]?reply|autoreply|out of (the )?office|"
    r"automatyczna odpowied[zź]|odpowied[zź] automatyczna|poza biurem|"
    r"αυτ[οό]ματη απ[αά]ντηση|εκτ[οό]ς γραφε[ιί]ου|"
    r"automatische antwort|abwesenheitsnotiz)\b",
    re.IGNORECASE,
)


def is_automatic(headers: Mapping[str, str], subject: str | None = None) -> bool:
    """Return whether a robot sent the letter.

    :param headers: by name; case does not matter.
    """
    given = {name.lower(): value.strip().lower() for name, value in headers.items()}
    submitted = given.get("auto-submitted", "no").partition(";")[0].strip()
    return (
        submitted != "no"
        or not _ANY_VALUE.isdisjoint(given)
        or given.get("precedence") in _PRECEDENCE
        or bool(_SUBJECT.match(subject or ""))
    )

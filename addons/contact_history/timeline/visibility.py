"""Redaction: take away what a level does not allow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .entry import Entry
from .levels import LEVELS, lowest

# What a step of the ladder adds, with the value that hides it. Time, kind and
# branch always stay: without them nobody knows that, and with whom, to talk.
_ADDED: dict[str, dict[str, Any]] = {
    "metadata": {
        "channel": None,
        "direction": None,
        "state": None,
        "label": None,
        "duration": 0,
        "user_name": None,
    },
    "subject": {
        "subject": None,
        "partner_name": None,
        "certainty": None,
        "thread": None,
    },
    "content": {
        "preview": None,
        "attachments": (),
        "res_model": None,
        "res_id": None,
        "is_pinned": False,
        "can_pin": False,
    },
}


def redact(entry: Entry, level: str, reason: str | None = None) -> Entry:
    """Return ``entry`` with nothing left that lies above ``level``.

    Never widens: an entry that is already more redacted keeps its level.

    :param reason: translated explanation for the reader.
    :raise ValueError: for a level that is not on the ladder.
    """
    allowed = lowest(entry.level, level)
    if allowed == "content":
        return entry
    hidden: dict[str, Any] = {}
    for step in LEVELS[LEVELS.index(allowed) + 1 :]:
        hidden.update(_ADDED[step])
    return replace(entry, level=allowed, redacted=True, reason=reason, **hidden)

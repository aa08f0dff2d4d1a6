"""The newest word counts, and the person's own before that of the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# What somebody is contacted for. Only the first needs nobody's permission.
PURPOSES = ("service", "feedback", "marketing")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of being contacted.

    :param id: tells statements of the same moment apart, later ones are higher.
    :param decision: granted, refused, preferred or withdrawn.
    """

    id: int
    said_at: datetime
    decision: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may be contacted.

    :param reason: refused, blacklisted, granted, unasked (nothing was said, and
        nothing need be said) or no_consent (nothing was said, but would have to be).
    :param statement_id: the statement that decided, if one did.
    """

    is_allowed: bool
    reason: str
    statement_id: int | None = None


def decide(
    own: Sequence[Statement],
    house: Sequence[Statement],
    purpose: str,
    *,
    needs_consent: bool,
    is_blacklisted: bool,
) -> Verdict:
    """Return whether somebody may be contacted for ``purpose``.

    :param own: what the person said, of this channel and purpose, in any order.
    :param house: what was said for the whole company the person belongs to.
    :param needs_consent: silence does not do.
    :param is_blacklisted: the address is on a list of those who want no mailings;
        that counts for everything but service.
    :raise ValueError: for a purpose that there is none.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"unknown_purpose: {purpose!r}")
    last = _last(own, purpose) or _last(house, purpose)
    if last and last.decision == "refused":
        return Verdict(False, "refused", last.id)
    if is_blacklisted and purpose != "service":
        return Verdict(False, "blacklisted")
    if last and last.decision in ("granted", "preferred"):
        return Verdict(True, "granted", last.id)
    if needs_consent:
        return Verdict(False, "no_consent")
    return Verdict(True, "unasked")


def _last(statements: Sequence[Statement], purpose: str) -> Statement | None:
    """Return the newest word. A wish for a channel is no word on advertising."""
    relevant = [
        statement
        for statement in statements
        if statement.decision != "preferred" or purpose == "service"
    ]
    return max(relevant, key=lambda one: (one.said_at, one.id), default=None)

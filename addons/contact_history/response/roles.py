"""What a contact does to the clock: start it, stop it, or neither."""

from __future__ import annotations

ASKS = "asks"
ANSWERS = "answers"
NEITHER = "neither"
ROLES = (ASKS, ANSWERS, NEITHER)

# Both sides talk at once: whoever was waiting has been answered.
_CONVERSATIONS = frozenset({"call", "meeting", "visit", "talk"})
_NOT_REACHED = frozenset({"missed", "failed", "cancelled"})


def role_of(channel: str, direction: str, state: str, *, is_silent: bool) -> str:
    """Return what the contact does to the clock.

    :param channel: code of the channel, for example "email".
    :param direction: "incoming" or "outgoing", seen from us.
    :param state: "done", "answered", "missed", "voicemail", "failed" or "cancelled".
    :param is_silent: sent by a robot, or a mere "thanks": nobody expects an
        answer to it, and it answers nobody.
    """
    if is_silent:
        return NEITHER
    if channel in _CONVERSATIONS and state not in (*_NOT_REACHED, "voicemail"):
        return ANSWERS
    if direction == "incoming":
        return _role_of_incoming(channel, state)
    # A call back that nobody took leaves the customer waiting. A message on the
    # answering machine reaches him.
    return NEITHER if state in _NOT_REACHED else ANSWERS


def _role_of_incoming(channel: str, state: str) -> str:
    """A missed call asks to be called back; a missed meeting was nobody's question."""
    if channel in _CONVERSATIONS - {"call"} or state in ("failed", "cancelled"):
        return NEITHER
    return ASKS

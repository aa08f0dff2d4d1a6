"""Which messages belong together."""

from __future__ import annotations

import re
from hashlib import blake2s

# Where one message answers another. A call or a visit stands for itself.
WRITTEN = frozenset({"email", "sms", "chat", "portal", "social", "web_form", "letter"})
# "Re:", "AW:", "Odp:", "Fwd [2]:" …, in the languages of mail programs near us.
_ANSWER = re.compile(
    r"^\s*(?:re|aw|antw|odp|sv|vs|fw|fwd|wg|pd|tr|rv|i|απ|σχετ|πρθ)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*:\s*",
    re.IGNORECASE,
)
_LOOK_AT = 200


def thread_of(
    channel: str | None, subject: str | None, document: tuple[str, int] | None
) -> str | None:
    """Return a short key that the messages of one exchange share.

    By the subject, whoever wrote it and however often it was answered; where there is
    none, by the document that the messages are about.

    :param channel: how the contact took place.
    :param document: (model, id) of a document of its own, or None.
    :return: None for what belongs to nothing else.
    """
    if channel not in WRITTEN:
        return None
    topic = _topic(subject)
    if topic:
        return _short(f"subject {topic}")
    return _short(f"document {document[0]} {document[1]}") if document else None


def _topic(subject: str | None) -> str:
    text = (subject or "")[:_LOOK_AT]
    shorter = _ANSWER.sub("", text)
    while shorter != text:
        text, shorter = shorter, _ANSWER.sub("", shorter)
    return " ".join(text.casefold().split())


def _short(text: str) -> str:
    return blake2s(text.encode(), digest_size=8).hexdigest()

"""Short plain text of a longer one."""

from __future__ import annotations

PREVIEW_LENGTH = 280
# No need to look at a whole book for its first lines.
_LOOK_AT = 20 * PREVIEW_LENGTH


def shorten(text: str | None, length: int = PREVIEW_LENGTH) -> str | None:
    """Return ``text`` on one line, cut at a word where possible.

    :param length: greatest number of characters of the result, at least 2.
    :return: None when nothing but white space is there.
    """
    words = " ".join((text or "")[:_LOOK_AT].split())
    if not words:
        return None
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    # A very long word is cut inside rather than dropped.
    at_word = cut.rpartition(" ")[0]
    kept = at_word if len(at_word) > length // 2 else cut
    return kept.rstrip(" ,;:") + "…"

"""Letters as they are compared: small, without accents, one for one."""

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {"ł": "l", "ß": "s", "ς": "σ", "ø": "o", "đ": "d", "æ": "a", "œ": "o", "ı": "i"}
)
_SPACES = frozenset("\u00a0\u2007\u2009\u202f\t")


def fold(text: str) -> str:
    """Return ``text`` for comparing; each character keeps its place."""
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _SPACES:
        return " "
    plain = unicodedata.normalize("NFKD", character)[0].lower().translate(_PLAIN)
    return plain if len(plain) == 1 else character

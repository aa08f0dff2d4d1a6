"""Names in Latin letters, and a fold under which alike-sounding spellings are equal."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from .text import fold_width

# People mix Greek and Latin letters of one shape within a word (homoglyphs).
_LATIN_SHAPES = "ABEZHIKMNOPTYXabezhikmnoptuvxy"
_GREEK_SHAPES = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυνχυ"
_TO_GREEK = str.maketrans(_LATIN_SHAPES, _GREEK_SHAPES)
_TO_LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαειικνορτυχ", "ABEZHIKMNOPTYXaeiikvoptux")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_ONLY_LATIN = re.compile(r"[CDFGJLQRSUVWcdfgjlqrsw]")
_LOOKS_GREEK = re.compile(r"(?:[ABEZHIKMNOPTYX]+|[abezhikmnoptyx]+)\Z")
_WORDS = re.compile(r"\w+")

_PAIRS = (
    ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("ηυ", "iv"), ("γγ", "ng"),
    ("γξ", "nx"), ("γχ", "nch"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i",
        "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x",
        "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y",
        "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "oe", "å": "aa",
    }
)  # fmt: skip
_GERMAN = re.compile("([aouAOU])\u0308")

# One pass, longest first: what a rule made is not read again by another one.
_SOUNDS = {
    "tsch": "k", "sch": "s", "ou": "u", "ei": "i", "oi": "i",
    "ae": "a", "oe": "o", "ue": "u", "eu": "ev", "au": "av",
    "ch": "h", "kh": "h", "ks": "h", "x": "h", "ph": "v", "th": "t",
    "sz": "s", "sh": "s", "rz": "z", "cz": "k", "ck": "k", "gk": "g",
    "c": "k", "q": "k", "y": "i", "j": "i", "w": "v", "b": "v", "f": "v",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_FIRST_SOUNDS = (("mp", "b"), ("nt", "d"), ("gk", "g"), ("tz", "ts"))
_CONSONANT = "bcdfgjklmnpqrstvxz"
# Greek typed on a Latin keyboard: w for omega, h for eta.
_OMEGA = re.compile(rf"(?<=[{_CONSONANT}])w(?=[{_CONSONANT}]|\Z)")
_ETA = re.compile(r"(?<=[bdfglmnrvz])h(?=[bcdfgjklmnpqrstvxz])|(?<=[bdfgklmnrvz])h\Z")
_DOUBLED = re.compile(r"(.)\1+")
# Ideographs and what follows: too many to keep, and without accents.
_BEYOND_ALPHABETS = 0x2E80
_VOWELS = str.maketrans("", "", "aeiou ")


def latinise(value: str, limit: int) -> str:
    """Return ``value``, cut to ``limit``, in lower-case ASCII.

    Greek as ELOT 743 writes it, German umlauts as two letters, other scripts by sound.
    """
    text = fold_width(value, limit)
    if text.isascii():
        return text.lower()
    if _GREEK.search(text):
        text = _greek_to_latin(_without_homoglyphs(text))
    text = _GERMAN.sub(r"\1e", unicodedata.normalize("NFD", text))
    plain = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    plain = _without_marks(plain)
    return plain if plain.isascii() else str(anyascii(plain)).lower()


def _without_homoglyphs(text: str) -> str:
    return _WORDS.sub(lambda match: _one_script(match.group()), text)


def _one_script(word: str) -> str:
    if _ONLY_LATIN.search(word):
        return word.translate(_TO_LATIN)
    if _GREEK.search(word) or _LOOKS_GREEK.match(word):
        return word.translate(_TO_GREEK)
    return word


def _greek_to_latin(text: str) -> str:
    # A diaeresis keeps two vowels apart: it must not become one sound.
    plain = _without_marks(text.lower().replace("ϊ", "i").replace("ϋ", "y"))
    for greek, latin in _PAIRS:
        plain = plain.replace(greek, latin)
    return plain


def _without_marks(text: str) -> str:
    """Drop Greek and Latin accents, but leave ä, ö and ü to be written as two."""
    return text if text.isascii() else text.translate(_UNMARKED)


class _Unmarked(dict[int, str]):
    """Letters without accents, worked out once for each alphabet that has them."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in "äöü":
            return letter
        parts = unicodedata.normalize("NFD", letter)
        plain = "".join(part for part in parts if not unicodedata.combining(part))
        if code < _BEYOND_ALPHABETS:
            self[code] = plain
        return plain


_UNMARKED = _Unmarked()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return what is left of a latinised word when spellings of one sound are equal."""
    word = _ETA.sub("i", _OMEGA.sub("o", word))
    for spelling, sound in _FIRST_SOUNDS:
        if word.startswith(spelling):
            word = sound + word[len(spelling) :]
    word = _SOUND.sub(lambda match: _SOUNDS[match.group()], word)
    return _DOUBLED.sub(r"\1", word)


def skeleton(word: str) -> str:
    """Return the consonants of a folded word, the first letter kept whatever it is."""
    return word[:1] + word[1:].translate(_VOWELS)

"""Cleaning that every normal form starts with."""

import re
import unicodedata

# Greek capitals that look like Latin ones: people type EL and other prefixes in either.
_LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΛΜΝΟΡΤΥΧ", "ABEZHIKLMNOPTYX")
_OTHER = re.compile("[^0-9A-Z]+")


def fold_width(value: str, limit: int) -> str:
    """Return ``value``, cut to ``limit`` characters, with full-width forms plain."""
    cut = value[:limit]
    return cut if cut.isascii() else unicodedata.normalize("NFKC", cut)


def alphanumerics(value: str, limit: int) -> str:
    """Return the ASCII letters (upper case) and digits of ``value``, in order.

    Digits of other scripts become ASCII digits; everything else is dropped.
    """
    folded = fold_width(value, limit).upper()
    if folded.isascii():
        return _OTHER.sub("", folded)
    folded = folded.translate(_LOOK_ALIKES)
    return "".join(_plain(character) for character in folded)


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character.isascii() and character.isalpha():
        return character
    return ""

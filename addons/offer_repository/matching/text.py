"""Cleaning that every normal form starts with."""

import unicodedata

# Greek capitals that look like Latin ones: people type EL and other prefixes in either.
_LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΙΚΛΜΝΟΡΤΥΧ", "ABEZHIKLMNOPTYX")


def fold_width(value: str, limit: int) -> str:
    """Return ``value``, cut to ``limit`` characters, with full-width forms plain."""
    return unicodedata.normalize("NFKC", value[:limit])


def alphanumerics(value: str, limit: int) -> str:
    """Return the ASCII letters (upper case) and digits of ``value``, in order.

    Digits of other scripts become ASCII digits; everything else is dropped.
    """
    folded = fold_width(value, limit).upper().translate(_LOOK_ALIKES)
    return "".join(_plain(character) for character in folded)


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character.isascii() and character.isalpha():
        return character
    return ""

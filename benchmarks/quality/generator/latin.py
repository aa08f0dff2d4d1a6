"""How Polish, Greek and German look when typed without their own letters."""

from __future__ import annotations

import random
import re
import unicodedata

_POLISH = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
_UMLAUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
# As passports write it; pairs first.
_PASSPORT = """αι=ai αυ=av ει=ei ευ=ev οι=oi ου=ou γγ=ng γκ=gk γχ=nch μπ=b ντ=nt α=a β=v
γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch
ψ=ps ω=o"""
# As people type it who think of the letter's look or sound.
_GREEKLISH = {"η": "h", "θ": "8", "ξ": "ks", "χ": "x", "ω": "w", "υ": "u", "β": "b"}
_PAIRS = [pair.split("=") for pair in _PASSPORT.split()]


def without_accents(text: str) -> str:
    """Return the text without Greek or Latin accents; ł and ß stay."""
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in plain if not unicodedata.combining(c))
    )


def greek_to_latin(text: str, rng: random.Random | None = None) -> str:
    """Write Greek in Latin letters: as in passports, or with ``rng`` as people do."""
    plain = without_accents(text)
    habits = {}
    if rng:
        habits = {k: v for k, v in _GREEKLISH.items() if rng.random() < 0.5}
    for greek, latin in _PAIRS:
        new = habits.get(greek, latin)
        plain = plain.replace(greek.upper(), new.title()).replace(greek, new)
        plain = plain.replace(greek.capitalize(), new.title())
    return plain


def ascii_text(text: str, country: str) -> str:
    """Write in plain letters, as old programs, addresses and domains want it."""
    if country == "GR":
        text = greek_to_latin(text)
    if country == "DE":
        for letter, pair in _UMLAUT.items():
            text = text.replace(letter, pair)
    text = without_accents(text.translate(_POLISH))
    return text.encode("ascii", "ignore").decode()


def slug(text: str, country: str, joint: str = "") -> str:
    """Return what stands in a mailbox or a domain."""
    words = re.findall(r"[a-z0-9]+", ascii_text(text, country).lower())
    return joint.join(words)

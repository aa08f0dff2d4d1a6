"""Slips of the hand and of the ear, one function each: text in, text out."""

from __future__ import annotations

import random
import re

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_GREEK_ROWS = ("ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ")
# What sounds alike, either way round.
_HEARD = {
    "PL": "ó=u rz=ż ch=h ą=om ę=en w=f sz=s cz=c i=y ks=x k=c ck=tsk j=i",
    "GR": "η=ι υ=ι ει=ι οι=ι ω=ο αι=ε λλ=λ σσ=σ ββ=β γγ=γκ μπ=π",
    "DE": "ei=ai ä=e ie=i ck=k tz=z ph=f dt=t v=f th=t ss=ß y=i mm=m",
    "GB": "ie=y ph=f ck=k ee=ea ou=u ll=l mm=m ay=ey son=sen c=k y=i",
}


def neighbour(text: str, rng: random.Random) -> str:
    """Hit the key beside the right one."""
    place = rng.randrange(len(text))
    letter = text[place].lower()
    for row in (*_ROWS, *_GREEK_ROWS):
        at = row.find(letter)
        if at >= 0:
            wrong = row[min(at + 1, len(row) - 1) if rng.random() < 0.5 else at - 1]
            return text[:place] + _cased(wrong, text[place]) + text[place + 1 :]
    return text


def swapped(text: str, rng: random.Random) -> str:
    """Type two letters in the wrong order."""
    place = rng.randrange(max(1, len(text) - 1))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def left_out(text: str, rng: random.Random) -> str:
    """Forget a letter."""
    place = rng.randrange(len(text))
    return text[:place] + text[place + 1 :] if len(text) > 3 else text


def doubled(text: str, rng: random.Random) -> str:
    """Hold a key too long."""
    place = rng.randrange(len(text))
    return text[:place] + text[place] + text[place:]


SLIPS = (neighbour, swapped, left_out, doubled)


def slip(text: str, rng: random.Random) -> str:
    """Make one mistake of the hand."""
    return rng.choice(SLIPS)(text, rng) if text else text


def misheard(text: str, country: str, rng: random.Random) -> str:
    """Write one sound with other letters."""
    pairs = [pair.split("=") for pair in _HEARD[country].split()]
    rng.shuffle(pairs)
    for pair in pairs:
        one, other = pair if rng.random() < 0.5 else pair[::-1]
        found = [match.start() for match in re.finditer(one, text.lower())]
        if found:
            place = rng.choice(found)
            new = _cased(other, text[place])
            return text[:place] + new + text[place + len(one) :]
    return text


def wrong_digit(text: str, rng: random.Random) -> str:
    """Mistype one digit, or swap two."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text
    place = rng.choice(places)
    if rng.random() < 0.4:
        return swapped(text[place:], random.Random(0)).join((text[:place], ""))
    return (
        text[:place]
        + str((int(text[place]) + rng.randint(1, 9)) % 10)
        + text[place + 1 :]
    )


def _cased(new: str, old: str) -> str:
    return new.title() if old.isupper() else new

"""A closing "thank you" is no question."""

from __future__ import annotations

import re
import unicodedata

# Longer texts always say something.
MAX_LENGTH = 120
_WORD = re.compile(r"[^\W_]+")
# ";" is the Greek question mark.
_ASKS = re.compile(r"[?;\u037e\d]")

# Without accents, in small letters. Polish, Greek, English, German.
_THANKS = """
    thanks thank thx cheers dziekuje dziekujemy dzieki ευχαριστω
    ευχαριστουμε danke dank merci
"""
_AROUND = """
    you very much so a lot many again ok okay great perfect super fine noted
    received got it for the your quick reply answer help information info best kind
    warm regards have nice good day evening weekend all hello hi dear and
    bardzo serdecznie wielkie za szybka odpowiedz pomoc informacje pozdrawiam
    pozdrawiamy pozdrowienia milego dnia swietnie dobrze i
    πολυ παρα για την απαντηση βοηθεια σασ σε καλη καλο μερα ημερα βραδυ
    απογευμα ενταξει τελεια και εκτιμηση με
    vielen schon sehr fur die antwort hilfe gut alles klar mit freundlichen grussen
    schonen tag und
"""


def is_courtesy(text: str | None, names: str = "") -> bool:
    """Return whether the text says thanks and nothing else.

    Careful: one word it does not know, a number or a question mark, and the text
    counts as a question. Better to answer once too often.

    :param names: of the sender, as they stand below a letter.
    """
    if not text or len(text) > MAX_LENGTH or _ASKS.search(text):
        return False
    words = _words(text)
    thanks = frozenset(_THANKS.split())
    known = thanks | frozenset((*_AROUND.split(), *_words(names)))
    return any(word in thanks for word in words) and all(
        word in known for word in words
    )


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFD", text.lower().replace("ł", "l"))
    bare = "".join(char for char in flat if not unicodedata.combining(char))
    # The one small letter that has two shapes in Greek.
    return _WORD.findall(bare.replace("ς", "σ").replace("ß", "ss"))

"""Text taken apart into words of plain letters, alike for what is stored and asked."""

import re
from collections.abc import Callable, Iterable, Iterator

# Writes text in lower-case ASCII: other scripts in Latin letters, without accents.
Fold = Callable[[str], str]

# PostgreSQL indexes no word above 2 KB, and nobody types one.
_MAX_WORD = 60
_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_WORDS = re.compile(r"[a-z0-9]+")
_COMPOUND = re.compile(r"[a-z0-9]+(?:[-/._][a-z0-9]+)+")
_PARTS = re.compile(r"[a-z]+|[0-9]+")
_THOUSANDS = r"[0-9]{1,3}(?:[ .,'][0-9]{3})+(?:[.,][0-9]{1,2})?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:{_THOUSANDS}|[0-9]+[.,][0-9]{{1,2}})(?![\w]|[.,'][0-9])"
)
_CENTS = re.compile(r"(.*?)[.,]([0-9]{1,2})")
# What people type for a digit in a number.
_MISREAD = str.maketrans("oil", "011")
# Written "ae" by some and "a" by others: the fold knows the first way only.
_UMLAUTS = str.maketrans("äöüÄÖÜøØåÅ", "aouAOUoOaA")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def spaced(text: str) -> str:
    """Return ``text`` with one space for every gap and unprintable sign."""
    return _GAPS.sub(" ", text)


def words_of(text: str, fold: Fold) -> tuple[str, ...]:
    """Return the words of ``text`` in order, folded."""
    return tuple(word[:_MAX_WORD] for word in _WORDS.findall(fold(spaced(text))))


def index_words(texts: Iterable[str], fold: Fold) -> str:
    """Return the words of texts as one line, further forms of them at the end.

    Forms ("cx400" for "CX-400", "12345d67" for "12 345,67") stand behind, so that words
    next to each other stay next to each other.
    """
    words: list[str] = []
    forms: dict[str, None] = {}
    for text in texts:
        plain = fold(spaced(text))
        words += (word[:_MAX_WORD] for word in _WORDS.findall(plain))
        forms |= dict.fromkeys(_further_forms(plain))
        without = text.translate(_UMLAUTS)
        if without != text:
            forms |= dict.fromkeys(words_of(without, fold))
    return " ".join([*words, *forms])


def _further_forms(plain: str) -> Iterator[str]:
    for match in _COMPOUND.finditer(plain):
        if joined := join_compound(match.group()):
            yield joined
    for word in set(_WORDS.findall(plain)):
        if not word.isdigit() and not word.isalpha() and len(word) <= _MAX_WORD:
            yield from _PARTS.findall(word)
    for match in _NUMBER.finditer(plain):
        yield number_word(match.group())


def join_compound(text: str) -> str:
    """Return a code without its signs, "cx-400" as "cx400"; ``""`` for a word."""
    joined = "".join(_WORDS.findall(text))
    has_digit = any(letter.isdigit() for letter in joined)
    return joined if has_digit and len(joined) <= _MAX_WORD else ""


def number_word(text: str) -> str:
    """Return a number as one word: "12 345,60" and "12,345.6" both as "12345d6"."""
    cents = _CENTS.fullmatch(text)
    whole, rest = cents.groups() if cents else (text, "")
    digits = "".join(filter(str.isdigit, whole)).lstrip("0") or "0"
    rest = rest.rstrip("0")
    return f"{digits}d{rest}" if rest else digits


def find_number(plain: str) -> str:
    """Return the word for ``plain`` if it is a number with signs, else ``""``."""
    match = _NUMBER.fullmatch(plain)
    return number_word(match.group()) if match else ""


def amount_word(amount: float) -> str:
    """Return an amount as it is found when somebody types it."""
    return number_word(f"{abs(amount):.2f}")


def number_forms(number: str, fold: Fold) -> tuple[str, ...]:
    """Return how people may type the number of an offer besides as it is.

    "S00012" is also found as "s12", "00012" and "S000l2".
    """
    joined = "".join(_WORDS.findall(fold(number)))[:_MAX_WORD]
    tail = re.search(r"[0-9]+$", joined)
    forms = [joined, plain_number(joined), tail.group() if tail else ""]
    return tuple(dict.fromkeys(form for form in forms if form))


def plain_number(joined: str) -> str:
    """Return a number without leading zeros and with misread letters as digits.

    Letters before the first digit are the number's own.
    """
    first = re.search(r"[0-9]", joined)
    if not first:
        return joined
    head, rest = joined[: first.start()], joined[first.start() :]
    return head + _ZEROS.sub("", rest.translate(_MISREAD))

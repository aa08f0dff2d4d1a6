"""What somebody types into the search box, read as clauses that all must hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .words import Fold, find_number, join_compound, plain_number, spaced, words_of

_MAX_LENGTH = 300
_MAX_CLAUSES = 12
_MAX_PHRASE = 12
# The beginning of a word finds it from here on; shorter ones would find everything.
MIN_PREFIX = 3
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″＂", '"'))
_TOKENS = re.compile(
    r"""
    (?P<minus>[-\u2010-\u2015\u2212]?)
    (?: "(?P<phrase>[^"]*)"?
      | (?P<number>[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]{1,2})?)(?=\s|$)
      | (?P<word>[^\s"]+)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be there, or must not.

    :ivar words: folded words that stand next to each other
    :ivar raw: the same as typed, for stemming; ``""`` where there is nothing to stem
    :ivar forms: other single words that are the same thing, as "cx400" for "CX-400"
    :ivar is_prefix: whether the last word may be the beginning of a longer one
    """

    words: tuple[str, ...]
    raw: str
    forms: tuple[str, ...]
    is_excluded: bool
    is_prefix: bool

    def tsquery(self, near: Iterable[str] = (), mark: str = "") -> str:
        """Return the clause as text of PostgreSQL's type ``tsquery``, without negation.

        :param near: other words that may stand for it
        :param mark: put before every word: see ``Query.marked``
        """
        star = ":*" if self.is_prefix and len(self.words[-1]) >= MIN_PREFIX else ""
        *first, last = self.words
        phrase = [f"'{mark}{word}'" for word in first] + [f"'{mark}{last}'{star}"]
        if mark:
            # marks have no place in the text, so nothing is next to them
            options = ["(" + " & ".join(phrase) + ")"]
        else:
            options = ["(" + " <-> ".join(phrase) + ")"]
        options += [f"'{mark}{form}'{star}" for form in self.forms]
        options += [f"'{mark}{word}'" for word in near]
        return " | ".join(options)


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its clauses, in the order typed."""

    clauses: tuple[Clause, ...]

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.is_excluded)

    def marked(self, mark: str, near: Mapping[str, Iterable[str]]) -> str:
        """Return a ``tsquery`` for offers with any wanted clause among marked words."""
        options = [
            clause.tsquery(near.get(clause.raw, ()), mark) for clause in self.wanted
        ]
        return " | ".join(options)


def parse_query(text: str, fold: Fold) -> Query:
    """Read a question; any text at all is one, if only an empty one."""
    plain = text[:_MAX_LENGTH].encode("utf-8", "ignore").decode()
    plain = spaced(plain).translate(_QUOTES)
    clauses = [clause for clause in _clauses(plain, fold) if clause.words]
    return Query(tuple(dict.fromkeys(clauses))[:_MAX_CLAUSES])


def _clauses(plain: str, fold: Fold) -> Iterator[Clause]:
    for match in _TOKENS.finditer(plain):
        is_excluded = bool(match["minus"])
        if match["phrase"] is not None:
            yield _phrase(match["phrase"], is_excluded, fold)
        else:
            yield _word(match["number"] or match["word"], is_excluded, fold)


def _phrase(text: str, is_excluded: bool, fold: Fold) -> Clause:
    words = words_of(text, fold)[:_MAX_PHRASE]
    raw = text if len(words) == 1 else ""
    return Clause(words, raw, (), is_excluded, is_prefix=False)


def _word(text: str, is_excluded: bool, fold: Fold) -> Clause:
    words = words_of(text, fold)[:_MAX_PHRASE]
    forms = dict.fromkeys(_forms(fold(text).strip()))
    others = tuple(form for form in forms if (form,) != words)
    return Clause(words, text, others, is_excluded, is_prefix=not is_excluded)


def _forms(plain: str) -> Iterator[str]:
    if number := find_number(plain):
        yield number
        return
    joined = join_compound(plain)
    if joined:
        yield joined
        if not joined.isdigit():
            yield plain_number(joined)

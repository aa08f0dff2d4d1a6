"""Features of the name and of the people behind it."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from ..keys import Kind
from ..latin import fold
from ..names import CORE, GIVEN, INITIAL, PLACE, SMALL
from ..profile import Profile
from ..resemblance import Alignment, Word, allowed_typos
from ..trades import trades_of
from .pair import Pair, Seen, shared

# Up to how many holders a name or word counts as unique, rare, or held by some.
_UNIQUE, _RARE, _SOME = 2, 4, 9
_RARE_WORD, _SOME_WORD, _COMMON_WORD = 4, 20, 100
_TELLING = {CORE, GIVEN}
_NAMING_A_TRADE = {CORE, SMALL}
_FAIR = 0.75
_MAX_ACRONYM = 6
_FIRST_AND_LAST, _MIN_MAILBOX = 2, 5
# No legal form, and those of one merchant: firm and owner are one customer.
_OWNERS_FORMS = ("", "ek")


def name(pair: Pair) -> Seen | None:
    """The names are equal, alike, one within the other, or different."""
    left, right = pair.left, pair.right
    if not left.words or not right.words:
        return None
    if pair.is_one_name:
        if INITIAL in left.kinds and pair.both_persons:
            return "name_equal_initials", left.name, right.name
        holders = pair.holders(Kind.NAME, left.sorted_name)
        return f"name_equal_{_how_common(holders)}", left.name, right.name
    return f"name_{_likeness(pair)}", left.name, right.name


def _how_common(holders: int) -> str:
    if holders <= _UNIQUE:
        return "unique"
    if holders <= _RARE:
        return "rare"
    return "some" if holders <= _SOME else "common"


def _likeness(pair: Pair) -> str:
    """Say how alike two names are that are not equal."""
    words = pair.alignment
    if not words.left and not words.right:
        return _complete(words)
    if not _has_telling_match(words):
        return _unlike(pair, words)
    if pair.both_persons and words.left and words.right:
        return _person_part(pair, words)
    left, right = _telling(words.left), _telling(words.right)
    if left and right:
        return "part"
    if left or right:
        return "contains"
    return "small_words_differ" if words.left and words.right else "contains_small"


def _complete(words: Alignment) -> str:
    """Every word has found its partner."""
    if words.initials or any(kind == INITIAL for _, kind in words.shared):
        return "initials" if not words.typos else "initials_close"
    return "close" if words.typos <= 1 else "near"


def _has_telling_match(words: Alignment) -> bool:
    kinds = words.close_kinds
    return CORE in kinds or GIVEN in kinds or bool(_telling(words.shared))


def _telling(words: list[Word]) -> list[str]:
    return [word for word, kind in words if kind in _TELLING]


def _person_part(pair: Pair, words: Alignment) -> str:
    """Known given names clash, others differ, or only they are equal."""
    kinds = [kind for _, kind in words.shared]
    left, right = {k for _, k in words.left}, {k for _, k in words.right}
    are_known = GIVEN in left and GIVEN in right
    if kinds and CORE not in kinds and CORE not in words.close_kinds:
        is_surname = are_known and _is_last_of_both(pair, words.shared)
        return "given_clash" if is_surname else "given_only"
    return "given_clash" if are_known else "given_differs"


def _is_last_of_both(pair: Pair, shared: list[Word]) -> bool:
    """Return whether a shared word stands where surnames do: Kamil Zak, Ewa Zak."""
    return any(pair.left.words[-1] == w == pair.right.words[-1] for w, _ in shared)


def _unlike(pair: Pair, words: Alignment) -> str:
    if _is_acronym(pair.left.words, pair.right.words) or _is_acronym(
        pair.right.words, pair.left.words
    ):
        return "acronym"
    longest = max(len(pair.left.letters), len(pair.right.letters))
    limit = int(longest * (1 - _FAIR))
    typos = OSA.distance(pair.left.letters, pair.right.letters, score_cutoff=limit)
    if typos <= limit:
        return "fair"
    return "common_words" if words.shared or words.close_kinds else "differs"


def _is_acronym(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    letters = "".join(word[0] for word in long)
    return any(
        2 <= len(word) <= _MAX_ACRONYM and letters.startswith(word) for word in short
    )


def common_words(pair: Pair) -> Seen | None:
    """The telling words that both names have are rare, common, or usual names."""
    telling = _telling(pair.alignment.shared)
    if not telling:
        return None
    holders, word = pair.fewest(Kind.WORD, telling)
    if holders <= _RARE_WORD:
        return "word_rare", word, word
    if holders <= _SOME_WORD:
        return "word_some", word, word
    return ("word_common" if holders <= _COMMON_WORD else "word_usual"), word, word


def words_left_over(pair: Pair) -> Seen | None:
    """Both names have words that the other has not."""
    left, right = pair.alignment.left, pair.alignment.right
    if not left or not right or not _has_telling_match(pair.alignment):
        return None
    kinds = ({kind for _, kind in left}, {kind for _, kind in right})
    trades = _trades(left), _trades(right)
    if trades[0] and trades[1]:
        code = "rest_trades" if trades[0].isdisjoint(trades[1]) else "rest_same_trade"
    elif PLACE in kinds[0] and PLACE in kinds[1]:
        code = "rest_places"
    elif kinds[0] & _TELLING and kinds[1] & _TELLING:
        code = "rest_telling"
    elif kinds[0] & _TELLING or kinds[1] & _TELLING:
        code = "rest_mixed"
    else:
        code = "rest_small"
    return code, _text(left), _text(right)


def _trades(words: list[Word]) -> set[str]:
    return trades_of(word for word, kind in words if kind in _NAMING_A_TRADE)


def _text(words: list[Word]) -> str:
    return " ".join(word for word, _ in words)


def number(pair: Pair) -> Seen | None:
    """The numbers within the names are equal, differ, or only one name has one."""
    left, right = pair.left.numbers, pair.right.numbers
    if not left and not right:
        return None
    values = " ".join(left), " ".join(right)
    if left == right:
        return "number_equal", *values
    return ("number_differs" if left and right else "number_one_side"), *values


def legal_form(pair: Pair) -> Seen | None:
    """The legal forms are equal or differ."""
    left, right = pair.left.legal_form, pair.right.legal_form
    if not left or not right:
        return None
    return ("legal_equal" if left == right else "legal_differs"), left, right


def kind(pair: Pair) -> Seen | None:
    """One is a person and the other a firm, or both are persons."""
    left, right = pair.left.is_person, pair.right.is_person
    if left and right:
        return "kind_persons", "person", "person"
    if left is None or right is None or left == right:
        return None
    sides = ("person", "company") if left else ("company", "person")
    return "kind_differs", *sides


def contact(pair: Pair) -> Seen | None:
    """The contact persons are equal, one is the other customer, or they differ.

    Or one has a mailbox of the other customer, called after him or her.
    """
    left, right = pair.left, pair.right
    if not left.contacts and not right.contacts:
        return None
    named = [*_contacts_called(left, right), *_contacts_called(right, left)]
    if named:
        code = "contact_of_firm" if _is_beside_firm(left, right) else "contact_is_name"
        return code, min(named), min(named)
    common = shared(left.contacts, right.contacts)
    if common:
        return "contact_equal", common[0], common[0]
    mailboxes = [*_mailboxes_of(left, right), *_mailboxes_of(right, left)]
    if mailboxes:
        return "contact_mailbox", min(mailboxes), min(mailboxes)
    if not left.contacts or not right.contacts:
        return None
    values = left.contacts[0], right.contacts[0]
    return ("contact_close" if _is_close(*values) else "contact_differs"), *values


def _mailboxes_of(mine: Profile, other: Profile) -> Iterator[str]:
    """Yield the contact persons of one after whom a mailbox of the other is called.

    Not where both have that mailbox: then it has been seen.
    """
    if mine.contacts:
        for mailbox in other.emails:
            if mailbox not in mine.emails:
                local = _mailbox_letters(mailbox)
                yield from (p for p in mine.contacts if local in _ways_to_write(p))


@lru_cache(maxsize=4096)
def _mailbox_letters(mailbox: str) -> str:
    """Return the folded letters before the @ sign."""
    local = mailbox.partition("@")[0]
    return _joined(fold("".join(filter(str.isalpha, local))))


@lru_cache(maxsize=4096)
def _ways_to_write(person: str) -> frozenset[str]:
    """Return how a person's mailbox may be spelled: annanowak, nowaka, anowak."""
    parts = person.split()
    if len(parts) != _FIRST_AND_LAST:
        return frozenset()
    pairs = (parts, parts[::-1])
    ways = {(one + two) for one, two in pairs} | {one[0] + two for one, two in pairs}
    ways |= {two + one[0] for one, two in pairs}
    return frozenset(_joined(way) for way in ways if len(way) >= _MIN_MAILBOX)


def _joined(letters: str) -> str:
    """Return letters without doubles, as they arise where two words meet."""
    return "".join(letter for letter, _ in groupby(letters))


def _is_beside_firm(left: Profile, right: Profile) -> bool:
    """One is a person and the other a firm that is more than its owner."""
    return any(
        person.is_person and firm.legal_form not in _OWNERS_FORMS
        for person, firm in ((left, right), (right, left))
    )


def _contacts_called(mine: Profile, other: Profile) -> Iterator[str]:
    """Yield the contact persons of one who have the name of the other."""
    for person in mine.contacts:
        parts = person.split()
        if person == other.sorted_name or (
            len(parts) > 1
            and ({*parts} <= {*other.words} or _is_close(person, other.sorted_name))
        ):
            yield person


def _is_close(left: str, right: str) -> bool:
    limit = allowed_typos(min(len(left), len(right)))
    return OSA.distance(left, right, score_cutoff=limit) <= limit

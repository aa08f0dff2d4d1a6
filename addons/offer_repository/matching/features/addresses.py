"""Features of phones, mailboxes and domains."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from ..identifiers import is_mobile
from ..keys import Kind
from ..latin import fold
from ..names import PLACE
from ..profile import Profile
from ..vocabulary import cities, is_free_mail, role_words
from .pair import Pair, Seen, shared

# Up to how many holders a value counts as one customer's, and as shared by a few.
_OWN, _FEW = 2, 4
_OWN_DOMAIN, _FEW_DOMAIN = 3, 6
_MIN_PHONE = 8
_MIN_BRAND = _MIN_PLACE = 4


def _how_shared(pair: Pair, kind: Kind, values: list[str]) -> Seen:
    holders, value = pair.fewest(kind, values)
    if holders <= _OWN:
        return f"{kind}_equal", value, value
    return f"{kind}_{'few' if holders <= _FEW else 'common'}", value, value


def phone(pair: Pair) -> Seen | None:
    """A phone number is the same, one digit off, or all are different."""
    left, right = pair.left.phones, pair.right.phones
    if not left or not right:
        return None
    common = shared(left, right)
    if common:
        return _how_shared(pair, Kind.PHONE, common)
    near = _nearest(left, right, _is_one_digit_off)
    if near:
        return "phone_typo", *near
    return "phone_differs", left[0], right[0]


def mobile(pair: Pair) -> Seen | None:
    """Both have mobile phones: the same one, or different ones."""
    if not pair.left.phones or not pair.right.phones:
        return None
    left = tuple(filter(is_mobile, pair.left.phones))
    right = tuple(filter(is_mobile, pair.right.phones))
    if not left or not right:
        return None
    common = shared(left, right)
    if common:
        return "mobile_equal", common[0], common[0]
    if _nearest(left, right, _is_one_digit_off):
        return None
    return "mobile_differs", left[0], right[0]


def _nearest(
    left: tuple[str, ...], right: tuple[str, ...], is_near: Callable[[str, str], bool]
) -> tuple[str, str] | None:
    """Return one near pair, the same one whichever side is left."""
    near = ((a, b) for a in left for b in right if is_near(a, b))
    return min(near, key=lambda values: sorted(values), default=None)


def _is_one_digit_off(left: str, right: str) -> bool:
    if min(len(left), len(right)) < _MIN_PHONE:
        return False
    return OSA.distance(left, right, score_cutoff=1) == 1


def email(pair: Pair) -> Seen | None:
    """A mailbox is the same, nearly the same, or all are different."""
    left, right = pair.left.emails, pair.right.emails
    if not left or not right:
        return None
    common = shared(left, right)
    if common:
        return _how_shared(pair, Kind.EMAIL, common)
    near = _nearest(left, right, _is_alike)
    if near:
        return "email_close", *near
    places = _places(pair.left), _places(pair.right)
    if places[0] and places[1] and places[0].isdisjoint(places[1]):
        return "email_other_place", left[0], right[0]
    if places[0] or places[1]:
        return "email_places", left[0], right[0]
    both = all(map(_is_free, left)) and all(map(_is_free, right))
    return ("email_differs_free" if both else "email_differs"), left[0], right[0]


def _places(profile: Profile) -> set[str]:
    """Return the places that mailboxes are called after: gdansk@bikes.example."""
    found: set[str] = set()
    for mailbox in profile.emails:
        local, known = _place_of(mailbox)
        if known or (local and (local == profile.city or _is_place(local, profile))):
            found.add(known or local)
    return found


@lru_cache(maxsize=65536)
def _place_of(mailbox: str) -> tuple[str, str]:
    """Return what could be a place before the @ sign, and the city that it is."""
    local = fold(mailbox.partition("@")[0])
    return (local, cities().get(local, "")) if len(local) >= _MIN_PLACE else ("", "")


def _is_place(word: str, profile: Profile) -> bool:
    return PLACE in profile.kinds and (word, PLACE) in profile.named_words


def _is_free(mailbox: str) -> bool:
    return is_free_mail(mailbox.rpartition("@")[2])


def _is_alike(left: str, right: str) -> bool:
    """One letter is off; another digit, or another firm's info@, is another mailbox."""
    if OSA.distance(left, right, score_cutoff=1) != 1:
        return False
    local = left.partition("@")[0]
    is_role = local in role_words() and right.startswith(f"{local}@")
    return not is_role and _digits(left) == _digits(right)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def domain(pair: Pair) -> Seen | None:
    """The firms' own domains are equal, of one name, or different."""
    left, right = pair.left.domains, pair.right.domains
    if not left or not right:
        return None
    common = shared(left, right)
    if common:
        holders, value = pair.fewest(Kind.DOMAIN, common)
        if holders <= _OWN_DOMAIN:
            return "domain_equal", value, value
        return f"domain_{'few' if holders <= _FEW_DOMAIN else 'common'}", value, value
    labels = {value.partition(".")[0] for value in left}
    if any(value.partition(".")[0] in labels for value in right):
        return "domain_name_equal", left[0], right[0]
    return "domain_differs", left[0], right[0]


def brand(pair: Pair) -> Seen | None:
    """A domain or free mailbox of one customer is the name of the other."""
    left, right = pair.left, pair.right
    if left.emails and left.emails == right.emails:
        return None
    found = [*_names_of(left, right), *_names_of(right, left)]
    return ("brand_is_name", min(found), min(found)) if found else None


def _names_of(mine: Profile, other: Profile) -> Iterator[str]:
    """Yield what the mailboxes and domains of one say that is the other's name."""
    for value in mine.brands:
        if len(value) >= _MIN_BRAND and _is_name(value, other):
            yield value


def _is_name(value: str, profile: Profile) -> bool:
    if value in profile.words or value == profile.letters:
        return True
    is_as_long = len(value) == len(profile.letters)
    return is_as_long and value == "".join(sorted(profile.words))

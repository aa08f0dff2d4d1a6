"""Features of the address."""

from rapidfuzz.distance import OSA

from ..keys import Kind
from ..profile import Profile
from ..resemblance import allowed_typos
from .pair import Pair, Seen

_FEW = 4
_MIN_WORD = 4
_MIN_CITY = 4


def street(pair: Pair) -> Seen | None:
    """Street and house number are equal, alike or different."""
    left, right = pair.left, pair.right
    if not left.street or not right.street:
        return None
    return f"street_{_street(pair)}", _shown(left), _shown(right)


def _shown(profile: Profile) -> str:
    flat = f"/{profile.flat}" if profile.flat else ""
    return f"{profile.street} {profile.house}{flat}".strip()


def _street(pair: Pair) -> str:
    left, right = pair.left, pair.right
    is_equal = left.street == right.street
    if not is_equal and not _is_same_street(left.street, right.street):
        if _has_common_word(left.street, right.street):
            return "part_house" if left.house == right.house else "part"
        is_same_city = left.city and left.city == right.city
        return "differs_in_city" if is_same_city else "differs"
    if not left.house or not right.house:
        return "alike"
    if left.house != right.house:
        return "house_close" if _is_close_number(left, right) else "house_differs"
    if left.flat and right.flat and left.flat != right.flat:
        return "flat_differs"
    if not is_equal:
        return "alike_house"
    holders = pair.holders(Kind.STREET, f"{left.street[:5]}|{left.house}")
    return "equal" if holders <= _FEW else "common"


def _is_same_street(left: str, right: str) -> bool:
    """Typing errors, or one has given names or titles that the other leaves out."""
    limit = allowed_typos(max(len(left), len(right)))
    if OSA.distance(left, right, score_cutoff=limit) <= limit:
        return True
    mine, other = left.split(), right.split()
    if len(mine) == len(other):
        return False
    return mine[-1] == other[-1] or {*mine} <= {*other} or {*other} <= {*mine}


def _has_common_word(left: str, right: str) -> bool:
    return any(len(word) >= _MIN_WORD for word in {*left.split()} & {*right.split()})


def _is_close_number(left: Profile, right: Profile) -> bool:
    if left.house.rstrip("abcdefghij") == right.house.rstrip("abcdefghij"):
        return True
    return min(len(left.house), len(right.house)) > 1 and (
        OSA.distance(left.house, right.house, score_cutoff=1) == 1
    )


def city(pair: Pair) -> Seen | None:
    """The cities are equal, alike or different."""
    left, right = pair.left.city, pair.right.city
    if not left or not right:
        return None
    if left == right:
        return "city_equal", left, right
    limit = allowed_typos(max(len(left), len(right)))
    if OSA.distance(left, right, score_cutoff=limit) <= limit:
        return "city_close", left, right
    return ("city_close" if _is_short_for(left, right) else "city_differs"), left, right


def _is_short_for(left: str, right: str) -> bool:
    """One is a part of the other, or cut: "Gorzów Wlkp.", "Greater London"."""
    short, long = sorted((left, right), key=len)
    if len(short) < _MIN_CITY:
        return long.startswith(short)
    if long.startswith(short) or long.endswith(short):
        return True
    rest = iter(long)
    return long[:_MIN_CITY] == short[:_MIN_CITY] and all(
        letter in rest for letter in short
    )


def post_code(pair: Pair) -> Seen | None:
    """The post codes are equal, one sign off, or different."""
    left, right = pair.left.zip, pair.right.zip
    if not left or not right:
        return None
    if left == right:
        return "zip_equal", left, right
    is_close = OSA.distance(left, right, score_cutoff=1) == 1
    return ("zip_close" if is_close else "zip_differs"), left, right


def country(pair: Pair) -> Seen | None:
    """The countries differ."""
    left, right = pair.left.country, pair.right.country
    if not left or not right or left == right:
        return None
    return "country_differs", left, right

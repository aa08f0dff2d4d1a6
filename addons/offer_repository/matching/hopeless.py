"""Which pairs of a scan are not worth a comparison, by a glance at them."""

from rapidfuzz.fuzz import ratio

from .batch import Candidate
from .profile import Profile

# How alike names must be, of 100, when this is all that two records share.
_ALIKE_AT_PLACE = 45.0
_ALIKE_WITH_LITTLE = 60.0
# By how many keys made of names (with none, it is one that too many share), and by how
# many fields that both have filled differ. Measured in docs/matching.md.
_ALIKE_BY_NAME_KEYS = (
    (90.0, 90.0, 95.0, 95.0, 95.0, 95.0),
    (70.0, 80.0, 90.0, 90.0, 90.0, 90.0),
    (50.0, 70.0, 80.0, 90.0, 90.0, 90.0),
    (0.0, 60.0, 80.0, 90.0, 90.0, 90.0),
    (0.0, 45.0, 75.0, 90.0, 90.0, 90.0),
)
_MOST_NAME_KEYS = len(_ALIKE_BY_NAME_KEYS) - 1
_ALIKE_BY_BRAND = (0.0, 0.0, 0.0, 60.0, 70.0, 70.0)


def is_hopeless(candidate: Candidate, left: Profile, right: Profile) -> bool:
    """Say whether a bit of the name, or an address, is all, and names are not alike.

    The more fields differ, the more alike they must be. Costs a tenth of a comparison;
    what it drops and misses: docs/matching.md.
    """
    if candidate.strong:
        return False
    alike = _least_likeness(candidate, left, right)
    return bool(alike) and not (
        ratio(left.letters, right.letters, score_cutoff=alike)
        or ratio(left.sorted_name, right.sorted_name, score_cutoff=alike)
    )


def _least_likeness(candidate: Candidate, left: Profile, right: Profile) -> float:
    """Return how alike the names must be; 0 when enough else speaks for a look.

    Where names and addresses are all there is, duplicates are what is badly typed. Two
    tax numbers tell a group, however different the rest.
    """
    if not (left.is_reachable or right.is_reachable):
        return _with_little(candidate)
    if candidate.places:
        return 0.0 if candidate.names else _ALIKE_AT_PLACE
    clashes = 0 if left.vats and right.vats else _clashes(left, right)
    if candidate.brands:
        return max(_with_little(candidate), _ALIKE_BY_BRAND[clashes])
    return _ALIKE_BY_NAME_KEYS[min(candidate.names, _MOST_NAME_KEYS)][clashes]


def _with_little(candidate: Candidate) -> float:
    is_alone = candidate.names < 2 and not candidate.places
    return _ALIKE_WITH_LITTLE if is_alone else 0.0


def _clashes(left: Profile, right: Profile) -> int:
    """Count the fields that both have filled and that begin differently, up to five."""
    one, other = left.phones, right.phones
    clashes = 1 if one and other and not set(one) & set(other) else 0
    one, other = left.emails, right.emails
    if one and other and not set(one) & set(other):
        clashes += 1
    for mine, theirs, length in (
        (left.city, right.city, 4),
        (left.street, right.street, 5),
        (left.zip, right.zip, 2),
    ):
        if mine and theirs and mine[:length] != theirs[:length]:
            clashes += 1
    return clashes

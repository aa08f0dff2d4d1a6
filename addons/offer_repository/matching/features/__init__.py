"""What two profiles have in common or not: one function a feature.

Every function takes the pair and returns one observation, or ``None`` when a value is
missing on either side: what is missing never speaks.
"""

from collections.abc import Callable, Mapping

from ..keys import Key
from ..profile import Profile
from . import addresses, identifiers, names, places, together
from .pair import Pair, Seen

__all__ = ["FEATURES", "Counts", "Pair", "Seen", "observe"]

# How many customers hold a key. A key that is missing is held by these two only.
Counts = Mapping[Key, int]

FEATURES: dict[str, Callable[[Pair], Seen | None]] = {
    "name": names.name,
    "word": names.common_words,
    "rest": names.words_left_over,
    "number": names.number,
    "legal": names.legal_form,
    "kind": names.kind,
    "vat": identifiers.vat,
    "registry": identifiers.registry,
    "bank": identifiers.bank,
    "phone": addresses.phone,
    "mobile": addresses.mobile,
    "email": addresses.email,
    "domain": addresses.domain,
    "brand": addresses.brand,
    "street": places.street,
    "city": places.city,
    "zip": places.post_code,
    "country": places.country,
    "contact": names.contact,
}
_LOOKS = tuple(FEATURES.values())


def observe(left: Profile, right: Profile, counts: Counts) -> list[Seen]:
    """Return what is seen between two profiles, in the order of the features."""
    pair = Pair(left, right, counts)
    seen = [found for look in _LOOKS if (found := look(pair)) is not None]
    codes = {found[0] for found in seen}
    return [*seen, *together.observe(codes, pair)]

"""COMPATIBILITY: what speaks for and against two customers being one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..keys import Key, Kind
from .scheme import EXACT_SCHEME, ExactScheme

_KINDS = (Kind.VAT, Kind.TAX, Kind.EMAIL, Kind.PHONE)

# Every code that evidence may carry; the Odoo layer has a sentence for each.
# ``same_record`` is found by looking at the records, not at their keys.
CODES = frozenset(
    {"same_record", "vat_differs"}
    | {f"{kind}_{suffix}" for kind in _KINDS for suffix in ("equal", "common")}
    - {f"{Kind.VAT}_common"}
)

# How many customers hold a key. A key that is missing is held by these two only.
Holders = Mapping[Key, int]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One observation.

    :ivar code: what was seen; the Odoo layer has a sentence for every code
    :ivar left: value of the first customer
    :ivar right: value of the second one, equal to ``left`` unless they clash
    """

    code: str
    left: str
    right: str


def compare(
    left: frozenset[Key],
    right: frozenset[Key],
    holders: Holders,
    scheme: ExactScheme = EXACT_SCHEME,
) -> tuple[Evidence, ...]:
    """Return the evidence between two sets of keys, in a stable order.

    Swapping the sides swaps the two values of a clash and changes nothing else.
    """
    shared = [_shared(key, holders, scheme) for key in left & right]
    return tuple(sorted((*shared, *_vat_clash(left, right))))


def _shared(key: Key, holders: Holders, scheme: ExactScheme) -> Evidence:
    """Both have the same value; ``…_common`` when many other customers have it too."""
    is_rare = key.kind == Kind.VAT or holders.get(key, 0) <= scheme.rare_holders
    suffix = "equal" if is_rare else "common"
    return Evidence(f"{key.kind}_{suffix}", key.value, key.value)


def _vat_clash(left: frozenset[Key], right: frozenset[Key]) -> Iterable[Evidence]:
    """Both have a valid tax number and none in common."""
    left_vats = sorted(key.value for key in left if key.kind == Kind.VAT)
    right_vats = sorted(key.value for key in right if key.kind == Kind.VAT)
    if left_vats and right_vats and not set(left_vats) & set(right_vats):
        yield Evidence("vat_differs", left_vats[0], right_vats[0])

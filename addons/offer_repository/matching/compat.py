"""COMPATIBILITY: the exact-key interface, until all Odoo code uses profiles.

``compare`` takes either two profiles or, as before, two sets of keys; ``judge`` and
``keys`` belong to the old interface only. To be deleted with the package ``exact``.
"""

from typing import overload

from . import evidence
from .evidence import Match
from .exact import evidence as exact
from .exact.evidence import Holders
from .exact.scheme import EXACT_SCHEME
from .features import Counts
from .keys import Key
from .profile import Profile
from .scheme import DEFAULT_SCHEME, Scheme


@overload
def compare(
    left: Profile, right: Profile, counts: Counts, scheme: Scheme = ...
) -> Match: ...


@overload
def compare(
    left: frozenset[Key], right: frozenset[Key], counts: Holders
) -> tuple[exact.Evidence, ...]: ...


def compare(
    left: Profile | frozenset[Key],
    right: Profile | frozenset[Key],
    counts: Counts,
    scheme: Scheme = DEFAULT_SCHEME,
) -> Match | tuple[exact.Evidence, ...]:
    """Compare two profiles; two sets of keys still give the exact evidence."""
    if isinstance(left, Profile) and isinstance(right, Profile):
        return evidence.compare(left, right, counts, scheme)
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        return exact.compare(left, right, counts, EXACT_SCHEME)
    raise TypeError

"""COMPATIBILITY: the named numbers of the exact comparison."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExactScheme:
    """Thresholds of one version of the comparison.

    :ivar name: version, kept beside every judgement that was made with it
    :ivar rare_holders: an e-mail or phone held by more customers than this points to a
        shared switchboard, an accountant or a dummy value, not to one customer
    :ivar lookup_holders: a key held by more customers than this is not looked up at all
    """

    name: str
    rare_holders: int
    lookup_holders: int


EXACT_SCHEME = ExactScheme(name="exact-2026-11", rare_holders=3, lookup_holders=200)

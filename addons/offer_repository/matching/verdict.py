"""The conclusion from score and evidence."""

from collections.abc import Set
from enum import StrEnum

from .features.together import OTHER_NAME, OWN


class Verdict(StrEnum):
    """How sure it is that two customers are one, or that they only belong together."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    SAME_GROUP = "same_group"

    @property
    def rank(self) -> int:
        """Higher is surer."""
        return _RANKS.index(self)


_RANKS = (Verdict.SAME_GROUP, Verdict.POSSIBLE, Verdict.PROBABLE, Verdict.CERTAIN)
_SHARED_HOW = ("equal", "few", "common")
_SHARED = OWN | {"phone_common", "email_common", "domain_equal", "domain_few"}


_APART = frozenset(
    [
        "registry_differs",
        "phone_differs",
        "email_differs",
        "street_differs",
        "street_differs_in_city",
        "street_house_differs",
        "contact_differs",
        "city_differs",
    ]
)
_TOGETHER = frozenset(
    [
        *(f"{kind}_{how}" for kind in ("phone", "email") for how in _SHARED_HOW),
        *("street_equal", "street_common", "street_alike_house", "registry_equal"),
        *("contact_equal", "contact_close", "contact_is_name", "bank_equal"),
    ]
)


def relation(codes: Set[str]) -> Verdict | None:
    """Return ``SAME_GROUP`` when rules above the score make two records related only.

    Two valid and different tax numbers, one tax number but another unit, and a person
    beside the firm that he or she works at.
    """
    if "vat_differs" in codes:
        return Verdict.SAME_GROUP
    if codes & {"vat_equal", "tax_equal"} and _is_other_unit(codes):
        return Verdict.SAME_GROUP
    if "contact_of_firm" in codes and codes & OTHER_NAME:
        return Verdict.SAME_GROUP
    return None


def is_related(codes: Set[str]) -> bool:
    """Return whether two that are not one customer have to do with each other."""
    is_alike = not codes & OTHER_NAME and any(c.startswith("name_") for c in codes)
    return is_alike or bool(
        codes & _SHARED or codes & {"contact_is_name", "contact_of_firm"}
    )


def _is_other_unit(codes: Set[str]) -> bool:
    """One payer, but the names are those of two recipients with nothing in common."""
    if "number_differs" in codes:
        return True
    is_other_name = bool(codes & OTHER_NAME or codes >= {"rest_telling", "name_part"})
    return is_other_name and len(codes & _APART) > 1 and not codes & _TOGETHER

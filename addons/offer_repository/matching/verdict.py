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
_SHARED = OWN | {"phone_common", "email_common", "domain_equal", "domain_few"}


def relation(codes: Set[str]) -> Verdict | None:
    """Return ``SAME_GROUP`` when rules above the score make two records related only.

    Two valid and different tax numbers, one tax number but another unit's name or
    number, and a contact person beside the firm he or she works at.
    """
    if "vat_differs" in codes:
        return Verdict.SAME_GROUP
    if codes & {"vat_equal", "tax_equal"} and _is_other_unit(codes):
        return Verdict.SAME_GROUP
    works_at = {"contact_is_name", "kind_differs"} <= codes
    is_one_name = not codes & OTHER_NAME
    if works_at and not is_one_name and not codes & {"vat_equal", "tax_equal"}:
        return Verdict.SAME_GROUP
    return None


def is_related(codes: Set[str]) -> bool:
    """Return whether two that are not one customer have to do with each other."""
    is_alike = not codes & OTHER_NAME and any(c.startswith("name_") for c in codes)
    return is_alike or bool(codes & _SHARED or "contact_is_name" in codes)


def _is_other_unit(codes: Set[str]) -> bool:
    return bool(
        codes & {"number_differs"} or codes >= {"rest_telling", "name_part"}
    ) or (
        bool(codes & OTHER_NAME)
        and "contact_is_name" not in codes
        and "phone_equal" not in codes
        and "email_equal" not in codes
    )

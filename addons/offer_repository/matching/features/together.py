"""Features of several observations at once."""

from collections.abc import Iterator, Set

from .pair import Pair, Seen

OWN = frozenset(
    [
        "vat_equal",
        "tax_equal",
        "registry_equal",
        "bank_equal",
        "phone_equal",
        "phone_few",
        "email_equal",
        "email_few",
    ]
)
_CONTACT = frozenset(
    [
        "phone_equal",
        "phone_few",
        "phone_common",
        "email_equal",
        "email_few",
        "email_common",
        "domain_equal",
        "domain_few",
    ]
)
OTHER_NAME = frozenset(
    [
        "name_given_clash",
        "name_given_differs",
        "name_given_only",
        "name_common_words",
        "name_differs",
    ]
)


def observe(codes: Set[str], pair: Pair) -> Iterator[Seen]:
    """Yield what follows from all other observations together."""
    yield _identifiers(codes)
    if codes & OTHER_NAME and (clash := _clash(codes, pair)):
        yield clash, pair.left.name, pair.right.name


def _identifiers(codes: Set[str]) -> Seen:
    """None, one, or several independent identifiers are equal."""
    number = len(codes & OWN)
    how_many = ("none", "one", "several")[min(number, 2)]
    return f"identifiers_{how_many}", str(number), str(number)


def _clash(codes: Set[str], pair: Pair) -> str | None:
    """Identifiers are shared, but the names are different."""
    if codes & {"vat_equal", "tax_equal"}:
        return "other_name_vat"
    shared = len(codes & _CONTACT)
    if not shared:
        return None
    if pair.both_persons:
        return "other_name_persons"
    return "other_name_several" if shared > 1 else "other_name_one"

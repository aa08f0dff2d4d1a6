"""Features of numbers that authorities and banks give out."""

from rapidfuzz.distance import OSA

from .pair import Pair, Seen, shared


def vat(pair: Pair) -> Seen | None:
    """The tax numbers are equal, one digit apart, or different."""
    left, right = pair.left, pair.right
    if not left.tax_numbers or not right.tax_numbers:
        return None
    common = shared(left.tax_numbers, right.tax_numbers)
    if common:
        valid = shared(left.vats, right.vats)
        value = valid[0] if valid else common[0]
        return ("vat_equal" if valid else "tax_equal"), value, value
    values = left.tax_numbers[0], right.tax_numbers[0]
    if left.vats and right.vats:
        return "vat_differs", left.vats[0], right.vats[0]
    if OSA.distance(*values, score_cutoff=1) == 1:
        return "vat_typo", *values
    return "vat_doubtful", *values


def registry(pair: Pair) -> Seen | None:
    """The register numbers are equal or differ."""
    left, right = pair.left.registry_numbers, pair.right.registry_numbers
    if not left or not right:
        return None
    common = shared(left, right)
    if common:
        return "registry_equal", common[0], common[0]
    if OSA.distance(left[0], right[0], score_cutoff=1) == 1:
        return "registry_typo", left[0], right[0]
    return "registry_differs", left[0], right[0]


def bank(pair: Pair) -> Seen | None:
    """A bank account is the same."""
    common = shared(pair.left.bank_accounts, pair.right.bank_accounts)
    return ("bank_equal", common[0], common[0]) if common else None

"""What the other records of a customer say about one more.

A record that is certainly the same as one of two is a third record of that customer,
spelled in other words and with other fields filled. When the other of the two is
the same as the third as well, that speaks for the two being one; when it is not like
it at all, or belongs to another tax number, that speaks against.
"""

from collections.abc import Sequence

from .verdict import Verdict

_ALIKE = {
    Verdict.CERTAIN: "third_certain",
    Verdict.PROBABLE: "third_probable",
    Verdict.POSSIBLE: "third_possible",
}
_NOTHING, _GROUP = "third_none", "third_group"
_APART_ONE, _APART_SEVERAL = "third_apart_one", "third_apart_several"
THIRD_CODES = frozenset(
    [*_ALIKE.values(), _NOTHING, _GROUP, _APART_ONE, _APART_SEVERAL]
)


def third_codes(thirds: Sequence[Verdict | None]) -> list[str]:
    """Return what third records say; nothing when there are none.

    :param thirds: for each record that is certainly one of two, the verdict between
        it and the other one; ``None`` when the two have nothing in common
    """
    if not thirds:
        return []
    codes = [next((code for how, code in _ALIKE.items() if how in thirds), _NOTHING)]
    apart = sum(1 for how in thirds if how is None)
    if apart:
        codes.append(_APART_ONE if apart == 1 else _APART_SEVERAL)
    if Verdict.SAME_GROUP in thirds:
        codes.append(_GROUP)
    return codes

"""COMPATIBILITY: the conclusion from the evidence."""

from collections.abc import Iterable

from ..verdict import Verdict
from .evidence import Evidence

_DECISIVE = frozenset({"same_record", "vat_equal"})
_STRONG = frozenset({"tax_equal", "email_equal", "phone_equal"})
_WEAK = frozenset({"tax_common", "email_common", "phone_common"})


def judge(evidence: Iterable[Evidence]) -> Verdict | None:
    """Return how sure the evidence makes it, ``None`` when nothing speaks for it.

    ======================================================  ========
    same record, or same valid tax number                   certain
    two of: e-mail, phone, unchecked tax number; both rare  certain
    one of them, rare                                       probable
    only values that many customers share                   possible
    two different valid tax numbers                         possible at most
    ======================================================  ========
    """
    codes = frozenset(item.code for item in evidence)
    positive = codes & (_DECISIVE | _STRONG | _WEAK)
    if not positive:
        return None
    if "same_record" in codes:
        return Verdict.CERTAIN
    if "vat_differs" in codes:
        return Verdict.POSSIBLE
    if codes & _DECISIVE or len(codes & _STRONG) > 1:
        return Verdict.CERTAIN
    return Verdict.PROBABLE if codes & _STRONG else Verdict.POSSIBLE

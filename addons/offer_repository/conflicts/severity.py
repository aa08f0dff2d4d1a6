"""How badly two offers collide, with the reasons."""

from dataclasses import dataclass
from enum import StrEnum

from .scheme import DEFAULT_SCHEME, Scheme


class Severity(StrEnum):
    """Grade of a conflict."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return (Severity.LOW, Severity.MEDIUM, Severity.HIGH).index(self)


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution to a grade.

    :ivar code: ``identity``, ``overlap``, ``spread`` or ``time``
    :ivar points: how much it added
    :ivar value: what was measured, as text the Odoo layer puts into its sentence
    """

    code: str
    points: int
    value: str


def grade(
    verdict: str,
    share: float,
    percent: float,
    days: int,
    scheme: Scheme = DEFAULT_SCHEME,
) -> tuple[Severity, tuple[Reason, ...]]:
    """Return the grade and what made it.

    :param verdict: how sure the identity is, a key of the scheme's ``identity_points``
    :param share: product overlap, 0 to 1
    :param percent: price spread in per cent
    :param days: days in which both offers are live
    """
    reasons = (
        Reason("identity", dict(scheme.identity_points).get(verdict, 0), verdict),
        Reason("overlap", _points(share, scheme.overlap_steps), f"{share * 100:.0f}"),
        Reason("spread", _points(percent, scheme.spread_steps), f"{percent:.1f}"),
        Reason("time", _points(days, scheme.time_steps), str(days)),
    )
    total = sum(reason.points for reason in reasons)
    if total >= scheme.high_from:
        return Severity.HIGH, reasons
    if total >= scheme.medium_from:
        return Severity.MEDIUM, reasons
    return Severity.LOW, reasons


def _points(value: float, steps: tuple[tuple[float, int], ...]) -> int:
    return max((points for bound, points in steps if value >= bound), default=0)

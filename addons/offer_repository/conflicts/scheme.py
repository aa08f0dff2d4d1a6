"""The named numbers of the assessment; change them by adding a new version."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scheme:
    """Thresholds of one version of the assessment.

    Steps are pairs of lower bound and points, in rising order of both: what grows never
    loses points.

    :ivar category_weight: how much of a product match a match by category is worth
    :ivar identity_points: points by how sure it is that the customers are one
    :ivar overlap_steps: by share of the smaller offer's value, 0 to 1
    :ivar spread_steps: by difference in per cent of the higher price
    :ivar time_steps: by days in which both offers are live
    :ivar medium_from: points from which a conflict is medium
    :ivar high_from: points from which a conflict is high
    """

    name: str
    category_weight: float
    identity_points: tuple[tuple[str, int], ...]
    overlap_steps: tuple[tuple[float, int], ...]
    spread_steps: tuple[tuple[float, int], ...]
    time_steps: tuple[tuple[float, int], ...]
    medium_from: int
    high_from: int


DEFAULT_SCHEME = Scheme(
    name="points-2026-11",
    category_weight=0.5,
    identity_points=(("certain", 2), ("probable", 1), ("same_group", 0)),
    overlap_steps=((0.25, 1), (0.75, 2)),
    spread_steps=((2.0, 1), (8.0, 2), (20.0, 3)),
    time_steps=((1, 0), (7, 1)),
    medium_from=4,
    high_from=7,
)

"""Thresholds that a company sets as probabilities, in the points of a scheme."""

import math

# Beyond these the odds grow without end and say no more than the percent already did.
_LOWEST, _HIGHEST = 1e-9, 1 - 1e-9


def points_of(probability: float, slope: float, offset: float) -> float:
    """Return the points whose calibrated probability is ``probability``.

    The inverse of a scheme's calibration.

    :param probability: 0 to 1; values outside count as the nearest one inside
    :param slope: of the calibration, positive
    :param offset: of the calibration, in log2 odds
    """
    inside = min(max(probability, _LOWEST), _HIGHEST)
    return (math.log2(inside / (1 - inside)) - offset) / slope

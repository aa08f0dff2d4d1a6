"""From a probability to points and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgements import points_of

SLOPES = st.floats(0.1, 5)
OFFSETS = st.floats(-5, 5)


@pytest.mark.parametrize(
    ("probability", "points"),
    [(0.5, 0.0), (2 / 3, 1.0), (0.8, 2.0), (1 / 3, -1.0)],
)
def test_points_are_log_odds(probability, points):
    assert points_of(probability, 1, 0) == pytest.approx(points)


def test_calibration_is_undone():
    assert points_of(0.8, slope=0.5, offset=1.0) == pytest.approx(2.0)


@given(st.floats(0.001, 0.999), SLOPES, OFFSETS)
def test_inverse_of_the_calibration(probability, slope, offset):
    points = points_of(probability, slope, offset)

    assert 1 / (1 + 2 ** -(slope * points + offset)) == pytest.approx(probability)


@given(st.floats(allow_nan=False), SLOPES, OFFSETS)
def test_any_number_gives_finite_points(probability, slope, offset):
    assert math.isfinite(points_of(probability, slope, offset))

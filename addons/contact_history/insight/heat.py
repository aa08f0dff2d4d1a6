"""Colours of a heat map: a few steps, so that they can be told apart."""

from __future__ import annotations

LEVELS = 4


def level_of(value: float, most: float) -> int:
    """Return the step of a value: 0 for nothing, ``LEVELS`` for the most."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, round(LEVELS * min(value / most, 1)))

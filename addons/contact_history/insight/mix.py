"""Channel mix: on which ways customers come, and how that shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Fewer contacts before than this share of those now tell nothing of a change.
_LEAST_BEFORE = 0.1
# Northern seasons, as people speak of them: whole months.
_SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Shift:
    """Share of one way among all contacts, now and before.

    :param way: see ``way_of``.
    :param count: contacts on it now.
    :param share: percent of now.
    :param points: percentage points gained or lost; None: hardly anything was before.
    """

    way: str
    count: int
    share: float
    points: float | None


def way_of(channel: str, direction: str) -> str:
    """Return the way a customer was met on: the channel, visits told apart.

    A customer who comes to the branch and one whom we visit at home choose
    different things, though both are visits.
    """
    return f"{channel}_{direction}" if channel == "visit" else channel


def season_of(month: int) -> str:
    """Return the season of a month.

    :param month: 1 to 12.
    :raise ValueError: for anything else.
    """
    if month not in range(1, 13):
        raise ValueError(f"no month: {month}")
    return _SEASONS[month % 12 // 3]


def mix_of(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[Shift, ...]:
    """Return the share of each way and its change, biggest share first."""
    total, total_before = sum(now.values()), sum(before.values())
    shifts = []
    for way in {way for counts in (now, before) for way in counts if counts[way]}:
        share = _percent(now.get(way, 0), total)
        points = None
        if total and total_before >= _LEAST_BEFORE * total:
            points = share - _percent(before.get(way, 0), total_before)
        shifts.append(Shift(way, now.get(way, 0), share, points))
    return tuple(sorted(shifts, key=lambda shift: (-shift.share, shift.way)))


def main_shifts(
    shifts: tuple[Shift, ...], least: float = 2.0
) -> tuple[Shift, Shift] | None:
    """Return what lost most and what gained most, if that is worth a word.

    :param least: percentage points; less is chance.
    """
    known = [(shift.points, shift.way, shift) for shift in shifts if shift.points]
    if not known:
        return None
    lost, _loser, loser = min(known)
    won, _winner, winner = max(known)
    return (loser, winner) if lost <= -least <= least <= won else None


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0

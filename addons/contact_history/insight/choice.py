"""What a reader wants to see: of which time, of which branches, of which channels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# Days that each period is long, and the steps its pictures are drawn in.
PERIODS = {"week": 7, "month": 30, "quarter": 91, "year": 364}
GRAINS = {"week": "day", "month": "day", "quarter": "week", "year": "month"}
DEFAULT_PERIOD = "month"
_KEYS = frozenset({"period", "company_ids", "channels", "mine"})
_MAX_COMPANIES = 1000
_MAX_ID = 2**31


class ChoiceError(ValueError):
    """A client sent a choice that nobody can make. ``name`` says which one."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(f"{name}: {value!r}")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Choice:
    """What figures are asked for.

    :param period: one of ``PERIODS``; ends now.
    :param company_ids: branches; none: all that the reader has switched on.
    :param channels: codes; none: all.
    :param mine: only what the reader was in himself.
    """

    period: str = DEFAULT_PERIOD
    company_ids: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    mine: bool = False

    @classmethod
    def from_values(cls, values: Any, channels: Collection[str]) -> Choice:
        """Read a choice as a client sent it.

        :param channels: all codes there are.
        :raise ChoiceError: for anything else than a choice.
        """
        if values is None:
            return cls()
        if not isinstance(values, Mapping) or set(values) - _KEYS:
            raise ChoiceError("choice", values)
        return cls(
            period=_one_of(PERIODS, "period", values.get("period", DEFAULT_PERIOD)),
            company_ids=_ids(values.get("company_ids") or []),
            channels=tuple(
                _one_of(channels, "channels", code)
                for code in _list("channels", values.get("channels") or [])
            ),
            mine=_flag("mine", values.get("mine", False)),
        )

    @property
    def grain(self) -> str:
        """Return the step of pictures over time: day, week or month."""
        return GRAINS[self.period]

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """Return start and end of the period."""
        return now - self._length, now

    def span_before(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the period before, as long: what the figures are compared with."""
        start = now - self._length
        return start - self._length, start

    @property
    def _length(self) -> timedelta:
        return timedelta(days=PERIODS[self.period])


def _one_of(known: Collection[str], name: str, value: object) -> str:
    if not isinstance(value, str) or value not in known:
        raise ChoiceError(name, value)
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ChoiceError(name, value)
    return value


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > _MAX_COMPANIES:
        raise ChoiceError(name, value)
    return list(value)


def _ids(value: object) -> tuple[int, ...]:
    ids = _list("company_ids", value)
    for one in ids:
        if type(one) is not int or not 0 < one < _MAX_ID:
            raise ChoiceError("company_ids", one)
    return tuple(ids)

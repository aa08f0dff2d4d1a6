"""What the reader wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class FiltersError(ValueError):
    """Filters that nobody can apply. ``code`` and ``name`` say which and why."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Filters:
    """Wanted channels and directions; an empty set means all of them."""

    channels: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()

    @property
    def is_active(self) -> bool:
        return bool(self.channels or self.directions)

    @classmethod
    def from_values(cls, values: Mapping[str, object] | None) -> Filters:
        """Read what a client sent: ``{"channels": [...], "directions": [...]}``.

        :raise FiltersError: ``unknown_filter`` or ``bad_value``.
        """
        if values is None:
            return cls()
        if not isinstance(values, Mapping):
            raise FiltersError("bad_value", "filters")
        for name in values:
            if name not in ("channels", "directions"):
                raise FiltersError("unknown_filter", str(name))
        return cls(**{name: _names(name, value) for name, value in values.items()})


def _names(name: str, value: object) -> frozenset[str]:
    if not value:
        return frozenset()
    if not isinstance(value, list | tuple):
        raise FiltersError("bad_value", name)
    if not all(isinstance(item, str) for item in value):
        raise FiltersError("bad_value", name)
    return frozenset(value)

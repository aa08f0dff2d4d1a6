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


# Nobody types more, and the database looks for all of it.
MAX_TEXT = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; an empty set or text means everything.

    :param text: to be found in what the contact was about.
    :param unanswered: only what somebody still waits for an answer to.
    """

    channels: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    text: str = ""
    unanswered: bool = False

    @property
    def is_active(self) -> bool:
        return self != Filters()

    @classmethod
    def from_values(cls, values: Mapping[str, object] | None) -> Filters:
        """Read what a client sent.

        ``{"channels": [...], "directions": [...], "text": "…", "unanswered": true}``,
        each of them optional.

        :raise FiltersError: ``unknown_filter`` or ``bad_value``.
        """
        if values is None:
            return cls()
        if not isinstance(values, Mapping):
            raise FiltersError("bad_value", "filters")
        for name in values:
            if name not in ("channels", "directions", "text", "unanswered"):
                raise FiltersError("unknown_filter", str(name))
        return cls(
            channels=_names("channels", values.get("channels")),
            directions=_names("directions", values.get("directions")),
            text=_text("text", values.get("text")),
            unanswered=_flag("unanswered", values.get("unanswered")),
        )


def _names(name: str, value: object) -> frozenset[str]:
    if not value:
        return frozenset()
    if not isinstance(value, list | tuple):
        raise FiltersError("bad_value", name)
    if not all(isinstance(item, str) for item in value):
        raise FiltersError("bad_value", name)
    return frozenset(value)


def _text(name: str, value: object) -> str:
    if not value:
        return ""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise FiltersError("bad_value", name)
    # The database takes any sign but this one.
    return " ".join(value.replace("\0", "").split())


def _flag(name: str, value: object) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise FiltersError("bad_value", name)
    return value

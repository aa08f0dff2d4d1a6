"""What the reader wants to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any


class FiltersError(ValueError):
    """Filters that nobody can apply. ``code`` and ``name`` say which and why."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


# Nobody types more, and the database looks for all of it.
MAX_TEXT = 100


# Far more than anybody chooses by hand; the database looks for each of them.
MAX_CHOSEN = 200
# PostgreSQL's integer ids.
MAX_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; an empty set or text means everything.

    :param text: to be found in what the contact was about.
    :param unanswered: only what somebody still waits for an answer to.
    :param branches: ids of companies.
    :param people: ids of our users.
    :param attachments: only what has files.
    :param kinds: kinds of entries, such as "interaction" or "activity".
    :param system: also what no person did: changes, automatic messages.
    """

    channels: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    text: str = ""
    unanswered: bool = False
    branches: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    attachments: bool = False
    kinds: frozenset[str] = frozenset()
    system: bool = False

    @property
    def is_active(self) -> bool:
        """Whether an entry may be left out for what it is like.

        Kinds do not count: a source whose kind is not wanted is not asked. Nor does
        ``system``, which takes nothing away.
        """
        return self.besides("kinds", "system") != Filters()

    def besides(self, *names: str) -> Filters:
        """Return these filters without the named ones."""
        return replace(self, **{name: getattr(_NONE, name) for name in names})

    @classmethod
    def from_values(cls, values: Mapping[str, object] | None) -> Filters:
        """Read what a client sent.

        ``{"channels": [...], "directions": [...], "kinds": [...], "branches": [ids],
        "people": [ids], "text": "…", "unanswered": true, "attachments": true,
        "system": true}``, each of them optional.

        :raise FiltersError: ``unknown_filter`` or ``bad_value``.
        """
        if values is None:
            return cls()
        if not isinstance(values, Mapping):
            raise FiltersError("bad_value", "filters")
        for name in values:
            if name not in _READERS:
                raise FiltersError("unknown_filter", str(name))
        return replace(
            _NONE,
            **{name: _READERS[name](name, value) for name, value in values.items()},
        )


def _ids(name: str, value: object) -> frozenset[int]:
    if not value:
        return frozenset()
    if not isinstance(value, list | tuple) or len(value) > MAX_CHOSEN:
        raise FiltersError("bad_value", name)
    # bool is an int for Python, and no record id.
    if not all(type(item) is int and 0 < item <= MAX_ID for item in value):
        raise FiltersError("bad_value", name)
    return frozenset(value)


def _names(name: str, value: object) -> frozenset[str]:
    if not value:
        return frozenset()
    if not isinstance(value, list | tuple) or len(value) > MAX_CHOSEN:
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


_NONE = Filters()
_READERS: dict[str, Callable[[str, object], Any]] = {
    "channels": _names,
    "directions": _names,
    "kinds": _names,
    "branches": _ids,
    "people": _ids,
    "text": _text,
    "unanswered": _flag,
    "attachments": _flag,
    "system": _flag,
}

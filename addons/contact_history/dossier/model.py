"""What a dossier consists of. All texts are final: translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

# Moments are naive UTC; how they are shown is the dossier's business.
Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of information.

    :param key: its name for machines, the same in every language.
    :param is_long: running text, shown in lines of its own.
    """

    key: str
    title: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing we hold.

    :param values: by key of the column; what is missing is not known.
    :param files: names of the files that belong to it, within the bundle.
    """

    values: Mapping[str, Value]
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """All we hold of one kind.

    :param about: what it is, why we have it, how long it stays.
    :param is_card: few rows of many facts, shown below each other.
    """

    code: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    about: str = ""
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class Fonts:
    """Paths of TrueType files with every letter that may come."""

    regular: str
    bold: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole of it.

    :param facts: of whom, by whom, as of when: pairs of label and text.
    :param notes: what is in here, what is not, and which rights there are.
    :param asked_at: the moment it tells of.
    :param show: how a value is written for people; never called with None.
    :param local: a moment as the clock on the person's wall shows it.
    :param files_label: heading of the names of files.
    :param nothing_label: said of a section without rows.
    :param page_label: with ``{page}`` in it.
    """

    title: str
    author: str
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    sections: Sequence[Section]
    asked_at: datetime
    language: str
    fonts: Fonts
    show: Callable[[str | int | float | bool | date | datetime], str]
    local: Callable[[datetime], datetime]
    files_label: str
    nothing_label: str
    page_label: str

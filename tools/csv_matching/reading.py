"""Customers from a CSV export: one broken row costs that row and nothing else."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from matching import Party

from .dialect import best_delimiter, columns, lines_of, named_delimiter

COLUMNS = (
    *("record_id", "branch", "name", "is_company", "vat", "company_registry"),
    *("email", "phone", "mobile", "website", "street", "city", "zip"),
    *("country_code", "contact_person"),
)
# Without any of these there is nothing to compare.
TELLING = (
    *("name", "vat", "company_registry", "email", "phone", "mobile", "website"),
    "street",
)
# A quotation mark that nobody closed ends here instead of at the end of the file.
_LONGEST_ROW = 20
_SAMPLE = 2000
_HOME_SHARE = 0.05
_WAY_OUT = (
    "Save the file as UTF-8, or name its encoding, for example --encoding cp1250"
    " (Polish Windows), cp1253 (Greek Windows), cp1252 (Western Windows)."
)
_YES = frozenset({"1", "true", "t", "yes", "y", "tak", "ja", "ναι"})
_NO = frozenset({"0", "false", "f", "no", "n", "nie", "nein", "όχι"})

Row = dict[str, str]


class Unusable(Exception):
    """The input as a whole cannot be read; the message is for the user."""


class _Lines:
    """Numbered lines of a file, of which some may be given back to come again."""

    def __init__(self, lines: Iterable[bytes]):
        self._numbered = enumerate(lines, 1)
        self._given_back: list[tuple[int, bytes]] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> tuple[int, bytes]:
        if self._given_back:
            return self._given_back.pop()
        return next(self._numbered)

    def push_back(self, lines: list[tuple[int, bytes]]) -> None:
        """Let these lines, in order, come next."""
        self._given_back += reversed(lines)


@dataclass
class Register:
    """A CSV file of customers, read once from front to end.

    :ivar encoding: ``None`` for UTF-8, or what a byte order mark says
    :ivar skipped: how many broken rows were left out so far
    :ivar undecodable: how many of these are no text of the encoding
    :ivar bytes_read: how far the reading has come
    """

    path: Path
    report: Callable[[str], None]
    encoding: str | None = None
    skipped: int = 0
    undecodable: int = 0
    bytes_read: int = 0
    size: int = 0
    _columns: list[str] = field(default_factory=list)
    _delimiter: str = ","
    _seen: set[int] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """Yield the sound rows; each has a ``record_id`` that no other row has.

        Without such a column the number of the line serves.

        :raises Unusable: when there is no file, no header, or nothing to compare
        """
        try:
            self.size = self.path.stat().st_size
            file = self.path.open("rb")
        except OSError as error:
            raise Unusable(f"{self.path}: {error.strerror}") from error
        with file:
            lines = self._lines(file)
            try:
                self._read_header(lines)
                yield from self._sound_rows(lines)
            except UnicodeDecodeError as error:
                raise Unusable(f"{self.path}: no {error.encoding} any more.") from error

    def _lines(self, file: BinaryIO) -> _Lines:
        try:
            return _Lines(lines_of(file, self.encoding))
        except ValueError as error:
            raise Unusable(f"{error}.") from error

    # ---- header

    def _read_header(self, lines: _Lines) -> None:
        try:
            text = self._first_line(lines)
            named = named_delimiter(text)
            if named:
                text = self._first_line(lines)
            self._delimiter = named or best_delimiter(text, COLUMNS)
            names = self._split(text) or []
        except UnicodeDecodeError as error:
            wanted = self.encoding or "UTF-8"
            raise Unusable(
                f"{self.path}: the header is not {wanted}. {_WAY_OUT}"
            ) from error
        except (ValueError, csv.Error) as error:
            raise Unusable(f"{self.path}: the header is no CSV: {error}.") from error
        self._columns = columns(names, COLUMNS)
        self._check_columns()

    def _first_line(self, lines: _Lines) -> str:
        found = next((line for _number, line in lines if line.strip()), None)
        text = (found or b"").decode("utf-8-sig")
        if not text.strip():
            raise Unusable(f"{self.path}: the file is empty; a header line is needed.")
        return text

    def _check_columns(self) -> None:
        known = [name for name in self._columns if name in COLUMNS]
        doubled = [name for name, count in Counter(known).items() if count > 1]
        if doubled:
            raise Unusable(f"{self.path}: column {doubled[0]} is there twice.")
        if not set(known) & set(TELLING):
            raise Unusable(
                f"{self.path}: the first line names no column to compare;"
                f" expected some of: {', '.join(COLUMNS)}."
            )

    # ---- rows

    def _sound_rows(self, lines: _Lines) -> Iterator[Row]:
        for number, line in lines:
            self.bytes_read += len(line)
            if not line.strip():
                continue
            try:
                fields = self._fields(line, lines)
                # A spreadsheet writes rows that once held something as delimiters.
                if any(map(str.strip, fields)):
                    yield self._row(number, fields)
            except UnicodeDecodeError:
                self.undecodable += 1
                self._skip(number, f"not {self.encoding or 'UTF-8'}")
            except ValueError as error:
                self._skip(number, error)
        if self.undecodable:
            self.report(f"{self.undecodable} rows could not be read. {_WAY_OUT}")

    def _skip(self, number: int, why: object) -> None:
        self.skipped += 1
        self.report(f"line {number}: {why}; row skipped.")

    def _fields(self, line: bytes, lines: _Lines) -> list[str]:
        """Split a row, which may go on over the next lines.

        :raises ValueError: when it cannot be read; the next lines stay to be read
        """
        taken: list[tuple[int, bytes]] = []
        try:
            return self._complete(line, lines, taken)
        except ValueError:
            lines.push_back(taken)
            raise

    def _complete(
        self,
        joined: bytes,
        lines: _Lines,
        taken: list[tuple[int, bytes]],
    ) -> list[str]:
        while (fields := self._split(joined.decode())) is None:
            following = next(lines, None) if len(taken) < _LONGEST_ROW else None
            if following is None:
                raise ValueError("a quotation mark is never closed")
            taken.append(following)
            joined += following[1]
        if len(fields) != len(self._columns):
            raise ValueError(f"{len(fields)} values for {len(self._columns)} columns")
        return fields

    def _split(self, text: str) -> list[str] | None:
        """Return the values of a row, or ``None`` when a quotation mark is open.

        :raises ValueError: for anything else that is no CSV
        """
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            return next(reader, [])
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                return None
            raise ValueError(str(error)) from error

    def _row(self, number: int, fields: list[str]) -> Row:
        row = dict(zip(self._columns, map(str.strip, fields), strict=True))
        record_id = row.setdefault("record_id", str(number))
        if not record_id:
            raise ValueError("record_id is empty")
        # 64 bits instead of the text: a million of them fit into 70 MB.
        mark = hash(record_id)
        if mark in self._seen:
            raise ValueError(f"record_id {record_id!r} was there before")
        self._seen.add(mark)
        return row


def sampled(rows: Iterator[Row]) -> tuple[list[Row], Iterator[Row]]:
    """Return the first rows, and all rows from the first one on."""
    sample = list(islice(rows, _SAMPLE))
    return sample, chain(sample, rows)


def home_countries(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return where most customers are at home.

    A national telephone or tax number of a customer without country is read as one of
    these.
    """
    codes = Counter(code for row in rows if (code := country(row)))
    least = _HOME_SHARE * codes.total()
    return tuple(code for code, count in codes.most_common(4) if count >= least)


def country(row: Row) -> str | None:
    """Return the two-letter code of a row's country."""
    code = row.get("country_code", "").upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def party(row: Row, homes: tuple[str, ...]) -> Party:
    """Return the customer of a row."""

    def some(*columns: str) -> tuple[str, ...]:
        return tuple(row[column] for column in columns if row.get(column))

    return Party(
        name=row.get("name", ""),
        is_company=_yes_or_no(row.get("is_company", "")),
        vats=some("vat"),
        registry_numbers=some("company_registry"),
        emails=some("email"),
        phones=some("phone", "mobile"),
        websites=some("website"),
        street=row.get("street", ""),
        city=row.get("city", ""),
        zip=row.get("zip", ""),
        country=country(row),
        contact_persons=some("contact_person"),
        home_countries=homes,
    )


def _yes_or_no(text: str) -> bool | None:
    word = text.lower()
    return True if word in _YES else False if word in _NO else None


# A single value longer than this is no customer's.
csv.field_size_limit(min(100_000, sys.maxsize))

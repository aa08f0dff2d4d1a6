"""How a file is written: its encoding, its line ends, its delimiter, its columns.

What can be told for certain is told here, so that a spreadsheet's own export can be
read as it is; the encoding of old programs cannot, and has to be named.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

DELIMITERS = (",", ";", "\t", "|")
DEFAULT_ENCODING = "utf-8"
_SAMPLE_BYTES = 65536
# Excel's own way to name the delimiter, as the first line.
_NAMED_DELIMITER = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def known_encoding(name: str) -> str:
    """Return Python's name of an encoding.

    :raises ValueError: when there is none, or it is none of text
    """
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except LookupError as error:
        raise ValueError(f"there is no encoding {name!r}") from error
    return found.name


def lines_of(file: BinaryIO, encoding: str | None) -> Iterator[bytes]:
    """Yield the lines of a file as UTF-8, whatever is no text of ``encoding`` as it is.

    Without ``encoding`` it is what a byte order mark says, else UTF-8. Files of old
    Macintosh programs end lines with a carriage return.
    """
    start = file.read(_SAMPLE_BYTES)
    file.seek(0)
    marked = next((name for mark, name in _WIDE_MARKS if start.startswith(mark)), None)
    name = known_encoding(encoding or marked or DEFAULT_ENCODING)
    is_mac = b"\r" in start and b"\n" not in start and not marked
    if name == DEFAULT_ENCODING and not is_mac:
        return iter(file)
    text = io.TextIOWrapper(
        file, name, errors="surrogateescape", newline="\r" if is_mac else "\n"
    )
    return (line.encode("utf-8", "surrogateescape") for line in text)


def named_delimiter(line: str) -> str | None:
    """Return the delimiter that a line like ``sep=;`` names."""
    found = _NAMED_DELIMITER.fullmatch(line)
    return found.group(1) if found else None


def best_delimiter(header: str, known: Sequence[str]) -> str:
    """Return the delimiter that makes most known columns of a header."""

    def how_good(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=delimiter), [])
        return len({*columns(names, known)} & {*known}), header.count(delimiter)

    return max(DELIMITERS, key=how_good)


def columns(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return the names of columns, those known as we write them.

    "E-Mail", "Record ID" and "country code" are known, unless the same is there under
    its exact name, too.
    """
    written = [name.strip("\ufeff\u200b \t\r\n\xa0\0").lower() for name in names]
    loose = {_NO_LETTERS.sub("", name): name for name in known}
    meant = [loose.get(_NO_LETTERS.sub("", name), name) for name in written]
    exact = Counter(written)
    return [
        name if name == wanted or exact[wanted] else wanted
        for name, wanted in zip(written, meant, strict=True)
    ]

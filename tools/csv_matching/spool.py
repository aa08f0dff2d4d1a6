"""What a scan keeps on disk between its steps, so that memory stays small."""

from __future__ import annotations

import marshal
import mmap
import os
from array import array
from collections.abc import Iterable
from pathlib import Path

from matching import Profile
from matching.batch import PARTITIONS

# About 2.5 KB each, in each process.
_KEPT_PROFILES = 120_000


def append_arrays(folder: Path, name: str, parts: Iterable[bytes]) -> None:
    """Append one block of numbers to each of a family of files."""
    for number, part in enumerate(parts):
        if part:
            with (folder / f"{name}-{number:02d}").open("ab") as file:
                file.write(part)


def read_numbers(folder: Path, name: str) -> array[int]:
    """Return all numbers of one file, none when there is no such file."""
    numbers = array("Q")
    path = folder / name
    if path.exists():
        numbers.frombytes(path.read_bytes())
    return numbers


def numbers_of(folder: Path, name: str, part: int) -> array[int]:
    """Return what all processes have written about one partition or range."""
    numbers = array("Q")
    for path in sorted(folder.glob(f"{name}-*-{part:02d}")):
        numbers.frombytes(path.read_bytes())
    return numbers


class TextWriter:
    """Texts one after the other in a file, with their places in a second one."""

    def __init__(self, folder: Path, name: str):
        self._file = (folder / name).open("wb")
        self._places = (folder / f"{name}.places").open("wb")
        self._end = 0

    def add(self, joined: bytes, lengths: Iterable[int]) -> None:
        """Append texts, given as one with the length of each in bytes."""
        self._file.write(joined)
        places = array("Q")
        for length in lengths:
            places.append(self._end)
            self._end += length
        places.tofile(self._places)

    def close(self) -> None:
        """Finish the files; then they can be read."""
        array("Q", (self._end,)).tofile(self._places)
        self._places.close()
        self._file.close()


class TextReader:
    """Texts by number, straight from the file."""

    def __init__(self, folder: Path, name: str):
        self._texts: mmap.mmap | bytes = b""
        if os.path.getsize(folder / name):
            # Unlike reads, no call to the system for each of millions of texts.
            with (folder / name).open("rb") as file:
                self._texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._places = read_numbers(folder, f"{name}.places")

    def __len__(self) -> int:
        return len(self._places) - 1

    def bytes_of(self, record: int) -> bytes:
        """Return a text as it was written."""
        return self._texts[self._places[record] : self._places[record + 1]]

    def __getitem__(self, record: int) -> str:
        return self.bytes_of(record).decode()

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._texts, mmap.mmap):
            self._texts.close()


def packed(profile: Profile) -> bytes:
    """Return a profile for the time of one run: a fifth of the time of its dump."""
    return marshal.dumps(tuple(profile))


class ProfileReader:
    """Packed profiles by number; many of those used stay in memory."""

    def __init__(self, folder: Path):
        self._texts = TextReader(folder, "profiles")
        self._kept: dict[int, Profile] = {}

    def __getitem__(self, record: int) -> Profile:
        profile = self._kept.get(record)
        if profile is None:
            if len(self._kept) >= _KEPT_PROFILES:
                # Which was asked for last is not worth keeping book of.
                self._kept.clear()
            values = marshal.loads(self._texts.bytes_of(record))
            profile = self._kept[record] = Profile._make(values)
        return profile

    def close(self) -> None:
        """Let go of the file."""
        self._texts.close()


def range_width(count: int) -> int:
    """Return how many left records one range of pairs covers."""
    return max(1, -(-count // PARTITIONS))

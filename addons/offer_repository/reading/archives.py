"""Opens ZIP archives that somebody else made, without trusting what they say."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from .errors import ReadingError
from .limits import Limits

_SMALL = 1_000_000
_ENCRYPTED = 0x1
# What systems put into an archive on their own.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LITTER_FOLDER = "__macosx"
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")


class SafeArchive:
    """A ZIP archive whose names, sizes and packing were looked at before anything.

    :raise ReadingError: ``broken``, ``encrypted`` or ``bomb``
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadingError("broken") from error
        self._entries = {
            entry.filename: entry
            for entry in self._archive.infolist()
            if not entry.is_dir()
        }
        self._check()

    def _check(self) -> None:
        entries = self._entries.values()
        if len(entries) > self._limits.entries:
            raise ReadingError("bomb", str(len(entries)))
        if sum(entry.file_size for entry in entries) > self._limits.unpacked:
            raise ReadingError("bomb")
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                raise ReadingError("encrypted", entry.filename)
            is_large = entry.file_size > _SMALL
            if is_large and entry.file_size > entry.compress_size * self._limits.ratio:
                raise ReadingError("bomb", entry.filename)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, folders left out, in the archive's own order."""
        return tuple(self._entries)

    def find(self, named: str) -> str | None:
        """Return the part that somebody means: by its path, or by its name alone."""
        return self._by_name.get(named.casefold().replace("\\", "/"))

    def left_over(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return the parts that none of these names means, without what systems add."""
        found = {self.find(one) for one in named}
        return tuple(
            name for name in self._entries if name not in found and not _is_litter(name)
        )

    @cached_property
    def _by_name(self) -> dict[str, str]:
        paths = {name.casefold(): name for name in self._entries}
        return paths | {name.rpartition("/")[2]: paths[name] for name in paths}

    def read(self, name: str) -> bytes:
        """Return one part; never more than it said it would be.

        :raise ReadingError: ``broken``
        """
        entry = self._entries[name]
        try:
            with self._archive.open(entry) as part:
                return part.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise ReadingError("broken", name) from error
        except (NotImplementedError, RuntimeError) as error:
            raise ReadingError("unsupported", name) from error


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name.casefold()).parts
    return parts[0] == _LITTER_FOLDER or parts[-1] in _LITTER


def check_names(names: tuple[str, ...]) -> None:
    """Refuse names that point out of the archive, and archives within it.

    :raise ReadingError: ``path`` or ``nested``, with the name
    """
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise ReadingError("path", name)
        if path.name.casefold().endswith(_ARCHIVES):
            raise ReadingError("nested", name)

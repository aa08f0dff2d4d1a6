"""All files in one."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from typing import BinaryIO

# The same content gives the same bytes, whenever it is packed.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_MAX_NAME = 100


def write_bundle(
    stream: BinaryIO, files: Iterable[tuple[str, Callable[[], bytes]]]
) -> None:
    """Write a ZIP, one file after the other: only one of them is in memory.

    :param files: pairs of name and how to get the content, in their order; of equal
        names the first one counts.
    """
    done: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            if name in done:
                continue
            done.add(name)
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            bundle.writestr(entry, content())


def safe_name(name: str, prefix: str = "") -> str:
    """Return a name that no system takes for a path, ending as the given one."""
    clean = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "file"
    if len(clean) > _MAX_NAME:
        head, dot, tail = clean.rpartition(".")
        ending = f".{tail}" if dot and len(tail) <= 8 else ""
        clean = (head or clean)[: _MAX_NAME - len(ending)] + ending
    return f"{prefix}{clean}"

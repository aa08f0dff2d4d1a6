"""Finished steps are known by a fingerprint of their inputs; halves never count."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from devkit.console import console


class Stamp:
    """Says whether a step was finished with the inputs that it has now."""

    def __init__(self, folder: Path, step: str):
        self._path = folder / step

    def read(self) -> str:
        """Return the fingerprint that the step was finished with, "" if it was not."""
        try:
            return self._path.read_text().strip()
        except FileNotFoundError:
            return ""

    def is_current(self, fingerprint: str) -> bool:
        return self.read() == fingerprint

    def write(self, fingerprint: str) -> None:
        """Remember the step as finished; the last thing that a step does."""
        write_atomically(self._path, fingerprint + "\n")

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def fingerprint(*parts: object) -> str:
    """Return a hash over ``parts``; a ``Path`` stands for the content of its file."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:20]


def tree_fingerprint(folders: Iterable[Path]) -> str:
    """Return a hash over names and contents of all files below ``folders``.

    Compiled Python is left out, because running the code must not change the result.
    """
    parts: list[object] = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                parts += [str(path.relative_to(folder.parent)), path]
    return fingerprint(*parts)


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write ``text`` so that a reader sees the old file or the new, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    os.chmod(temporary, mode)
    os.replace(temporary, path)


@contextlib.contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """Give a new folder to fill; it takes the place of ``target`` on success.

    What an interrupted call left behind is removed first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    outdated = target.with_name(f"{target.name}.outdated")
    for leftover in (unfinished, outdated):
        shutil.rmtree(leftover, ignore_errors=True)
    unfinished.mkdir()
    yield unfinished
    if target.exists():
        target.rename(outdated)
    unfinished.rename(target)
    shutil.rmtree(outdated, ignore_errors=True)


@contextlib.contextmanager
def exclusive(lock_file: Path) -> Iterator[None]:
    """Let one process at a time do the block; a second one waits and says so."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say(
                "Another call is at work in this checkout; waiting for it to finish."
            )
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield

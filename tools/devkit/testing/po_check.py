"""Checks of translations; a program of its own, because it needs polib.

``python po_check.py complete FILE.po…`` and ``python po_check.py current EXPORTED.pot
COMMITTED.pot`` print a line for each problem and end with 1 when there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdrifg]|%%|\{\w*\}|\$\{[^}]*\}")


def incomplete(translation: polib.POFile) -> Iterator[str]:
    """Yield what is missing, unsure or broken in a translation."""
    for entry in translation:
        if entry.obsolete:
            yield f"obsolete, remove it: {_shown(entry)}"
        elif entry.fuzzy:
            yield f"fuzzy: {_shown(entry)}"
        elif not entry.translated():
            yield f"not translated: {_shown(entry)}"
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr):
            yield f"other placeholders: {_shown(entry)} -> {entry.msgstr!r}"


def outdated(exported: polib.POFile, committed: polib.POFile) -> Iterator[str]:
    """Yield the terms by which a committed file differs from a fresh export."""
    fresh, old = _terms(exported), _terms(committed)
    for context, text in sorted(fresh - old):
        yield f"not in the file: {text!r}{context and f' ({context})'}"
    for context, text in sorted(old - fresh):
        yield f"no longer in the sources: {text!r}{context and f' ({context})'}"


def _terms(file: polib.POFile) -> set[tuple[str, str]]:
    return {(entry.msgctxt or "", entry.msgid) for entry in file if not entry.obsolete}


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def _shown(entry: polib.POEntry) -> str:
    place = f" at {entry.occurrences[0][0]}" if entry.occurrences else ""
    return f"{entry.msgid!r}{place}"


def main(arguments: list[str]) -> int:
    """Run one of the two checks; return the exit code."""
    action, *names = arguments
    files = [(Path(name), polib.pofile(name)) for name in names]
    if action == "complete":
        return _report((path.name, incomplete(file)) for path, file in files)
    (_, exported), (path, committed) = files
    return _report([(path.name, outdated(exported, committed))])


def _report(found: Iterable[tuple[str, Iterator[str]]]) -> int:
    code = 0
    for name, problems in found:
        for problem in problems:
            print(f"{name}: {problem}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Reads one document in a process of its own; it comes in by standard input.

Whatever the file does to its reader, it does it here: the caller sets a time, the
process a limit to its own memory. Answers with two lines of JSON: what the document
says, then the lines of its tables. Who gives up waiting for the second has the first.
"""

import importlib
import io
import json
import resource
import sys
from typing import Any, BinaryIO, TextIO

from .answer import write_reading, write_tables
from .limits import Limits
from .reader import read_document, read_lines
from .result import Recogniser

_MEMORY = 2_000_000_000
_LANGUAGES = ("pol", "ell", "deu", "eng")


def main(arguments: list[str], source: BinaryIO, target: TextIO) -> int:
    """Read the document from ``source`` and write what it says to ``target``.

    :param arguments: name of the file, limits as JSON
    """
    name, told = arguments
    data, limits = source.read(), Limits(**json.loads(told))
    reading = read_document(name, data, limits, find_recogniser())
    write_reading(target, reading)
    write_tables(target, read_lines(data, limits) if reading.problem is None else ())
    return 0


def find_recogniser() -> Recogniser | None:
    """Return what reads pictures, where pytesseract and tesseract are installed."""
    try:
        library: Any = importlib.import_module("pytesseract")
        pillow: Any = importlib.import_module("PIL.Image")
        installed = library.get_languages()
    except Exception:  # noqa: BLE001  # not installed, or not working: no picture is read
        return None
    languages = "+".join(code for code in _LANGUAGES if code in installed)

    def recognise(data: bytes) -> str:
        try:
            with pillow.open(io.BytesIO(data)) as image:
                return str(library.image_to_string(image, lang=languages or None))
        except Exception:  # noqa: BLE001  # a picture that cannot be read has no text
            return ""

    return recognise


def limit_memory() -> None:
    """Let the process ask for so much memory and no more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def run() -> int:
    """Do what the command line says."""
    limit_memory()
    return main(sys.argv[1:], sys.stdin.buffer, sys.stdout)

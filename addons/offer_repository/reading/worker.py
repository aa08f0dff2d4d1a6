"""Reads one document in a process of its own; it comes in by standard input.

Whatever the file does to its reader, it does it here: the caller sets a time, the
process a limit to its own memory. Answers with one line of JSON.
"""

import importlib
import io
import json
import resource
import sys
from dataclasses import asdict
from typing import Any, BinaryIO, TextIO

from .limits import Limits
from .reader import read_document
from .result import Recogniser

_MEMORY = 2_000_000_000
_LANGUAGES = ("pol", "ell", "deu", "eng")


def main(arguments: list[str], source: BinaryIO, target: TextIO) -> int:
    """Read the document from ``source`` and write what it says to ``target``.

    :param arguments: name of the file, limits as JSON
    """
    name, limits = arguments
    reading = read_document(
        name, source.read(), Limits(**json.loads(limits)), find_recogniser()
    )
    json.dump(asdict(reading), target)
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

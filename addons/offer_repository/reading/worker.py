"""Reads one document in a process of its own; it comes in by standard input.

Whatever the file does to its reader, it does it here: the caller sets a time, the
process a limit to its own memory. Answers with two lines of JSON: what the document
says, then the lines of its tables. Who gives up waiting for the second has the first.
"""

import functools
import importlib
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from .answer import write_reading, write_tables
from .limits import Limits
from .reader import read_document, read_lines
from .result import Recogniser, Scan, Word, WordFinder

_MEMORY = 2_000_000_000
# Rows across the page, as tables have: left alone, it takes columns apart and loses
# numbers that stand by themselves.
_TABLES = "--psm 4"
_LANGUAGES = ("pol", "ell", "deu", "eng")


def main(arguments: list[str], source: BinaryIO, target: TextIO) -> int:
    """Read the document from ``source`` and write what it says to ``target``.

    :param arguments: name of the file, limits as JSON
    """
    name, told = arguments
    data, limits = source.read(), Limits(**json.loads(told))
    reading = read_document(name, data, limits, find_recogniser())
    write_reading(target, reading)
    is_sound = reading.problem is None
    lines = read_lines(data, limits, find_word_finder()) if is_sound else ()
    write_tables(target, lines)
    return 0


def find_recogniser() -> Recogniser | None:
    """Return what reads pictures, where pytesseract and tesseract are installed."""
    tools = _find_tesseract()
    if tools is None:
        return None
    library, pillow, languages = tools

    def recognise(data: bytes) -> str:
        try:
            with pillow.open(io.BytesIO(data)) as image:
                return str(library.image_to_string(image, lang=languages))
        except Exception:  # noqa: BLE001  # a picture that cannot be read has no text
            return ""

    return recognise


def find_word_finder() -> WordFinder | None:
    """Return what reads the words of pictures and where they stand, as above."""
    tools = _find_tesseract()
    if tools is None:
        return None
    library, pillow, languages = tools

    def find_words(data: bytes) -> Scan:
        try:
            with pillow.open(io.BytesIO(data)) as image:
                table = library.image_to_data(
                    image, lang=languages, config=_TABLES, output_type="dict"
                )
                return Scan(image.width, tuple(_words(table)))
        except Exception:  # noqa: BLE001  # a picture that cannot be read has no words
            return Scan(1, ())

    return find_words


@functools.cache
def _find_tesseract() -> tuple[Any, Any, str | None] | None:
    """Return the libraries and the languages to read in; asking starts a process."""
    try:
        library: Any = importlib.import_module("pytesseract")
        pillow: Any = importlib.import_module("PIL.Image")
        installed = library.get_languages()
    except Exception:  # noqa: BLE001  # not installed, or not working: no picture is read
        return None
    languages = "+".join(code for code in _LANGUAGES if code in installed)
    return library, pillow, languages or None


def _words(table: dict[str, list[Any]]) -> Iterator[Word]:
    """Yield the words of Tesseract's table, its lines numbered anew."""
    lines: dict[tuple[int, ...], int] = {}
    columns = ("text", "left", "top", "width", "height")
    places = ("page_num", "block_num", "par_num", "line_num")
    rows = zip(*(table[name] for name in (*columns, *places)), strict=True)
    for text, left, top, width, height, *place in rows:
        if text.strip():
            line = lines.setdefault(tuple(place), len(lines))
            yield Word(left, top, left + width, top + height, text.strip(), line)


def limit_memory() -> None:
    """Let the process ask for so much memory and no more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def run() -> int:
    """Do what the command line says."""
    limit_memory()
    return main(sys.argv[1:], sys.stdin.buffer, sys.stdout)

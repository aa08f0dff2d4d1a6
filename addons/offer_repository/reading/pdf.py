"""Text of PDF files."""

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from .errors import ReadingError
from .limits import Limits
from .result import Part, Recogniser

# What a damaged file makes pypdf raise beside its own errors.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_Read = TypeVar("_Read")
_SCANNED = 20  # characters a page; less than that is a stamp on a picture
_IMAGES = 4
_MAX_LINE = 1_000
# pypdf tells of every oddity of a file; nobody reads that.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(data: bytes, limits: Limits, recognise: Recogniser | None) -> Part:
    """Return the text of the first pages; scanned ones by ``recognise`` if it is there.

    :raise ReadingError: ``encrypted`` or ``broken``
    """
    return _guarded(lambda: _read(data, limits, recognise))


def layout_lines(data: bytes, limits: Limits) -> list[str]:
    """Return the lines of the first pages, each text as far right as it stands there.

    Costs about as much again as reading the text. An empty line is a gap.

    :raise ReadingError: ``encrypted`` or ``broken``
    """
    return _guarded(lambda: _layout(data, limits))


def scanned_pages(data: bytes, limits: Limits) -> list[bytes]:
    """Return the pictures of the first pages that are nothing else.

    :raise ReadingError: ``encrypted`` or ``broken``
    """
    return _guarded(lambda: list(_scanned(data, limits)))


def _guarded(read: Callable[[], _Read]) -> _Read:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read()
        except ReadingError:
            raise
        except (PyPdfError, *_DAMAGE) as error:
            raise ReadingError("broken") from error


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError("encrypted")
    return reader


def _layout(data: bytes, limits: Limits) -> list[str]:
    lines: list[str] = []
    for page in _open(data).pages[: limits.table_pages]:
        # widths of glyphs come from the file, so lengths of lines are anybody's
        text = page.extract_text(extraction_mode="layout")
        lines += [line[:_MAX_LINE] for line in text.splitlines()]
        lines.append("")
        if len(lines) > limits.rows:
            break
    return lines


def _scanned(data: bytes, limits: Limits) -> Iterator[bytes]:
    for page in _open(data).pages[: limits.table_pages]:
        if _is_scanned(page.extract_text()):
            yield from _pictures(page)


def _is_scanned(text: str) -> bool:
    return len(text.strip()) < _SCANNED


def _pictures(page: PageObject) -> list[bytes]:
    return [image.data for image in list(page.images)[:_IMAGES]]


def _read(data: bytes, limits: Limits, recognise: Recogniser | None) -> Part:
    reader = _open(data)
    count = len(reader.pages)
    texts: list[str] = []
    length = 0
    for index in range(min(count, limits.pages)):
        page = reader.pages[index]
        text = page.extract_text()
        if recognise and _is_scanned(text):
            text = "\n".join([text, *map(recognise, _pictures(page))])
        texts.append(text)
        length += len(text)
        if length > limits.characters:
            break
    return Part("\n".join(texts), count, len(texts) < count)

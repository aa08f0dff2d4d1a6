"""Text of DOCX, ODT and XLSX files."""

import io
import warnings
from collections.abc import Iterator
from xml.etree import ElementTree

import openpyxl

from .archives import SafeArchive
from .errors import ReadingError
from .limits import Limits
from .result import Part

_BREAKS = frozenset({"p", "h", "br", "tr", "line-break", "table-row"})
_TABS = frozenset({"tab", "tc", "table-cell"})
_PARTS_OF_DOCX = ("word/header", "word/document.xml", "word/footer")
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)


def read_docx(data: bytes, limits: Limits) -> Part:
    """Return the text of a Word document with its headers and footers.

    :raise ReadingError: ``broken``, ``encrypted`` or ``bomb``
    """
    archive = SafeArchive(data, limits)
    names = [
        name
        for start in _PARTS_OF_DOCX
        for name in sorted(archive.names)
        if name.startswith(start) and name.endswith(".xml")
    ]
    return _cut(
        (piece for name in names for piece in _pieces(archive.read(name))), limits
    )


def read_odt(data: bytes, limits: Limits) -> Part:
    """Return the text of an OpenDocument text.

    :raise ReadingError: ``broken``, ``encrypted`` or ``bomb``
    """
    archive = SafeArchive(data, limits)
    if b"encryption-data" in _optional(archive, "META-INF/manifest.xml"):
        raise ReadingError("encrypted")
    return _cut(_pieces(archive.read("content.xml")), limits)


def read_xlsx(data: bytes, limits: Limits) -> Part:
    """Return the cells of all sheets, a line a row, as they were last calculated.

    :raise ReadingError: ``broken``, ``encrypted`` or ``bomb``
    """
    SafeArchive(data, limits)
    try:
        return _cut(_cells(data), limits)
    except (ElementTree.ParseError, *DAMAGE) as error:
        raise ReadingError("broken") from error


def parse_xml(data: bytes) -> ElementTree.Element:
    """Return the root of an XML text without entities of its own.

    :raise ReadingError: ``broken``
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadingError("broken", "entity")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadingError("broken") from error


def open_workbook(data: bytes) -> openpyxl.Workbook:
    """Return a workbook, read as it is walked through, with values for formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions it does not know
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )


def _optional(archive: SafeArchive, name: str) -> bytes:
    return archive.read(name) if name in archive.names else b""


def _cells(data: bytes) -> Iterator[str]:
    for sheet in open_workbook(data).worksheets:
        for row in sheet.iter_rows(values_only=True):
            values = [str(value) for value in row if value is not None]
            if values:
                yield "\t".join(values) + "\n"


def _pieces(data: bytes) -> Iterator[str]:
    """Yield texts and breaks in the order of the document."""
    stack: list[tuple[ElementTree.Element, bool]] = [(parse_xml(data), False)]
    while stack:
        element, is_closing = stack.pop()
        name = element.tag.rpartition("}")[2]
        if is_closing:
            yield "\n" if name in _BREAKS else "\t" if name in _TABS else ""
            yield element.tail or ""
            continue
        yield element.text or ""
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _cut(pieces: Iterator[str], limits: Limits) -> Part:
    texts: list[str] = []
    length = 0
    for piece in pieces:
        texts.append(piece)
        length += len(piece)
        if length > limits.characters:
            return Part("".join(texts), is_cut=True)
    return Part("".join(texts))

"""Text of PDF files."""

import io
import logging
import warnings

from pypdf import PdfReader
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
_SCANNED = 20  # characters a page; less than that is a stamp on a picture
_IMAGES = 4
# pypdf tells of every oddity of a file; nobody reads that.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(data: bytes, limits: Limits, recognise: Recogniser | None) -> Part:
    """Return the text of the first pages; scanned ones by ``recognise`` if it is there.

    :raise ReadingError: ``encrypted`` or ``broken``
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(data, limits, recognise)
        except ReadingError:
            raise
        except (PyPdfError, *_DAMAGE) as error:
            raise ReadingError("broken") from error


def _read(data: bytes, limits: Limits, recognise: Recogniser | None) -> Part:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError("encrypted")
    count = len(reader.pages)
    texts: list[str] = []
    length = 0
    for index in range(min(count, limits.pages)):
        page = reader.pages[index]
        text = page.extract_text()
        if recognise and len(text.strip()) < _SCANNED:
            images = [image.data for image in list(page.images)[:_IMAGES]]
            text = "\n".join([text, *map(recognise, images)])
        texts.append(text)
        length += len(text)
        if length > limits.characters:
            break
    return Part("\n".join(texts), count, len(texts) < count)

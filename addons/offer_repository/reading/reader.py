"""Reads a document of any kind; what is wrong with it becomes a code."""

from dataclasses import replace

from .errors import ReadingError
from .grids import read_grids
from .kinds import IMAGES, MIMETYPES, UNKNOWN_MIMETYPE, find_kind, is_disguised
from .limits import DEFAULT_LIMITS, Limits
from .lines import find_lines
from .mail import Mail, read_eml
from .office import read_docx, read_odt, read_xlsx
from .outlook import read_msg
from .pdf import read_pdf
from .result import Line, Part, Reading, Recogniser, WordFinder


def read_document(
    name: str,
    data: bytes,
    limits: Limits = DEFAULT_LIMITS,
    recognise: Recogniser | None = None,
) -> Reading:
    """Return what a file is and says; never raises because of the file.

    Mails are read with the files they carry, but not with mails or archives in those.

    :param name: the file's name, only compared with what the file is
    :param recognise: reads the text of a picture, if anything there can
    """
    return _read(name, data, limits, recognise, with_files=True)


def _read(
    name: str,
    data: bytes,
    limits: Limits,
    recognise: Recogniser | None,
    with_files: bool,
) -> Reading:
    kind = "unknown"
    try:
        _check_size(data, limits)
        kind = find_kind(data, limits)
        _check_kind(name, kind)
        part, inside = _read_kind(kind, data, limits, recognise, with_files)
    except ReadingError as error:
        mimetype = MIMETYPES.get(kind, UNKNOWN_MIMETYPE)
        return Reading(kind, mimetype, problem=error.code)
    found = _reading(kind, part, limits)
    return replace(found, notes=(*found.notes, "problem_inside")) if inside else found


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise ReadingError("empty")
    if len(data) > limits.bytes:
        raise ReadingError("too_big")


def _check_kind(name: str, kind: str) -> None:
    if is_disguised(name, kind):
        raise ReadingError("disguised")
    if kind in ("zip", "archive"):
        raise ReadingError("nested")
    if kind not in MIMETYPES:
        raise ReadingError("unsupported")


def _reading(kind: str, part: Part, limits: Limits) -> Reading:
    text = part.text.replace("\0", "")
    is_cut = part.is_cut or len(text) > limits.characters
    text = text[: limits.characters].strip()
    notes = tuple(
        code for code, holds in (("cut", is_cut), ("no_text", not text)) if holds
    )
    return Reading(kind, MIMETYPES[kind], text, None, notes, part.pages)


def _read_kind(
    kind: str,
    data: bytes,
    limits: Limits,
    recognise: Recogniser | None,
    with_files: bool,
) -> tuple[Part, bool]:
    """Return the text, and whether something in it could not be read."""
    if kind == "pdf":
        return read_pdf(data, limits, recognise), False
    if kind in IMAGES:
        return Part(recognise(data) if recognise else "", 1), False
    if kind in ("eml", "msg"):
        mail = read_eml(data) if kind == "eml" else read_msg(data)
        return _read_mail(mail, limits, recognise, with_files)
    readers = {"docx": read_docx, "odt": read_odt, "xlsx": read_xlsx}
    return readers[kind](data, limits), False


def _read_mail(
    mail: Mail, limits: Limits, recognise: Recogniser | None, with_files: bool
) -> tuple[Part, bool]:
    texts, has_problem = [mail.text], False
    for name, data in mail.files if with_files else ():
        found = _read(name, data, limits, recognise, with_files=False)
        has_problem |= found.problem is not None
        texts += [name, found.text] if found.text else [name]
    return Part("\n\n".join(texts)), has_problem


# ----------------------------------------------------------------------
# Lines
# ----------------------------------------------------------------------


def read_lines(
    data: bytes,
    limits: Limits = DEFAULT_LIMITS,
    find_words: WordFinder | None = None,
) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each table in a document that looks like an offer's.

    Of a mail those of the first file that has any. Whatever cannot be read has none.

    :param find_words: reads the words of a picture, if anything there can
    """
    try:
        kind = find_kind(data, limits)
        if kind not in ("eml", "msg"):
            return find_lines(read_grids(kind, data, limits, find_words), limits)
        files = (read_eml(data) if kind == "eml" else read_msg(data)).files
    except ReadingError:
        return ()
    found = (_lines_inside(inside, limits, find_words) for _name, inside in files)
    return next(filter(None, found), ())


def _lines_inside(
    data: bytes, limits: Limits, find_words: WordFinder | None
) -> tuple[tuple[Line, ...], ...]:
    try:
        kind = find_kind(data, limits)
        return find_lines(read_grids(kind, data, limits, find_words), limits)
    except ReadingError:
        return ()

"""What a file really is, by its content; its name is only compared with that."""

import re

from .archives import SafeArchive
from .errors import ReadingError
from .limits import Limits

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
}
IMAGES = frozenset({"png", "jpeg", "gif", "webp", "tiff", "bmp"})
UNKNOWN_MIMETYPE = "application/octet-stream"

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTENSIONS = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "odt": "odt",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "tif": "tiff",
    "tiff": "tiff",
    "bmp": "bmp",
    "eml": "eml",
    "msg": "msg",
}
# A mail begins with header lines; one that only mail has must be among the first.
_HEADER = re.compile(
    rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.DOTALL
)
_OF_MAIL = re.compile(
    rb"^(?:from|received|message-id|delivered-to|return-path):", re.I | re.M
)
_PROPERTIES_OF_MSG = "__properties_version1.0".encode("utf-16-le")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_LOOK_AT = 65_536


def find_kind(data: bytes, limits: Limits) -> str:
    """Return the kind of a file: a key of :data:`MIMETYPES`, or what else it is.

    :return: also ``program``, ``archive``, ``zip``, ``ole`` or ``unknown``
    :raise ReadingError: ``encrypted``, ``bomb`` or ``broken``, of archives
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "bmp"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, limits)
    header = _HEADER.match(data[:_LOOK_AT].removeprefix(b"\xef\xbb\xbf"))
    return "eml" if header and _OF_MAIL.search(header.group()) else "unknown"


def _ole_kind(data: bytes) -> str:
    if _ENCRYPTED_OFFICE in data:
        raise ReadingError("encrypted")
    return "msg" if _PROPERTIES_OF_MSG in data else "ole"


def _zip_kind(data: bytes, limits: Limits) -> str:
    archive = SafeArchive(data, limits)
    names = frozenset(archive.names)
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        is_text = archive.read("mimetype").strip() == MIMETYPES["odt"].encode()
        return "odt" if is_text else "zip"
    return "zip"


def is_disguised(name: str, kind: str) -> bool:
    """Tell whether a file's name promises a kind that the file is not."""
    promised = _EXTENSIONS.get(name.rpartition(".")[2].casefold())
    return promised is not None and promised != kind


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes begin as a ZIP archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))

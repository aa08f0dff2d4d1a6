"""Mails as Outlook keeps them: MSG, an OLE file with a stream a property.

Only what an offer needs is read: [MS-OXMSG] has the layout, olefile opens the file.
"""

import importlib
import io
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

from .errors import ReadingError
from .mail import MAX_FILES, Mail, html_text

# Properties of [MS-OXPROPS], as streams name them.
_SUBJECT = "0037"
_SENDER_NAME = "0C1A"
_SENDER = ("5D01", "0C1F")  # the address by SMTP, otherwise whatever there is
_TO, _CC = "0E04", "0E03"
_BODY, _HTML = "1000", "1013"
_SENT = 0x0039
_RECIPIENT = ("39FE", "3003")
_FILE_NAMES = ("3707", "3704")
_FILE_DATA = "3701"
_UNICODE, _EIGHT_BIT, _BINARY = "001F", "001E", "0102"
_CODE_PAGES = (0x3FFD, 0x3FDE)
_HEADER_OF_MESSAGE = 32
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
)


def read_msg(data: bytes) -> Mail:
    """Return a mail as Outlook keeps it, where olefile is installed.

    :raise ReadingError: ``unsupported`` without the library, ``broken``
    """
    try:
        library: Any = importlib.import_module("olefile")
    except ImportError as error:
        raise ReadingError("unsupported", "msg") from error
    try:
        with library.OleFileIO(io.BytesIO(data)) as ole:
            return _Message(ole).mail()
    except _DAMAGE as error:
        raise ReadingError("broken") from error


class _Message:
    """The properties of an open MSG file."""

    def __init__(self, ole: Any) -> None:
        self._ole = ole
        self._folders = sorted({path[0] for path in ole.listdir()})
        self._fixed = self._fixed_properties()
        self._encoding = self._find_encoding()

    def mail(self) -> Mail:
        html = self._text("", _HTML) or self._html_bytes()
        return Mail(
            subject=self._text("", _SUBJECT),
            sender=self._sender(),
            recipients=self._recipients(),
            date=self._date(),
            body=self._text("", _BODY) or html_text(html),
            files=tuple(self._files()),
        )

    # ------------------------------------------------------------------
    # Properties
    # ------------------------------------------------------------------

    def _stream(self, folder: str, name: str) -> bytes | None:
        path = [*([folder] if folder else []), name]
        # a storage has no bytes: a mail within this one, for example
        if not self._ole.exists(path) or self._ole.get_type(path) != 2:
            return None
        return bytes(self._ole.openstream(path).read())

    def _text(self, folder: str, *tags: str) -> str:
        """Return the first of these properties that is there, as text."""
        for tag in tags:
            wide = self._stream(folder, f"__substg1.0_{tag}{_UNICODE}")
            narrow = self._stream(folder, f"__substg1.0_{tag}{_EIGHT_BIT}")
            found = (wide or b"").decode("utf-16-le", "replace") or (
                narrow or b""
            ).decode(self._encoding, "replace")
            if found.strip("\0 "):
                return found.strip("\0 ")
        return ""

    def _fixed_properties(self) -> dict[int, bytes]:
        """Return the values that have no stream, by number: times and numbers."""
        data = self._stream("", "__properties_version1.0") or b""
        entries = struct.iter_unpack("<HHI8s", _whole(data[_HEADER_OF_MESSAGE:]))
        return {number: value for _kind, number, _flags, value in entries}

    def _find_encoding(self) -> str:
        pages = (self._fixed.get(number) for number in _CODE_PAGES)
        page = next((struct.unpack("<I", one[:4])[0] for one in pages if one), 1252)
        name = "utf-8" if page == 65001 else f"cp{page}"
        try:
            "".encode(name)
        except LookupError:
            return "cp1252"
        return name

    # ------------------------------------------------------------------
    # What is made of them
    # ------------------------------------------------------------------

    def _html_bytes(self) -> str:
        data = self._stream("", f"__substg1.0_{_HTML}{_BINARY}") or b""
        return data.decode(self._encoding, "replace")

    def _sender(self) -> str:
        name, address = self._text("", _SENDER_NAME), self._text("", *_SENDER)
        return f"{name} <{address}>" if name and "@" in address else name or address

    def _recipients(self) -> str:
        addresses = [
            self._text(folder, *_RECIPIENT)
            for folder in self._folders
            if folder.startswith("__recip_version1.0_")
        ]
        known = [one for one in addresses if "@" in one]
        return ", ".join(known or filter(None, map(self._told, (_TO, _CC))))

    def _told(self, tag: str) -> str:
        return self._text("", tag)

    def _date(self) -> str:
        ticks = int.from_bytes(self._fixed.get(_SENT, b""), "little")
        if not ticks:
            return ""
        return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat(sep=" ")

    def _files(self) -> list[tuple[str, bytes]]:
        folders = [one for one in self._folders if one.startswith("__attach_version1.")]
        found = [
            (
                self._text(folder, *_FILE_NAMES) or "attachment",
                self._stream(folder, f"__substg1.0_{_FILE_DATA}{_BINARY}"),
            )
            for folder in folders[:MAX_FILES]
        ]
        return [(name, data) for name, data in found if data]


def _whole(data: bytes) -> bytes:
    """Return as much of the data as whole entries of 16 bytes are."""
    return data[: len(data) - len(data) % 16]

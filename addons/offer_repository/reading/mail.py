"""Text of mails, and the files they carry."""

import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from .errors import ReadingError

MAX_FILES = 50
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKING = frozenset({"br", "div", "li", "p", "table", "tr", "h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as it matters to an offer.

    :ivar files: name and bytes of each attachment
    """

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    date: str = ""
    body: str = ""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def text(self) -> str:
        """The mail as it is read: head, then body."""
        head = (
            ("Subject", self.subject),
            ("From", self.sender),
            ("To", self.recipients),
            ("Date", self.date),
        )
        lines = [f"{name}: {value}" for name, value in head if value]
        return "\n".join([*lines, "", self.body]).strip()


def read_eml(data: bytes) -> Mail:
    """Return a mail as it travels.

    :raise ReadingError: ``broken``
    """
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
        return Mail(
            subject=_header(message, "subject"),
            sender=_header(message, "from"),
            recipients=", ".join(
                filter(None, (_header(message, name) for name in ("to", "cc")))
            ),
            date=_header(message, "date"),
            body=_body(message),
            files=tuple(_files(message)),
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ReadingError("broken") from error


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())
    return html_text(text) if part.get_content_subtype() == "html" else text


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for index, part in enumerate(message.iter_attachments()):
        if index >= MAX_FILES:
            return
        content = part.get_content()
        if isinstance(content, EmailMessage):
            data = content.as_bytes()
        else:
            data = content.encode() if isinstance(content, str) else bytes(content)
        yield part.get_filename() or "attachment", data


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def html_text(html: str) -> str:
    """Return what of an HTML text is read by people."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).splitlines())
    return "\n".join(line for line in lines if line)

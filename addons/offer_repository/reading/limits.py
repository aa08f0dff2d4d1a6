"""How much of a document is read at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; whoever sends a file must not decide what it costs.

    :ivar bytes: of the file as it came
    :ivar pages: of a PDF; the rest is not read
    :ivar characters: of text kept; the rest is cut
    :ivar unpacked: bytes that parts of an archive may have together
    :ivar ratio: how often larger than packed a part may be, once it is over a megabyte
    :ivar entries: parts of an archive
    :ivar rows: of a table, or lines of text, that are searched for an offer's lines
    :ivar table_pages: of a PDF that are searched for them
    :ivar lines: of an offer that are proposed
    """

    bytes: int = 50_000_000
    pages: int = 200
    characters: int = 400_000
    unpacked: int = 200_000_000
    ratio: int = 150
    entries: int = 5_000
    rows: int = 5_000
    table_pages: int = 40
    lines: int = 500


DEFAULT_LIMITS = Limits()

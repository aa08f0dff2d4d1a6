"""Words that were recognised in a picture, as rows of a table."""

import statistics
from collections.abc import Iterator

from .result import Piece, Scan, Word

# How wide every page is in the end, so that a table may go on with the next one.
_WIDTH = 1_000
# Spaces between words are a third of their height, gaps between columns more than all.
_GAP = 1.1
_FAR = 1.2
# What the rules of a table look like to a program that reads letters.
_RULES = frozenset("|[]{}_-—–=~'`‘’.,:;!¦")


def rows_of(scan: Scan) -> Iterator[tuple[Piece, ...]]:
    """Yield what stands side by side, from the top; an empty row is a gap.

    Columns of a table are often paragraphs of their own to whoever recognised them, so
    lines are put together again by their height on the page.
    """
    words = [word for word in scan.words if not _RULES.issuperset(word.text)]
    if not words:
        return
    height = statistics.median(word.bottom - word.top for word in words)
    bottom = None
    for row in _side_by_side(words):
        if bottom is not None and min(word.top for word in row) - bottom > (
            _FAR * height
        ):
            yield ()
        bottom = max(word.bottom for word in row)
        yield tuple(_pieces(row, height * _GAP, scan.width))


def _side_by_side(words: list[Word]) -> Iterator[list[Word]]:
    """Yield words whose lines overlap by more than half of their height."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    row: list[Word] = []
    for line in sorted(lines.values(), key=_middle):
        if row and abs(_middle(line) - _middle(row)) > _height(row + line) / 2:
            yield row
            row = []
        row = row + line
    yield row


def _middle(words: list[Word]) -> float:
    return statistics.fmean((word.top + word.bottom) / 2 for word in words)


def _height(words: list[Word]) -> float:
    return statistics.median(word.bottom - word.top for word in words)


def _pieces(row: list[Word], gap: float, width: int) -> Iterator[Piece]:
    piece: list[Word] = []
    for word in sorted(row, key=lambda word: word.left):
        if piece and word.left - piece[-1].right > gap:
            yield _piece(piece, width)
            piece = []
        piece.append(word)
    yield _piece(piece, width)


def _piece(words: list[Word], width: int) -> Piece:
    scale = _WIDTH / max(1, width)
    start, end = int(words[0].left * scale), int(words[-1].right * scale)
    text = " ".join(word.text for word in words)
    return Piece(start, max(end, start + 1), text.strip("|[]{}¦ "))

"""Reading Odoo's log into records."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

_FIRST_LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[\w.]+): (?P<message>.*)"
)

# "runbot" is a level of Odoo's own between INFO and WARNING.
ALARMING = frozenset({"WARNING", "ERROR", "CRITICAL"})


@dataclasses.dataclass(frozen=True)
class Record:
    """One log record; ``message`` holds all its lines, tracebacks included."""

    level: str
    logger: str
    message: str

    @property
    def is_alarming(self) -> bool:
        return self.level in ALARMING

    @property
    def headline(self) -> str:
        return self.message.partition("\n")[0].strip()


def records(text: str) -> Iterator[Record]:
    """Yield the records of a log; lines before the first record are left out."""
    first, rest = None, []
    for line in text.splitlines():
        match = _FIRST_LINE.match(line)
        if match is None:
            rest.append(line)
            continue
        if first:
            yield _record(first, rest)
        first, rest = match, []
    if first:
        yield _record(first, rest)


def _record(first: re.Match, rest: list[str]) -> Record:
    message = "\n".join([first["message"].rstrip(), *rest]).rstrip()
    return Record(first["level"], first["logger"], message)

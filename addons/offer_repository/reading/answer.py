"""What the reading process answers: two lines of JSON, each whole or not there."""

import json
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, TextIO

from .result import NUMBERS, Line, Reading


def write_reading(target: TextIO, reading: Reading) -> None:
    """Write what a document says, its tables apart."""
    _write(target, asdict(reading))


def write_tables(target: TextIO, tables: tuple[tuple[Line, ...], ...]) -> None:
    """Write the lines of its tables, behind that."""
    _write(target, [[asdict(line) for line in table] for table in tables])


def parse_answer(answer: str) -> Reading:
    """Return what the process found, as far as it came.

    :raise ValueError: not even the first line is whole
    """
    said, end, rest = answer.partition("\n")
    if not end:
        raise ValueError("nothing was read")
    values = json.loads(said)
    tables = json.loads(rest) if rest.endswith("\n") else []
    return replace(
        Reading(**{**values, "notes": tuple(values["notes"])}),
        tables=tuple(tuple(_line(line) for line in table) for table in tables),
    )


def _line(values: dict[str, Any]) -> Line:
    numbers = {name: Decimal(values[name]) for name in NUMBERS}
    return Line(**{**values, **numbers})


def _write(target: TextIO, value: object) -> None:
    json.dump(value, target, default=str)  # numbers as they are written
    target.write("\n")
    target.flush()

"""The dossier for machines."""

from __future__ import annotations

import json
from datetime import date, datetime

from .model import Dossier, Section, Value

FORMAT = "contact_history.access_request/1"


def to_json(dossier: Dossier) -> bytes:
    """Return UTF-8 text: keys in English, values as they are, moments in UTC."""
    content = {
        "format": FORMAT,
        "as_of": _plain(dossier.asked_at),
        "language": dossier.language,
        "notes": list(dossier.notes),
        "sections": [_section(section) for section in dossier.sections],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _section(section: Section) -> dict[str, object]:
    return {
        "code": section.code,
        "title": section.title,
        "about": section.about,
        "columns": {column.key: column.title for column in section.columns},
        "rows": [
            {
                **{
                    column.key: _plain(row.values.get(column.key))
                    for column in section.columns
                },
                "files": list(row.files),
            }
            for row in section.rows
        ],
    }


def _plain(value: Value) -> object:
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    return value
